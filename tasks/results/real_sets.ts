// The table of notebooks/README.md: what the recipes reach on sets that others publish.

import { meanInterval, type MeasuredRun } from "lib";
import { formatCount, formatSeconds } from "../../lib/notebook/text.ts";

/** By lesson: what the plan calls the runs on its real set, and the metric they are judged by. */
const REAL: Readonly<Record<string, { variant: string; key: string; metric: string }>> = {
  "cola": { variant: "CoLA", key: "evalMatthewsCorrelation", metric: "Matthews correlation" },
  "rotten-tomatoes": { variant: "rotten_tomatoes", key: "evalMacroF1", metric: "macro-F1" },
  "amazon-reviews": { variant: "Amazon", key: "evalMacroF1", metric: "macro-F1" },
  "ag-news": { variant: "AG News", key: "evalAccuracy", metric: "accuracy" },
};

export const REAL_SET_HEADINGS = [
  "data",
  "training rows",
  "checkpoint",
  "epochs",
  "metric on validation",
  "mean (95 % interval)",
  "seeds",
  "the fastest run took",
  "its machine",
];

/** A lesson's row, from the last epochs of its runs; undefined where fewer than two were measured. */
export function realSetRow(lesson: string, runs: readonly MeasuredRun[]): string[] | undefined {
  const { variant, key, metric } = REAL[lesson];
  const real = runs.filter((run) => run.variant === variant);
  if (real.length < 2) return undefined;
  const [{ data, checkpoint, recipe }] = real;
  const fastest = real.reduce((a, b) => b.seconds < a.seconds ? b : a); // others may have shared the machine
  const { mean, low, high } = meanInterval(real.map(({ curve }) => curve[curve.length - 1][key]));
  return [
    data.name,
    formatCount(data.train),
    checkpoint,
    String(recipe.numTrainEpochs),
    metric,
    `${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`,
    String(real.length),
    formatSeconds(fastest.seconds),
    fastest.machine,
  ];
}
