// What 01-cola reads: the seeds, rates and starts that take longer than the lesson, on the kit's own set, and CoLA itself.

import { type FineTuning, miniLm, OWN_SEEDS, ownSettings, REAL_SEEDS } from "./plan.ts";

const OWN = { ...ownSettings("cola", 0.01), text: "sentence" };
const REAL = { ...miniLm(5), variant: "CoLA", dataset: ["nyu-mll/glue", "cola"], text: "sentence" } as const;

const withRate = (factor: number) => ({
  ...OWN,
  recipe: { ...OWN.recipe, learningRate: factor * OWN.recipe.learningRate },
});

export const cola: readonly FineTuning[] = [
  ...OWN_SEEDS.map((seed) => ({ ...OWN, variant: "fine-tuning", seed })),
  ...OWN_SEEDS.map((seed) => ({ ...OWN, variant: "frozen body", isFrozen: true, seed })),
  ...OWN_SEEDS.map((seed) => ({ ...OWN, variant: "random start", isRandom: true, seed })),
  ...OWN_SEEDS.map((seed) => ({ ...withRate(0.1), variant: "a tenth of the learning rate", seed })),
  ...OWN_SEEDS.map((seed) => ({ ...withRate(10), variant: "ten times the learning rate", seed })),
  ...REAL_SEEDS.map((seed) => ({ ...REAL, seed })),
];
