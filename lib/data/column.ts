// How a column is stored: numbers in typed arrays, lists of whole numbers in one array with offsets (8,551 tokenized sentences are three
// objects, not 8,551), all else in a plain array. A column never changes.

import type { Cell } from "./cell.ts";

export interface Column {
  readonly length: number;
  /** What is known of all its values by the way they are stored. */
  readonly holds: "integers" | "numbers" | "integer lists" | "values";
  at(row: number): Cell;
  /** The rows in the given order. */
  take(rows: ArrayLike<number>): Column;
  /** All that tells it from another column, for a fingerprint. */
  content(): Iterable<Uint8Array | string>;
}

/** Stores values in the smallest way that gives them back as they are. */
export function columnOf(values: ArrayLike<Cell>): Column {
  return listColumn(values) ?? numberColumn(values) ?? new PlainColumn(Array.from(values, nullish));
}

/** Lists of whole numbers: row i is `values[offsets[i]]` to before `values[offsets[i + 1]]`. */
export function integerLists(values: Int32Array, offsets: Float64Array): Column {
  return new IntListColumn(values, offsets);
}

/** One column after the other. */
export function concatColumns(columns: readonly Column[]): Column {
  if (columns.length === 1) return columns[0];
  if (columns.every((column) => column instanceof IntListColumn)) return IntListColumn.concat(columns);
  const length = columns.reduce((sum, column) => sum + column.length, 0);
  const values: Cell[] = new Array(length);
  let at = 0;
  for (const column of columns) for (let row = 0; row < column.length; row++) values[at++] = column.at(row);
  return columnOf(values);
}

/** All values, in order. */
export function* valuesOf(column: Column): Generator<Cell> {
  for (let row = 0; row < column.length; row++) yield column.at(row);
}

class PlainColumn implements Column {
  readonly holds = "values";

  constructor(readonly values: readonly Cell[]) {}

  get length(): number {
    return this.values.length;
  }

  at(row: number): Cell {
    return this.values[row];
  }

  take(rows: ArrayLike<number>): Column {
    return new PlainColumn(Array.from(rows, (row) => this.values[row]));
  }

  *content(): Generator<string> {
    const stretch = 1000;
    for (let row = 0; row < this.length; row += stretch) yield JSON.stringify(this.values.slice(row, row + stretch));
  }
}

class NumberColumn implements Column {
  constructor(readonly values: Int32Array | Float64Array) {}

  get length(): number {
    return this.values.length;
  }

  get holds(): "integers" | "numbers" {
    return this.values instanceof Int32Array ? "integers" : "numbers";
  }

  at(row: number): number {
    return this.values[row];
  }

  take(rows: ArrayLike<number>): Column {
    const values = this.holds === "integers" ? new Int32Array(rows.length) : new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = this.values[rows[i]];
    return new NumberColumn(values);
  }

  content(): [string, Uint8Array] {
    return [this.holds, bytesOf(this.values)];
  }
}

class IntListColumn implements Column {
  readonly holds = "integer lists";

  constructor(readonly values: Int32Array, readonly offsets: Float64Array) {}

  get length(): number {
    return this.offsets.length - 1;
  }

  /** A plain list: a typed array would turn `ids.map((id) => words[id])` into zeros. */
  at(row: number): number[] {
    const start = this.offsets[row];
    const list: number[] = new Array(this.offsets[row + 1] - start);
    for (let i = 0; i < list.length; i++) list[i] = this.values[start + i];
    return list;
  }

  take(rows: ArrayLike<number>): Column {
    const offsets = new Float64Array(rows.length + 1);
    for (let i = 0; i < rows.length; i++) {
      offsets[i + 1] = offsets[i] + this.offsets[rows[i] + 1] - this.offsets[rows[i]];
    }
    const values = new Int32Array(offsets[rows.length]);
    for (let i = 0; i < rows.length; i++) {
      values.set(this.values.subarray(this.offsets[rows[i]], this.offsets[rows[i] + 1]), offsets[i]);
    }
    return new IntListColumn(values, offsets);
  }

  content(): [string, Uint8Array, Uint8Array] {
    return [this.holds, bytesOf(this.offsets), bytesOf(this.values)];
  }

  static concat(columns: readonly IntListColumn[]): IntListColumn {
    const values = new Int32Array(columns.reduce((sum, column) => sum + column.values.length, 0));
    const offsets = new Float64Array(columns.reduce((sum, column) => sum + column.length, 0) + 1);
    let row = 0;
    for (const column of columns) {
      const start = offsets[row];
      values.set(column.values, start);
      for (let i = 1; i <= column.length; i++) offsets[++row] = start + column.offsets[i];
    }
    return new IntListColumn(values, offsets);
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const nullish = (value: Cell): Cell => value === undefined ? null : value;

/** -0 is not among the whole numbers: an Int32Array would lose its sign. */
const isInt32 = (value: Cell): boolean => typeof value === "number" && (value | 0) === value && !Object.is(value, -0);

function numberColumn(values: ArrayLike<Cell>): NumberColumn | undefined {
  if (values.length === 0) return undefined;
  let areInts = true;
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] !== "number") return undefined;
    areInts &&= isInt32(values[i]);
  }
  return new NumberColumn(areInts ? Int32Array.from(values) : Float64Array.from(values));
}

function listColumn(values: ArrayLike<Cell>): IntListColumn | undefined {
  if (values.length === 0) return undefined;
  const offsets = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) {
    const list = values[i];
    if (!(list instanceof Int32Array) && !(Array.isArray(list) && list.every(isInt32))) return undefined;
    offsets[i + 1] = offsets[i] + list.length;
  }
  const flat = new Int32Array(offsets[values.length]);
  for (let i = 0; i < values.length; i++) flat.set(values[i], offsets[i]);
  return new IntListColumn(flat, offsets);
}
