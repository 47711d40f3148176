// Reading a set: rows, batches and columns of a table, as they are stored or through a transform that is applied as they are asked for.

import { type Batch, type Cell, isList, type Row } from "./cell.ts";
import { valuesOf } from "./column.ts";
import { describeTable, tableHtml } from "./display.ts";
import type { Features } from "./features.ts";
import * as tables from "./table.ts";

/**
 * Makes what is read of a batch, whenever it is read: `(batch) => tokenizer(batch.text, { truncation: true })`. The result is not kept, so
 * a set of any length can be tokenized without holding its ids.
 */
export interface Transform {
  readonly fn: (batch: Batch) => object;
  /** The columns that the function gets; default all. */
  readonly columns?: readonly string[];
  /** Gives the columns that the function did not get beside its own; default false. */
  readonly outputAllColumns?: boolean;
}

/** The reading part of a Dataset. `set[0]` is a row, `for (const row of set)` goes through all. */
export abstract class TableView implements Iterable<Row> {
  readonly [row: number]: Row;
  readonly #table: tables.Table;
  #transform: Transform | undefined;

  constructor(table: tables.Table, transform?: Transform) {
    this.#table = table;
    this.#transform = transform;
  }

  get numRows(): number {
    return this.#table.numRows;
  }

  get length(): number {
    return this.numRows;
  }

  get columnNames(): string[] {
    return [...this.#table.columns.keys()];
  }

  /** The types of the columns: `features.label.names`. */
  get features(): Features {
    return this.#table.features;
  }

  /** The columns as they are stored, for what builds on them. */
  get table(): tables.Table {
    return this.#table;
  }

  /** What rows are read through. */
  get transform(): Transform | undefined {
    return this.#transform;
  }

  /**
   * Reads rows through a function of a batch from now on; undefined for rows as they are stored. `withTransform` gives a new set instead.
   * `map`, `filter`, `sort` and `column` go by what is stored.
   * @throws RangeError for a column that is not there
   */
  setTransform(fn: Transform["fn"] | undefined, options: Omit<Transform, "fn"> = {}): void {
    for (const name of options.columns ?? []) tables.columnNamed(this.#table, name);
    this.#transform = fn && { fn, ...options };
  }

  /** One row; -1 is the last. @throws RangeError where there is none */
  at(row: number): Row {
    const index = row < 0 ? row + this.numRows : row;
    if (!Number.isInteger(index) || index < 0 || index >= this.numRows) {
      throw new RangeError(`There is no row ${row}; the set has ${this.numRows} rows.`);
    }
    return this.#transform ? this.getRows([index])[0] : tables.rowOf(this.#table, index);
  }

  /** The rows of these numbers, a transform applied to all of them at once. @throws RangeError for one that is not there */
  getRows(rows: ArrayLike<number>): Row[] {
    if (!this.#transform) return Array.from(rows, (row) => this.at(row));
    const batch = this.#read(tables.batchOf(tables.takeRows(this.#table, rows), 0, rows.length));
    const columns = Object.entries(batch);
    return Array.from(rows, (_, i) => Object.fromEntries(columns.map(([name, values]) => [name, values[i]])));
  }

  /** Some rows by column, as Python's `dataset[start:end]`. */
  slice(start = 0, end: number = this.numRows): Batch {
    const from = (row: number) => Math.max(0, Math.min(this.numRows, row < 0 ? row + this.numRows : row));
    return this.#read(tables.batchOf(this.#table, from(start), from(end)));
  }

  /** All values of a column as it is stored. @throws RangeError where there is none of this name */
  column(name: string): Cell[] {
    return [...valuesOf(tables.columnNamed(this.#table, name))];
  }

  /** The different values of a column, in the order of their first row. */
  unique(name: string): Cell[] {
    return [...new Set(valuesOf(tables.columnNamed(this.#table, name)))];
  }

  *[Symbol.iterator](): Generator<Row> {
    for (let row = 0; row < this.numRows; row++) yield this.at(row);
  }

  toArray(): Row[] {
    return [...this];
  }

  toString(): string {
    return describeTable(this.#table);
  }

  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString(), "text/html": tableHtml(this.#table) };
  }

  /** A batch through the transform. @throws TypeError where the function gives something else than a list for each column */
  #read(batch: Batch): Batch {
    if (!this.#transform) return batch;
    const { fn, columns = Object.keys(batch), outputAllColumns = false } = this.#transform;
    const length = Object.values(batch).at(0)?.length ?? 0;
    const given = Object.fromEntries(columns.map((name) => [name, batch[name]]));
    const made = fn(given);
    if (made instanceof Promise) {
      throw new TypeError("withTransform: the function is async; it must give columns at once.");
    }
    const read: Batch = { ...made };
    for (const [name, values] of Object.entries(read)) {
      if (isList(values) && values.length === length) continue;
      const got = isList(values) ? `${values.length} values` : `one ${typeof values}`;
      throw new TypeError(
        `withTransform: the function gave ${got} as "${name}" for ${length} rows; it gets batches and must give a list a column.`,
      );
    }
    return outputAllColumns ? { ...batch, ...read } : read;
  }
}

// set[3] is row 3: a number is no property of a set, so looking it up ends at this last prototype
Object.setPrototypeOf(
  TableView.prototype,
  new Proxy(Object.prototype, {
    get: (target, key, set) =>
      typeof key === "string" && /^-?\d+$/.test(key) ? set.at(Number(key)) : Reflect.get(target, key, set),
  }),
);
