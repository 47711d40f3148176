// From rows to tensors: numbers and lists of one shape, stacked. What pads them to one shape is a collator's.

import { type Tensor, tensor } from "../tensor/mod.ts";
import { type Cell, isList, type Row } from "./cell.ts";

/** A batch as models take it: tensors by the names of Transformers. */
export type TensorBatch = Record<string, Tensor>;

/** The row with its `label` or `label_ids` under the name that models take. */
export function withLabels(row: Row): Row {
  const { label, label_ids = label, labels = label_ids, ...rest } = row;
  return labels === undefined ? rest : { ...rest, labels };
}

/** Whole numbers become int32, others float32; (rows) for numbers, (rows, items) for lists. */
export function tensorsOf(collator: string, columns: Readonly<Record<string, Cell[]>>): TensorBatch {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => {
      const shape = [values.length, ...isList(values[0]) ? shapeOf(values[0]) : []];
      const flat: number[] = [];
      const itemShape = shape.slice(1);
      for (const value of values) flatten(value, itemShape, flat, `${collator}: column "${name}"`);
      const areWhole = flat.every((number) => (number | 0) === number);
      return [name, tensor(areWhole ? Int32Array.from(flat) : Float32Array.from(flat), shape)];
    }),
  );
}

function shapeOf(list: ArrayLike<Cell>): number[] {
  return [list.length, ...isList(list[0]) ? shapeOf(list[0]) : []];
}

function flatten(value: Cell, shape: readonly number[], into: number[], column: string): void {
  if (shape.length === 0 && typeof value === "number") {
    into.push(value);
  } else if (shape.length === 0 && (typeof value === "bigint" || typeof value === "boolean")) {
    into.push(Number(value));
  } else if (shape.length > 0 && isList(value)) {
    if (value.length !== shape[0]) {
      throw new RangeError(
        `${column} has lists of ${shape[0]} and of ${value.length} items; pad or truncate them to one length first.`,
      );
    }
    const inner = shape.slice(1);
    for (let i = 0; i < value.length; i++) flatten(value[i], inner, into, column);
  } else if (isText(value)) {
    throw new TypeError(
      `${column} holds text ("${String(value).slice(0, 40)}"); take it out with removeColumns, as models take numbers.`,
    );
  } else {
    throw new TypeError(
      `${column} holds ${value === null ? "a missing value" : typeof value}; give each row the same numbers or lists.`,
    );
  }
}

export function isText(value: Cell): boolean {
  return typeof value === "string" || (isList(value) && isText(value[0]));
}
