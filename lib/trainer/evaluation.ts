// One pass over a set without gradients: predictions and labels in order, and the mean loss by row.

import { noGrad } from "../autograd/mod.ts";
import type { Batch, PreTrainedModel } from "../models/mod.ts";
import { Tensor, tensor } from "../tensor/mod.ts";
import type { ShapedValues } from "./eval_prediction.ts";
import { rowsIn } from "./rows.ts";
import type { TrainableOutput } from "./trainable.ts";

interface EvaluationPlan {
  readonly model: PreTrainedModel;
  /** One epoch, in order; each batch has a scope of its own. */
  readonly batches: AsyncIterable<Batch>;
  readonly computeLoss: (batch: Batch) => TrainableOutput;
  /** Whether logits are kept: an evaluation of the loss alone needs no memory for them. */
  readonly keepsPredictions: boolean;
  readonly signal: AbortSignal;
}

export interface EvaluationResult {
  readonly predictions: ShapedValues | undefined;
  readonly labelIds: ShapedValues | undefined;
  /** Mean over rows; undefined where the set has no labels. */
  readonly loss: number | undefined;
  readonly rows: number;
}

/** Thrown when a pass was stopped before its end. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/** Goes through all batches in evaluation mode and puts the model back into its mode. @throws InterruptedError when stopped */
export async function evaluationLoop(plan: EvaluationPlan): Promise<EvaluationResult> {
  const { model, signal } = plan;
  const wasTraining = model.training;
  const predictions: ShapedValues[] = [], labelIds: ShapedValues[] = [];
  let lossSum = 0, rows = 0, rowsWithLoss = 0;
  model.eval();
  try {
    for await (const batch of plan.batches) {
      if (signal.aborted) throw new InterruptedError(`Trainer: the evaluation was stopped after ${rows} rows.`);
      const { loss, logits } = noGrad(() => plan.computeLoss(batch));
      const size = rowsIn(batch);
      rows += size;
      if (plan.keepsPredictions && logits) {
        predictions.push({ data: await logits.data(), shape: logits.shape });
        if (batch.labels !== undefined) labelIds.push(await shaped(batch.labels));
      }
      if (!loss) continue;
      lossSum += await loss.item() * size;
      rowsWithLoss += size;
    }
  } finally {
    model.train(wasTraining);
  }
  const loss = rowsWithLoss > 0 ? lossSum / rowsWithLoss : undefined;
  return { predictions: concatRows(predictions), labelIds: concatRows(labelIds), loss, rows };
}

async function shaped(labels: Batch[string]): Promise<ShapedValues> {
  if (labels instanceof Tensor) return { data: await labels.data(), shape: labels.shape };
  const values = tensor(labels);
  const data = await values.data();
  return { data: data.every(Number.isInteger) ? Int32Array.from(data) : data, shape: values.shape };
}

/** What fills up predictions and labels whose batches differ in length, as in Transformers. */
const PADDING = -100;

/** All parts below one another; where they differ in their second axis they are padded to the longest. */
function concatRows(parts: readonly ShapedValues[]): ShapedValues | undefined {
  const [first] = parts;
  if (!first) return undefined;
  const rows = parts.reduce((sum, part) => sum + part.shape[0], 0);
  const longest = Math.max(...parts.map((part) => part.shape[1] ?? 1));
  const rest = first.shape.slice(2);
  const inner = rest.reduce((a, b) => a * b, 1);
  const size = rows * longest * inner;
  const data = (first.data instanceof Int32Array ? new Int32Array(size) : new Float32Array(size)).fill(PADDING);
  let row = 0;
  for (const part of parts) {
    const width = (part.shape[1] ?? 1) * inner;
    for (let r = 0; r < part.shape[0]; r++) {
      data.set(part.data.subarray(r * width, (r + 1) * width), row++ * longest * inner);
    }
  }
  return { data, shape: first.shape.length === 1 ? [rows] : [rows, longest, ...rest] };
}
