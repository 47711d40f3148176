// Metrics by the names that Hugging Face's Evaluate gives them, with its `compute({ predictions, references })`.
// The arithmetic is in the files beside this one. Keys of the results are camelCase, as everywhere in this library.

import { accuracyScore } from "./accuracy.ts";
import { pearsonr, spearmanr } from "./correlation.ts";
import { type Label, labelList, type Labels } from "./labels.ts";
import { matthewsCorrcoef } from "./matthews.ts";
import type { Scores } from "./numbers.ts";
import { type AveragedOptions, f1Score, precisionScore, recallScore } from "./precision_recall.ts";
import { meanAbsoluteError, meanSquaredError, r2Score } from "./regression.ts";
import { type RocAucOptions, rocAucScore } from "./roc_auc.ts";

/** What a metric is computed from, and the options its function takes. `predictionScores` is what roc_auc takes instead. */
export interface MetricInput extends AveragedOptions {
  predictions?: Labels;
  references?: Labels;
  predictionScores?: ArrayLike<number> | Scores;
  multiClass?: RocAucOptions["multiClass"];
}

/** A metric's values by camelCase name. */
export type MetricResult = Record<string, number>;

/** A metric loaded by name. Rows come all at once to `compute`, or batch by batch to `addBatch` and then `compute()`. */
export interface Metric {
  readonly name: string;
  /** Keeps a batch for the next `compute()`. */
  addBatch(batch: { predictions: Labels; references: Labels }): void;
  /** The metric over the given rows, or over all added since the last call. Throws where there are none. */
  compute(input?: MetricInput): MetricResult;
}

type Compute = (predictions: Labels, references: Labels, input: MetricInput) => MetricResult;

const accuracy: Compute = (p, r) => ({ accuracy: accuracyScore(r, p) });
const f1: Compute = (p, r, options) => ({ f1: f1Score(r, p, options) });
const matthews: Compute = (p, r) => ({ matthewsCorrelation: matthewsCorrcoef(r, p) });
const pearson: Compute = (p, r) => ({ pearson: pearsonr(numbers(p), numbers(r)) });
const spearman: Compute = (p, r) => ({ spearmanr: spearmanr(numbers(p), numbers(r)) });

const metrics: Record<string, Compute> = {
  accuracy,
  f1,
  precision: (p, r, options) => ({ precision: precisionScore(r, p, options) }),
  recall: (p, r, options) => ({ recall: recallScore(r, p, options) }),
  matthews_correlation: matthews,
  pearsonr: (p, r) => ({ pearsonr: pearsonr(numbers(p), numbers(r)) }),
  spearmanr: spearman,
  mse: (p, r) => ({ mse: meanSquaredError(numbers(r), numbers(p)) }),
  mae: (p, r) => ({ mae: meanAbsoluteError(numbers(r), numbers(p)) }),
  r_squared: (p, r) => ({ rSquared: r2Score(numbers(r), numbers(p)) }),
};

const accuracyAndF1: Compute = (p, r, options) => ({ ...accuracy(p, r, options), ...f1(p, r, options) });

/** The metrics of GLUE's tasks (Wang et al. 2019, table 1). */
const glue: Record<string, Compute> = {
  cola: matthews,
  sst2: accuracy,
  mrpc: accuracyAndF1,
  qqp: accuracyAndF1,
  stsb: (p, r, options) => ({ ...pearson(p, r, options), ...spearman(p, r, options) }),
  mnli: accuracy,
  mnli_mismatched: accuracy,
  mnli_matched: accuracy,
  qnli: accuracy,
  rte: accuracy,
  wnli: accuracy,
  hans: accuracy,
};

/** A metric by its name on the hub: `loadMetric("accuracy")`, `loadMetric("glue", "cola")`. Throws on an unknown name. */
export function loadMetric(name: string, config?: string): Metric {
  if (name === "roc_auc") return rocAuc();
  if (name !== "glue") return collected(name, lookUp(metrics, name, "name", ["glue", "roc_auc"]));
  if (config === undefined) {
    throw new RangeError(`loadMetric: "glue" needs a task as second argument: ${Object.keys(glue).join(", ")}.`);
  }
  return collected(`glue/${config}`, lookUp(glue, config, "glue task"));
}

/** Several metrics as one: `combine(["accuracy", "f1"])`. Results are merged; two metrics with one key are refused. */
export function combine(parts: readonly (string | Metric)[]): Metric {
  const loaded = parts.map((part) => typeof part === "string" ? loadMetric(part) : part);
  return collected(loaded.map((metric) => metric.name).join("+"), (predictions, references, input) => {
    const entries = loaded.flatMap((metric) => Object.entries(metric.compute({ ...input, predictions, references })));
    const twice = entries.find(([key], i) => entries.findIndex(([other]) => other === key) < i);
    if (twice) throw new RangeError(`combine: two of the metrics give ${twice[0]}; combine each once.`);
    return Object.fromEntries(entries);
  });
}

function lookUp(table: Record<string, Compute>, name: string, what: string, others: readonly string[] = []): Compute {
  if (Object.hasOwn(table, name)) return table[name];
  const known = [...Object.keys(table), ...others].join(", ");
  throw new RangeError(`loadMetric: unknown ${what} "${name}"; known are ${known}.`);
}

function collected(name: string, compute: Compute): Metric {
  let predictions: Label[] = [], references: Label[] = [];
  return {
    name,
    addBatch(batch) {
      predictions.push(...labelList(batch.predictions, name));
      references.push(...labelList(batch.references, name));
    },
    compute(input = {}) {
      const given = { predictions, references, ...input };
      if (given.predictions !== predictions && given.references === references) {
        throw new TypeError(`${name}: compute got predictions without references; give both.`);
      }
      const result = compute(given.predictions, given.references, input);
      [predictions, references] = [[], []];
      return result;
    },
  };
}

/** roc_auc reads scores where the others read predicted classes. */
function rocAuc(): Metric {
  return {
    name: "roc_auc",
    addBatch() {
      throw new TypeError("roc_auc: addBatch is not there; give compute all of predictionScores and references.");
    },
    compute({ predictionScores, references, multiClass, average } = {}) {
      if (!predictionScores || !references) {
        throw new TypeError("roc_auc: compute needs predictionScores and references.");
      }
      if (average === "binary" || average === "micro") {
        throw new RangeError(`roc_auc: average "${average}" is not possible; use "macro" or "weighted".`);
      }
      return { rocAuc: rocAucScore(references, predictionScores, { multiClass, average }) };
    },
  };
}

function numbers(values: Labels): number[] {
  return labelList(values, "loadMetric").map(Number);
}
