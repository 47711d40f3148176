// What 04-ag-news reads: its two roads over seeds, and AG News itself. That set has no validation split; 500 rows held out from
// `train` take its place, as in the lesson.

import { type FineTuning, miniLm, ownSettings, REAL_SEEDS } from "./plan.ts";

/** More than elsewhere, as the two roads lie close together. */
const SEEDS = [1, 2, 3, 4, 5];

/** As in the lesson. */
const LABELLED = 1000;
const ADAPTATION = {
  learningRate: 1e-3,
  numTrainEpochs: 3,
  perDeviceTrainBatchSize: 16,
  weightDecay: 0,
  warmupRatio: 0.1,
};

const OWN = { ...ownSettings("ag-news", 0.01), text: "text", trainRows: LABELLED };
const REAL = {
  ...miniLm(3),
  variant: "AG News",
  dataset: ["fancyzhx/ag_news"],
  text: "text",
  heldOut: 500,
  trainRows: LABELLED,
} as const;

export const agNews: readonly FineTuning[] = [
  ...SEEDS.map((seed) => ({ ...OWN, variant: "direct", seed })),
  ...SEEDS.map((seed) => ({ ...OWN, variant: "adapted", adaptation: ADAPTATION, seed })),
  ...REAL_SEEDS.map((seed) => ({ ...REAL, seed })),
];
