// pipeline(): a model and its tokenizer as one function from texts to results, as in Transformers.

import { AutoModelForMaskedLM, AutoModelForSequenceClassification } from "../models/mod.ts";
import { AutoTokenizer, type PreTrainedTokenizer } from "../tokenizers/mod.ts";
import { type MaskFiller, maskFiller } from "./fill_mask.ts";
import type { LogitsModel } from "./logits.ts";
import { type TextClassifier, textClassifier } from "./text_classification.ts";

/** A model and a tokenizer that are there already. */
export interface PipelineParts {
  model: LogitsModel;
  tokenizer: PreTrainedTokenizer;
}

export interface PipelineLoadOptions {
  /** A branch, tag or commit of a hub repository. */
  revision?: string;
}

const TASKS = {
  "text-classification": { auto: AutoModelForSequenceClassification, build: textClassifier },
  "fill-mask": { auto: AutoModelForMaskedLM, build: maskFiller },
};

type Task = keyof typeof TASKS;

/**
 * A function from texts to results: of a model and tokenizer at once, of a checkpoint's name (hub, local folder, `attend/…`) as a promise.
 * @throws RangeError for an unknown task; Error as `fromPretrained` does
 */
export function pipeline(task: "text-classification", parts: PipelineParts): TextClassifier;
export function pipeline(task: "fill-mask", parts: PipelineParts): MaskFiller;
export function pipeline(
  task: "text-classification",
  checkpoint: string,
  options?: PipelineLoadOptions,
): Promise<TextClassifier>;
export function pipeline(task: "fill-mask", checkpoint: string, options?: PipelineLoadOptions): Promise<MaskFiller>;
export function pipeline(
  task: Task,
  source: PipelineParts | string,
  options: PipelineLoadOptions = {},
): TextClassifier | MaskFiller | Promise<TextClassifier | MaskFiller> {
  if (!Object.hasOwn(TASKS, task)) {
    throw new RangeError(`pipeline: there is no task "${task}"; there are ${Object.keys(TASKS).join(", ")}.`);
  }
  const { auto, build } = TASKS[task];
  if (typeof source !== "string") return build(source.model, source.tokenizer);
  return Promise.all([auto.fromPretrained(source, options), AutoTokenizer.fromPretrained(source, options)])
    .then(([model, tokenizer]) => build(model, tokenizer));
}
