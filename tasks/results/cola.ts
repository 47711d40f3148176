// What 01-cola reads: the seeds, rates and starts that take longer than the lesson, on the kit's own set, and CoLA itself with
// the recipe that Python's numbers were taken with.

import { profile } from "lib";
import type { FineTuning } from "./fine_tune.ts";

const quick = await profile("cola", (variable) => variable === "ATTEND_PROFILE" ? "quick" : undefined);
if (quick.checkpoint === null) throw new Error("results: the quick profile of cola has no checkpoint to fine-tune.");

/** The lesson's own settings. */
const OWN = {
  dataset: quick.dataset,
  text: "sentence",
  checkpoint: quick.checkpoint,
  recipe: {
    learningRate: quick.learningRate,
    numTrainEpochs: quick.epochs,
    perDeviceTrainBatchSize: quick.batchSize,
    weightDecay: 0.01,
    warmupRatio: quick.warmupRatio,
  },
};

const REAL = {
  variant: "CoLA",
  dataset: ["nyu-mll/glue", "cola"],
  text: "sentence",
  checkpoint: "sentence-transformers/all-MiniLM-L6-v2",
  recipe: { learningRate: 5e-5, numTrainEpochs: 5, perDeviceTrainBatchSize: 16, weightDecay: 0.01, warmupRatio: 0 },
} as const;

const withRate = (factor: number) => ({
  ...OWN,
  recipe: { ...OWN.recipe, learningRate: factor * OWN.recipe.learningRate },
});
const SEEDS = [1, 2, 3];

export const cola: readonly FineTuning[] = [
  ...SEEDS.map((seed) => ({ ...OWN, variant: "fine-tuning", seed })),
  ...SEEDS.map((seed) => ({ ...OWN, variant: "frozen encoder", isFrozen: true, seed })),
  ...SEEDS.map((seed) => ({ ...OWN, variant: "random start", isRandom: true, seed })),
  ...SEEDS.map((seed) => ({ ...withRate(0.1), variant: "a tenth of the learning rate", seed })),
  ...SEEDS.map((seed) => ({ ...withRate(10), variant: "ten times the learning rate", seed })),
  ...[0, 1, 2].map((seed) => ({ ...REAL, seed })),
];
