// No leak over a run. Alone in its file: garbage of other tests would be counted too.

import assert from "node:assert/strict";
import { deviceTest } from "../devices.ts";
import { inFolder, tinyTrainer } from "./tiny.ts";

for (const device of ["cpu", "webgpu"] as const) {
  deviceTest(
    device,
    "train() holds as much memory in its last epoch as in its second when it logs, evaluates and saves",
    (backend) =>
      inFolder(async (outputDir) => {
        const inUse: number[] = [];
        const trainer = await tinyTrainer({
          outputDir,
          numTrainEpochs: 4,
          perDeviceTrainBatchSize: 4,
          gradientAccumulationSteps: 2,
          loggingSteps: 2,
          evalStrategy: "epoch",
          saveStrategy: "epoch",
          saveTotalLimit: 1,
        }, { callbacks: [{ onEpochBegin: () => void inUse.push(backend.memory().buffers, backend.memory().inUse) }] });
        await trainer.train();
        assert.deepEqual(inUse.slice(-2), inUse.slice(2, 4));
      }),
  );
}
