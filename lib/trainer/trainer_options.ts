// What a Trainer is made of and what its passes take and give.

import type { PreTrainedTokenizer } from "../tokenizers/mod.ts";
import type { Optimizer, Scheduler } from "../optim/mod.ts";
import type { TrainerCallback } from "./callbacks.ts";
import type { TrainerDisplay } from "./display.ts";
import type { ComputeMetrics, ShapedValues } from "./eval_prediction.ts";
import { nearestName } from "./nearest.ts";
import type { DataCollator, Rows } from "./rows.ts";
import type { LogEntry } from "./state.ts";
import type { ComputeLoss, TrainableModel } from "./trainable.ts";
import type { TrainingArguments } from "./training_arguments.ts";

/** Only the model is always needed. */
export interface TrainerOptions {
  model: TrainableModel;
  args?: TrainingArguments;
  trainDataset?: Rows;
  evalDataset?: Rows;
  /** Makes batches; DataCollatorWithPadding where a tokenizer is given, else `defaultDataCollator`. */
  dataCollator?: DataCollator;
  /** The tokenizer: saved with the model. */
  processingClass?: Pick<PreTrainedTokenizer, "pad" | "savePretrained">;
  /** The older name of `processingClass`. */
  tokenizer?: Pick<PreTrainedTokenizer, "pad" | "savePretrained">;
  computeMetrics?: ComputeMetrics;
  /** A loss of your own in place of the model's, such as one with class weights. */
  computeLossFunc?: ComputeLoss;
  callbacks?: readonly TrainerCallback[];
  /** An optimizer, and a schedule for it, in place of those that the arguments describe. */
  optimizers?: readonly [optimizer: Optimizer, scheduler?: Scheduler];
  /** Shows the run; where it is not given, a table in a notebook and lines of text elsewhere. */
  display?: TrainerDisplay;
}

export interface EvaluateOptions {
  /** First part of the metrics' names. */
  readonly metricKeyPrefix?: string;
  /** Stops the pass when aborted. */
  readonly signal?: AbortSignal;
}

/** Predictions of a set in its order, its labels, and the metrics of both where it has labels. */
export interface PredictionOutput {
  readonly predictions: ShapedValues;
  readonly labelIds: ShapedValues | undefined;
  readonly metrics: LogEntry;
}

// A notebook's kernel checks no types, so a misspelt name is found here.
const optionNames: readonly string[] = [
  "model",
  "args",
  "trainDataset",
  "evalDataset",
  "dataCollator",
  "processingClass",
  "tokenizer",
  "computeMetrics",
  "computeLossFunc",
  "callbacks",
  "optimizers",
  "display",
] satisfies (keyof TrainerOptions)[];

/** @throws RangeError on an unknown option, TypeError without a model */
export function assertOptions(options: TrainerOptions): void {
  const unknown = Object.keys(options).find((name) => !optionNames.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`Trainer: unknown option "${unknown}"; did you mean "${nearestName(unknown, optionNames)}"?`);
  }
  if (!options.model) {
    throw new TypeError("Trainer: there is no model; give one, such as AutoModelForSequenceClassification's.");
  }
}
