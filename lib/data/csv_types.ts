// What the cells of a CSV file mean, as pandas reads them (and Datasets through it): words for a missing value, whole numbers, numbers,
// truth values, else text. A column is of one type throughout.

import type { Cell } from "./cell.ts";
import { type Feature, Value } from "./features.ts";

/** pandas 3, `na_values`: these words, in quotes or not, and the empty cell. */
const MISSING = new Set(
  "#N/A,#N/A N/A,#NA,-1.#IND,-1.#QNAN,-NaN,-nan,1.#IND,1.#QNAN,<NA>,N/A,NA,NULL,NaN,None,n/a,nan,null"
    .split(",").concat(""),
);
const WHOLE = /^\s*[-+]?\d+\s*$/;
const NUMBER = /^\s*[-+]?((\d+\.?\d*|\.\d+)(e[-+]?\d+)?|inf(inity)?)\s*$/i;
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["True", "TRUE", "true"].map((word): [string, boolean] => [word, true]),
  ...["False", "FALSE", "false"].map((word): [string, boolean] => [word, false]),
]);

/** A column of cells with its type. */
export interface TypedCells {
  readonly values: Cell[];
  readonly feature: Feature;
}

/** The text of each cell, null for a missing one. */
export function presentCells(cells: readonly string[]): Cell[] {
  return cells.map((cell) => cell.length < 9 && MISSING.has(cell) ? null : cell);
}

/**
 * The values of a column's cells. Whole numbers beside missing values are float64, as in pandas; those beyond 2^53 stay text, as a
 * JavaScript number would change them.
 */
export function typedCells(cells: readonly string[]): TypedCells {
  const texts = presentCells(cells);
  const every = (test: (cell: string) => boolean) => texts.every((text) => text === null || test(text));
  const as = (dtype: string, read: (cell: string) => Cell) => ({
    values: texts.map((text) => text === null ? null : read(text)),
    feature: new Value(dtype),
  });
  if (every((text) => WHOLE.test(text) && Number.isSafeInteger(Number(text)))) {
    return as(texts.includes(null) ? "float64" : "int64", Number);
  }
  if (every((text) => NUMBER.test(text)) && !every((text) => WHOLE.test(text))) return as("float64", numberOf);
  if (every((text) => BOOLEANS.has(text))) return as("bool", (text) => BOOLEANS.get(text));
  return { values: texts, feature: new Value("string") };
}

function numberOf(text: string): number {
  if (!/inf/i.test(text)) return Number(text);
  return text.trim().startsWith("-") ? -Infinity : Infinity;
}
