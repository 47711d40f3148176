// How long a run is: updates in an epoch, epochs, updates in all. Pure arithmetic on the arguments.

import type { TrainingArguments } from "./training_arguments.ts";

interface TrainingPlan {
  readonly updatesPerEpoch: number;
  readonly numTrainEpochs: number;
  readonly maxSteps: number;
}

/** The plan for epochs of that many batches. @throws RangeError where there is none */
export function planOf(args: TrainingArguments, batchesPerEpoch: number): TrainingPlan {
  if (batchesPerEpoch === 0) {
    const size = args.perDeviceTrainBatchSize;
    throw new RangeError(
      `Trainer: trainDataset has no full batch of ${size} rows and dataloaderDropLast is on; turn it off.`,
    );
  }
  const updatesPerEpoch = Math.ceil(batchesPerEpoch / args.gradientAccumulationSteps);
  const maxSteps = args.maxSteps > 0 ? args.maxSteps : Math.ceil(args.numTrainEpochs * updatesPerEpoch);
  return { updatesPerEpoch, maxSteps, numTrainEpochs: Math.ceil(maxSteps / updatesPerEpoch) };
}
