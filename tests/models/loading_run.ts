// Child process of loading_memory_test.ts: loads a folder and says how much memory that took at most.

import { AutoModel } from "lib";

const model = await AutoModel.fromPretrained(Deno.args[0]);
const peak = /VmHWM:\s+(\d+) kB/.exec(Deno.readTextFileSync("/proc/self/status"))?.[1];
console.log(JSON.stringify({ peakMegabytes: Number(peak) * 1024 / 1e6, megabytes: model.numParameters() * 4 / 1e6 }));
Deno.exit(0);
