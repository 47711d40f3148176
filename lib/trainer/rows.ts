// From a data set to batches: which columns the model takes, and the labels under the one name that models know.

import type { Cell, RowSource } from "../data/mod.ts";
import { type Batch, type PreTrainedModel } from "../models/mod.ts";
import { Tensor } from "../tensor/mod.ts";

/** What a Trainer can learn from: a Dataset, an array of rows, or a class of your own with `length` and `at(row)`. */
export interface Rows extends RowSource {
  readonly columnNames?: readonly string[];
  column?(name: string): ArrayLike<unknown>;
}

/** Makes one batch of some rows: padding, stacking, masking. One of one's own may say what its rows hold. */
export type DataCollator = (rows: Cell[]) => Batch | Promise<Batch>;

const labelNames = ["labels", "label", "label_ids"];

/**
 * The set without the columns that the model's `forward` does not take (labels are taken under any of their names).
 * @throws RangeError where nothing would be left to learn from
 */
export function withoutUnusedColumns(dataset: Rows, model: PreTrainedModel): RowSource {
  const inputs = model.inputNames.filter((name) => !labelNames.includes(name));
  const taken = new Set([...inputs, ...labelNames]);
  const names = dataset.columnNames ?? Object.keys(dataset.at(0) ?? {});
  if (names.length > 0 && !names.some((name) => inputs.includes(name))) {
    throw new RangeError(
      `Trainer: none of the columns ${names.join(", ")} is taken by ${model.constructor.name} (${
        inputs.join(", ")
      }); ` +
        `tokenize the texts first.`,
    );
  }
  if (names.every((name) => taken.has(name))) return dataset;
  return {
    length: dataset.length,
    at(row) {
      const all = dataset.at(row);
      return all && Object.fromEntries(Object.entries(all).filter(([name]) => taken.has(name)));
    },
  };
}

/** Tokens of each row, by a column of lengths where the set has one. @throws RangeError where rows hold neither */
export function lengthsOf(dataset: Rows, lengthColumn: string): number[] {
  return Array.from({ length: dataset.length }, (_, row) => {
    const { input_ids: ids, [lengthColumn]: length } = dataset.at(row) ?? {};
    if (length !== undefined) return Number(length);
    if (typeof ids === "object" && ids !== null && "length" in ids) return Number(ids.length);
    throw new RangeError(
      `Trainer: groupByLength needs the column "${lengthColumn}" or "input_ids", and row ${row} has neither.`,
    );
  });
}

/** The batch with its labels under `labels`, as models read them; a collator of one's own may have kept their old name. */
export function withLabels(batch: Batch): Batch {
  const { label, label_ids = label, labels = label_ids, ...inputs } = batch;
  return labels === undefined ? inputs : { ...inputs, labels };
}

export function withoutLabels({ labels: _, ...inputs }: Batch): Batch {
  return inputs;
}

/** The labels of a batch on the host, one a row; undefined where there are none, or where there is one a token. */
export function labelValues({ labels }: Batch): ArrayLike<unknown> | undefined {
  if (labels instanceof Tensor) return labels.shape.length === 1 ? labels.hostData : undefined;
  return typeof labels === "object" ? labels : undefined;
}

/** Rows in a batch. */
export function rowsIn(batch: Batch): number {
  const [first] = Object.values(batch);
  if (first instanceof Tensor) return first.shape[0];
  return typeof first === "object" ? first.length : 0;
}
