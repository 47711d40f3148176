// A run for kills.ts: trains a tiny model in the folder it is given, goes on from its last checkpoint where there is one, and prints
// a hash of all parameters.

import { createCpuBackend } from "../../lib/backend/cpu/mod.ts";
import { setBackend } from "../../lib/backend/current.ts";
import { parametersOf, tinyTrainer } from "./tiny.ts";

setBackend(await createCpuBackend());
const trainer = await tinyTrainer({
  outputDir: Deno.args[0],
  numTrainEpochs: 30,
  saveStrategy: "steps",
  saveSteps: 3,
  saveTotalLimit: 2,
  warmupSteps: 3,
  weightDecay: 0.01,
});
console.log("training"); // from here on it may be killed
await trainer.train({ resumeFromCheckpoint: true });
const parameters = Float32Array.from(await parametersOf(trainer));
const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", parameters.buffer));
console.log("hash", Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join(""));
Deno.exit(0);
