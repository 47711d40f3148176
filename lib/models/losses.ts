// The losses of the heads, chosen as Transformers chooses them: by config.problem_type, else by the number of labels and their shape.

import { functional } from "../nn/mod.ts";
import { Tensor, tensor } from "../tensor/mod.ts";
import { ints, type ModelInputs } from "./batch.ts";
import { type ModelConfig, numLabelsOf } from "./config.ts";

/** Label of a token that counts for nothing, as in PyTorch. */
const IGNORED = -100;

const PROBLEM_TYPES = ["regression", "single_label_classification", "multi_label_classification"] as const;
type ProblemType = typeof PROBLEM_TYPES[number];

/** The loss of (batch, numLabels) logits, or undefined where the batch has no labels. @throws RangeError where the labels do not fit */
export function sequenceLoss(logits: Tensor, inputs: ModelInputs, config: ModelConfig): Tensor | undefined {
  if (inputs.labels === undefined) return undefined;
  const [rows, numLabels] = logits.shape;
  switch (problemTypeOf(config, inputs.labels)) {
    case "regression":
      return functional.mseLoss(logits, floatLabels(inputs.labels, [rows, numLabels]));
    case "multi_label_classification":
      return functional.binaryCrossEntropyWithLogits(logits, floatLabels(inputs.labels, [rows, numLabels]));
    case "single_label_classification": {
      const { values, shape } = ints(inputs, "labels")!;
      if (values.length === rows) return functional.crossEntropy(logits, tensor(values));
      throw new RangeError(
        `labels has shape (${shape.join(", ")}); it must hold one label for each of the batch's ${rows} rows.`,
      );
    }
  }
}

/** Labels of single tokens, (batch · length), or undefined where the batch has none. @throws RangeError where their shape is not that of the ids */
export function tokenLabels(inputs: ModelInputs): Int32Array | undefined {
  const labels = ints(inputs, "labels");
  const ids = ints(inputs, "input_ids");
  if (!labels || !ids || labels.values.length === ids.values.length) return labels?.values;
  throw new RangeError(
    `labels has shape (${labels.shape.join(", ")}), input_ids (${
      ids.shape.join(", ")
    }); this model takes one label a token.`,
  );
}

/** Whether the token at a place of the padded batch counts for the loss. */
export function isCounted(labels: Int32Array | undefined): (place: number) => boolean {
  return (place) => labels !== undefined && labels[place] !== IGNORED;
}

/** The mean cross-entropy of the tokens that count: logits (tokens, classes), labels (tokens). 0 where none does (PyTorch: NaN). */
export function tokenLoss(logits: Tensor, labels: Tensor): Tensor {
  return functional.crossEntropy(logits, labels, { ignoreIndex: IGNORED });
}

function problemTypeOf(config: ModelConfig, labels: NonNullable<ModelInputs["labels"]>): ProblemType {
  const numLabels = numLabelsOf(config);
  const given = config.problem_type ?? undefined;
  if (given !== undefined) {
    const known = PROBLEM_TYPES.find((name) => name === given);
    if (known) return known;
    throw new RangeError(
      `config.json: problem_type is ${JSON.stringify(given)}; it must be one of ${PROBLEM_TYPES.join(", ")}.`,
    );
  }
  if (numLabels === 1) return "regression";
  const isRowOfLabels = labels instanceof Tensor
    ? labels.shape.length === 2 && labels.shape[1] === numLabels
    : Array.isArray(labels) && Array.isArray(labels[0]) && labels[0].length === numLabels;
  return isRowOfLabels ? "multi_label_classification" : "single_label_classification";
}

/** Labels as float32 of a shape; those of a collator may be int32. */
function floatLabels(labels: NonNullable<ModelInputs["labels"]>, shape: readonly number[]): Tensor {
  const made = labels instanceof Tensor ? labels : tensor(labels);
  if (made.size !== shape[0] * shape[1]) {
    throw new RangeError(
      `labels has shape (${made.shape.join(", ")}); it must hold ${shape[1]} for each of the batch's ${shape[0]} rows.`,
    );
  }
  return made.hostData ? tensor(Float32Array.from(made.hostData), shape) : made.reshape(shape);
}
