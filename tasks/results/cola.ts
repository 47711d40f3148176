// What 01-cola reads: the seeds, rates and starts that take longer than the lesson, on the kit's own set, and CoLA itself with
// the recipe that Python's numbers were taken with.

import type { FineTuning } from "./fine_tune.ts";

const OWN = {
  dataset: ["attend/acceptability"],
  text: "sentence",
  checkpoint: "attend/tiny",
  recipe: { learningRate: 1e-4, numTrainEpochs: 3, perDeviceTrainBatchSize: 16, weightDecay: 0.01, warmupRatio: 0 },
} as const;

const REAL = {
  variant: "CoLA",
  dataset: ["nyu-mll/glue", "cola"],
  text: "sentence",
  checkpoint: "sentence-transformers/all-MiniLM-L6-v2",
  recipe: { learningRate: 5e-5, numTrainEpochs: 5, perDeviceTrainBatchSize: 16, weightDecay: 0.01, warmupRatio: 0 },
} as const;

const withRate = (learningRate: number) => ({ ...OWN, recipe: { ...OWN.recipe, learningRate } });
const SEEDS = [1, 2, 3];

export const cola: readonly FineTuning[] = [
  ...SEEDS.map((seed) => ({ ...OWN, variant: "fine-tuning", seed })),
  ...SEEDS.map((seed) => ({ ...OWN, variant: "frozen encoder", isFrozen: true, seed })),
  ...SEEDS.map((seed) => ({ ...withRate(1e-5), variant: "a tenth of the learning rate", seed })),
  ...SEEDS.map((seed) => ({ ...withRate(1e-3), variant: "ten times the learning rate", seed })),
  ...[0, 1, 2].map((seed) => ({ ...REAL, seed })),
];
