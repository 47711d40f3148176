// What every pipeline does with a model: texts that are tokenized one by one run through it in batches, without gradients and dropout.

import { noGrad } from "../autograd/mod.ts";
import { DataCollatorWithPadding, type Row } from "../data/mod.ts";
import { pace } from "../data/pace.ts";
import type { Batch, ModelOutput, PreTrainedModel } from "../models/mod.ts";
import { scope, type Tensor } from "../tensor/mod.ts";
import type { PreTrainedTokenizer, SingleEncoding } from "../tokenizers/mod.ts";

/** Any model of this library whose output has logits. */
export interface LogitsModel extends PreTrainedModel {
  forward(batch: Batch): ModelOutput & { readonly logits: Tensor };
}

export interface BatchOptions {
  /** Texts that go through the model together; the results do not depend on it. Default 8. */
  batchSize?: number;
}

/** A batch's logits, one array of the last axis for each row that was picked. */
type LogitRows = Float32Array[];

/**
 * Runs encodings through a model, batch by batch. The event loop gets its turn in between.
 * @param pick the rows that are wanted of a batch whose first text has number `first`; all where left out
 */
export async function* logitRows(
  model: LogitsModel,
  tokenizer: PreTrainedTokenizer,
  encodings: readonly SingleEncoding[],
  { batchSize = 8 }: BatchOptions,
  pick: (logits: Tensor, first: number) => Tensor = (logits) => logits,
): AsyncGenerator<LogitRows> {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`pipeline: batchSize is ${batchSize}; it must be a whole number, 1 or more.`);
  }
  const collate = new DataCollatorWithPadding(tokenizer);
  const wasTraining = model.training;
  model.eval();
  try {
    for (let first = 0; first < encodings.length; first += batchSize) {
      const rows = encodings.slice(first, first + batchSize).map(rowOf);
      const logits = scope(() => noGrad(() => pick(model.forward(collate(rows)).logits, first)));
      const values = await logits.data();
      const columns = logits.shape.at(-1) ?? 1;
      logits.dispose();
      yield Array.from({ length: values.length / columns }, (_, i) => {
        return Float32Array.from(values.subarray(i * columns, (i + 1) * columns));
      });
      await pace();
    }
  } finally {
    model.train(wasTraining);
  }
}

/** The columns that models read. */
function rowOf({ input_ids, attention_mask, token_type_ids }: SingleEncoding): Row {
  return { input_ids, ...(attention_mask && { attention_mask }), ...(token_type_ids && { token_type_ids }) };
}

/** exp(x - max) / sum. */
export function softmax(logits: Float32Array): Float32Array {
  const most = logits.reduce((max, value) => Math.max(max, value), -Infinity);
  const exponentials = Float64Array.from(logits, (value) => Math.exp(value - most));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return Float32Array.from(exponentials, (value) => value / sum);
}
