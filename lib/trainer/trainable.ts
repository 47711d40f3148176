// What a Trainer asks of a model: logits, and a loss where the batch has labels.

import { apply } from "../autograd/mod.ts";
import type { Batch, ModelOutput, PreTrainedModel } from "../models/mod.ts";
import { crossEntropy } from "../ops/mod.ts";
import { Tensor, tensor } from "../tensor/mod.ts";

export interface TrainableOutput extends ModelOutput {
  readonly loss?: Tensor;
  readonly logits: Tensor;
}

/** Any model of this library whose output has logits and a loss. */
export interface TrainableModel extends PreTrainedModel {
  forward(batch: Batch): TrainableOutput;
}

/** The model's own loss, or with label smoothing one whose target spreads that share over all classes. */
export function computeLoss(model: TrainableModel, batch: Batch, labelSmoothing: number): TrainableOutput {
  const { labels, ...inputs } = batch;
  if (labelSmoothing === 0 || labels === undefined) return model.forward(batch);
  const output = model.forward(inputs);
  const targets = labels instanceof Tensor ? labels : tensor(labels, { dtype: "int32" });
  const classes = output.logits.shape.at(-1) ?? 1;
  const logits = output.logits.reshape([-1, classes]); // one row a label
  return { ...output, loss: apply(crossEntropy, [logits, targets], { labelSmoothing }) };
}
