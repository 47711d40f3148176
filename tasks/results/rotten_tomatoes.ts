// What 02-rotten-tomatoes reads: the lesson's own fine-tuning over seeds, and rotten_tomatoes itself.

import { type FineTuning, miniLm, OWN_SEEDS, ownSettings, REAL_SEEDS } from "./plan.ts";

const OWN = { ...ownSettings("rotten-tomatoes", 0), variant: "fine-tuning", text: "text" };
const REAL = {
  ...miniLm(3),
  variant: "rotten_tomatoes",
  dataset: ["cornell-movie-review-data/rotten_tomatoes"],
  text: "text",
} as const;

export const rottenTomatoes: readonly FineTuning[] = [
  ...OWN_SEEDS.map((seed) => ({ ...OWN, seed })),
  ...REAL_SEEDS.map((seed) => ({ ...REAL, seed })),
];
