// What 04-ag-news reads: its two roads over seeds, and AG News itself. That set has no validation split; 500 rows held out from
// `train` take its place, as in the lesson.

import { type FineTuning, miniLm, OWN_SEEDS, ownSettings, REAL_SEEDS } from "./plan.ts";

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
  ...miniLm(5),
  variant: "AG News",
  dataset: ["fancyzhx/ag_news"],
  text: "text",
  heldOut: 500,
  trainRows: LABELLED,
} as const;

export const agNews: readonly FineTuning[] = [
  ...OWN_SEEDS.map((seed) => ({ ...OWN, variant: "direct", seed })),
  ...OWN_SEEDS.map((seed) => ({ ...OWN, variant: "adapted", adaptation: ADAPTATION, seed })),
  ...REAL_SEEDS.map((seed) => ({ ...REAL, seed })),
];
