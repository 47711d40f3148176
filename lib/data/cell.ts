// The types of a table's content.

/**
 * What a cell holds is known when a file is read, not when a program is checked: here, and only here, TypeScript looks away, so that
 * `raw.map((batch) => tokenizer(batch.sentence))` needs no cast in a lesson.
 */
// deno-lint-ignore no-explicit-any
export type Cell = any;

/** One row: a value for each column. */
export type Row = Record<string, Cell>;

/** Some rows: a list of values for each column. */
export type Batch = Record<string, Cell[]>;

/** A stretch of a file's rows, by column: what a file gives at a time. */
export type Columns = Record<string, Cell[]>;

/** Rows of a stretch: pandas' chunk, which decides the types of a CSV that is streamed. */
export const STRETCH_ROWS = 10_000;

/** True for arrays and typed arrays. */
export function isList(value: Cell): value is ArrayLike<Cell> & Iterable<Cell> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** True for what a file or a function left out. */
export function isMissing(value: Cell): value is null | undefined {
  return value === null || value === undefined;
}
