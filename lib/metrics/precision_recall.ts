// Precision, recall and F: counted per class, then averaged in one of scikit-learn's ways.

import { classesOf, classIndex, type Label, labelList, type LabelPair, labelPair, type Labels } from "./labels.ts";
import { meanWithoutNaN } from "./numbers.ts";

/** How the classes' values become one number; `null` gives one value a class, `"binary"` that of `posLabel` alone. */
export type Average = "binary" | "micro" | "macro" | "weighted" | null;

/** Options of the precision family, scikit-learn's names and defaults. */
export interface PrecisionRecallOptions {
  /** The classes to report and their order; all that occur, sorted, when absent. */
  labels?: Labels;
  /** The class that counts as positive under `average: "binary"`. */
  posLabel?: Label;
  average?: Average;
  /** Weight of recall against precision in the F score. */
  beta?: number;
  /** What 0/0 counts as: 0, 1, or NaN (then left out of averages). */
  zeroDivision?: number;
}

/** Counts of one class, or of all classes together: rows rightly given it, rows given it, rows that have it. */
interface Counts {
  readonly right: number;
  readonly predicted: number;
  readonly real: number;
}

type PerClass = [precision: number[], recall: number[], fscore: number[], support: number[]];
type Averaged = [precision: number, recall: number, fscore: number, support: null];

const averages: readonly unknown[] = ["binary", "micro", "macro", "weighted", null];

/**
 * Precision, recall, F score and support, in this order (scikit-learn: precision_recall_fscore_support).
 * With `average: null` (the default) each is a list over the classes, else one number and support is null.
 */
export function precisionRecallFscoreSupport(
  yTrue: Labels,
  yPred: Labels,
  options?: PrecisionRecallOptions & { average?: null },
): PerClass;
export function precisionRecallFscoreSupport(
  yTrue: Labels,
  yPred: Labels,
  options: PrecisionRecallOptions & { average: Exclude<Average, null> },
): Averaged;
export function precisionRecallFscoreSupport(
  yTrue: Labels,
  yPred: Labels,
  options: PrecisionRecallOptions = {},
): PerClass | Averaged {
  const { average = null, beta = 1, zeroDivision = 0 } = options;
  if (zeroDivision !== 0 && zeroDivision !== 1 && !Number.isNaN(zeroDivision)) {
    throw new RangeError(
      `precisionRecallFscoreSupport: zeroDivision ${zeroDivision} is not possible; use 0, 1 or NaN.`,
    );
  }
  const pair = labelPair(yTrue, yPred, "precisionRecallFscoreSupport");
  const perClass = countClasses(pair, classesFor(pair, options));
  const counts = average === "micro" ? [perClass.reduce(addCounts, { right: 0, predicted: 0, real: 0 })] : perClass;
  const share = (part: number, whole: number) => whole === 0 ? zeroDivision : part / whole;
  const precision = counts.map((c) => share(c.right, c.predicted));
  const recall = counts.map((c) => share(c.right, c.real));
  const fscore = beta === Infinity
    ? recall
    : counts.map((c) => share((1 + beta ** 2) * c.right, beta ** 2 * c.real + c.predicted));
  const support = counts.map((c) => c.real);
  if (average === null) return [precision, recall, fscore, support];
  const weights = average === "weighted" ? support : undefined;
  return [meanWithoutNaN(precision, weights), meanWithoutNaN(recall, weights), meanWithoutNaN(fscore, weights), null];
}

/** Share of the rows given a class that have it. `average` is "binary" unless said otherwise (scikit-learn: precision_score). */
export function precisionScore(yTrue: Labels, yPred: Labels, options: AveragedOptions = {}): number {
  return averaged(yTrue, yPred, options)[0];
}

/** Share of the rows of a class that were given it. `average` is "binary" unless said otherwise (scikit-learn: recall_score). */
export function recallScore(yTrue: Labels, yPred: Labels, options: AveragedOptions = {}): number {
  return averaged(yTrue, yPred, options)[1];
}

/** Harmonic mean of precision and recall. `average` is "binary" unless said otherwise (scikit-learn: f1_score). */
export function f1Score(yTrue: Labels, yPred: Labels, options: AveragedOptions = {}): number {
  return averaged(yTrue, yPred, options)[2];
}

/** Options of the one-number scores. For one value a class see `precisionRecallFscoreSupport`. */
export type AveragedOptions = Omit<PrecisionRecallOptions, "average" | "beta"> & { average?: Exclude<Average, null> };

function averaged(yTrue: Labels, yPred: Labels, options: AveragedOptions): Averaged {
  return precisionRecallFscoreSupport(yTrue, yPred, { ...options, average: options.average ?? "binary" });
}

/** The classes a score runs over; for "binary" the positive one alone. */
function classesFor(pair: LabelPair, options: PrecisionRecallOptions): (number | string)[] {
  const name = "precisionRecallFscoreSupport";
  const { average = null, posLabel = 1 } = options;
  if (!averages.includes(average)) {
    throw new RangeError(
      `${name}: average ${JSON.stringify(average)} is unknown; use "binary", "micro", "macro", "weighted" or null.`,
    );
  }
  const present = classesOf(pair.yTrue, pair.yPred);
  if (average !== "binary") return options.labels ? labelList(options.labels, name) : present;
  if (present.length > 2) {
    throw new RangeError(
      `${name}: ${present.length} classes occur but average is "binary"; use "micro", "macro", "weighted" or null.`,
    );
  }
  const [positive] = labelList([posLabel], name);
  if (present.length === 2 && !present.includes(positive)) {
    throw new RangeError(`${name}: posLabel ${positive} does not occur; the classes are ${present.join(" and ")}.`);
  }
  return [positive];
}

function countClasses(pair: LabelPair, classes: readonly (number | string)[]): Counts[] {
  const index = classIndex(classes, "precisionRecallFscoreSupport");
  const counts = classes.map(() => ({ right: 0, predicted: 0, real: 0 }));
  pair.yTrue.forEach((label, i) => {
    const real = index.get(label), predicted = index.get(pair.yPred[i]);
    if (real !== undefined) counts[real].real++;
    if (predicted !== undefined) counts[predicted].predicted++;
    if (real !== undefined && real === predicted) counts[real].right++;
  });
  return counts;
}

function addCounts(a: Counts, b: Counts): Counts {
  return { right: a.right + b.right, predicted: a.predicted + b.predicted, real: a.real + b.real };
}
