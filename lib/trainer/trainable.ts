// What a Trainer asks of a model: a loss where the batch has labels, and logits for predictions.

import type { Batch, ModelOutput, PreTrainedModel } from "../models/mod.ts";
import { functional } from "../nn/mod.ts";
import { type NestedNumbers, Tensor, tensor } from "../tensor/mod.ts";

export interface TrainableOutput extends ModelOutput {
  readonly loss?: Tensor;
  /** Left out in training by models that have a `loss`, as nobody reads them, and by models of two tasks, which name theirs differently. */
  readonly logits?: Tensor;
}

/** What a loss of one's own is computed from. */
export interface OutputWithLogits extends TrainableOutput {
  readonly logits: Tensor;
}

/** Any model of this library whose output has a loss. */
export interface TrainableModel extends PreTrainedModel {
  forward(batch: Batch): TrainableOutput;
  /** The loss of `forward` alone, in models that have a faster way to it. */
  loss?(batch: Batch): Tensor;
}

/**
 * The loss, shape (), of a model's output and the batch's labels, which the model was not given: for class weights
 * `({ logits }, labels) => nn.functional.crossEntropy(logits, labels, { weight: computeClassWeight(data.train.column("label")) })`.
 */
export type ComputeLoss = (output: OutputWithLogits, labels: Tensor) => Tensor;

/** Cross-entropy whose target spreads a share over all classes; one row of logits a label (Szegedy et al. 2016, section 7). */
export function smoothedLoss(labelSmoothing: number): ComputeLoss {
  return ({ logits }, labels) =>
    functional.crossEntropy(logits.reshape([-1, logits.shape.at(-1) ?? 1]), labels, { labelSmoothing });
}

/**
 * The model's output with its own loss, or with that of `computeLoss` where the batch has labels.
 * @throws TypeError for a loss of one's own on a model of two tasks
 */
export function outputWithLoss(model: TrainableModel, batch: Batch, computeLoss?: ComputeLoss): TrainableOutput {
  const { labels, ...inputs } = batch;
  if (!computeLoss || labels === undefined) {
    return model.loss && model.training && labels !== undefined ? { loss: model.loss(batch) } : model.forward(batch);
  }
  const output = model.forward(inputs);
  if (!hasLogits(output)) {
    throw new TypeError(
      `Trainer: ${model.constructor.name} has two kinds of labels; labelSmoothingFactor and computeLossFunc are for models of one.`,
    );
  }
  return { ...output, loss: computeLoss(output, labels instanceof Tensor ? labels : labelTensor(labels)) };
}

function hasLogits(output: TrainableOutput): output is OutputWithLogits {
  return output.logits !== undefined;
}

/** Classes as int32, other numbers as float32. */
function labelTensor(labels: Exclude<Batch[string], Tensor>): Tensor {
  return tensor(labels, { dtype: isWhole(labels) ? "int32" : "float32" });
}

function isWhole(values: NestedNumbers | ArrayLike<number>): boolean {
  return typeof values === "number" ? Number.isInteger(values) : Array.from(values).every(isWhole);
}
