// A run for faults_test.ts on a disk that holds one checkpoint and not two: it must fail at its second one. Prints what it said, what lies
// in the folder, and a hash of the parameters that the run ends with when it goes on from there.

import { createCpuBackend } from "../../lib/backend/cpu/mod.ts";
import { setBackend } from "../../lib/backend/current.ts";
import { parametersOf, tinyTrainer } from "./tiny.ts";

setBackend(await createCpuBackend());
const [outputDir] = Deno.args;
const make = (saveStrategy: "steps" | "no") =>
  tinyTrainer({ outputDir, saveStrategy, saveSteps: 2, saveTotalLimit: 1, numTrainEpochs: 2 });

let message = "";
try {
  await (await make("steps")).train();
} catch (error) {
  message = String(error);
}
const names = Array.from(Deno.readDirSync(outputDir), ({ name }) => name).sort();
const resumed = await make("no");
await resumed.train({ resumeFromCheckpoint: true });
console.log(JSON.stringify({ message, names, parameters: await parametersOf(resumed) }));
Deno.exit(0);
