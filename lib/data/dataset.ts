// Dataset (one split) and DatasetDict (the splits of a set), with Datasets' names. Neither changes its rows; each method gives a new one.

import type { Batch, Cell, Row } from "./cell.ts";
import { valuesOf } from "./column.ts";
import { describeSplits, describeTable, tableHtml } from "./display.ts";
import { ClassLabel, type Feature, type Features } from "./features.ts";
import { type MapFunction, type MapOptions, type Mapped, mapTable } from "./map.ts";
import { NumpyRandom } from "./numpy_random.ts";
import * as tables from "./table.ts";
import { seedOr, type TrainTestOptions, trainTestRows } from "./train_test.ts";

type Awaitable<T> = T | Promise<T>;
type Batched = { readonly batched: true };

/** Rows with the same columns. `dataset[0]` is a row, `for (const row of dataset)` goes through all. */
export class Dataset implements Iterable<Row> {
  readonly [row: number]: Row;
  readonly #table: tables.Table;

  constructor(table: tables.Table) {
    this.#table = table;
  }

  /** From lists by column. @throws RangeError where lengths differ, TypeError where a value is not of its type */
  static fromDict(columns: Readonly<Record<string, ArrayLike<Cell>>>, features?: Features): Dataset {
    return new Dataset(tables.tableOf(columns, features));
  }

  /** From records; what one lacks is null. @throws TypeError where a value is not of its type */
  static fromList(rows: readonly Row[], features?: Features): Dataset {
    return new Dataset(tables.tableOfRows(rows, features));
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

  /** One row; -1 is the last. @throws RangeError where there is none */
  at(row: number): Row {
    const index = row < 0 ? row + this.numRows : row;
    if (Number.isInteger(index) && index >= 0 && index < this.numRows) return tables.rowOf(this.#table, index);
    throw new RangeError(`There is no row ${row}; the set has ${this.numRows} rows.`);
  }

  /** Some rows by column, as Python's `dataset[start:end]`. */
  slice(start = 0, end: number = this.numRows): Batch {
    const from = (row: number) => Math.max(0, Math.min(this.numRows, row < 0 ? row + this.numRows : row));
    return tables.batchOf(this.#table, from(start), from(end));
  }

  /** All values of a column. @throws RangeError where there is none of this name */
  column(name: string): Cell[] {
    return [...valuesOf(tables.columnNamed(this.#table, name))];
  }

  /** The different values of a column, in the order of their first row. */
  unique(name: string): Cell[] {
    return [...new Set(this.column(name))];
  }

  *[Symbol.iterator](): Generator<Row> {
    for (let row = 0; row < this.numRows; row++) yield tables.rowOf(this.#table, row);
  }

  toArray(): Row[] {
    return [...this];
  }

  /** The rows of these numbers, in their order. @throws RangeError for one that is not there */
  select(rows: Iterable<number>): Dataset {
    return new Dataset(tables.takeRows(this.#table, Array.from(rows)));
  }

  /** The first `n` rows, or all where there are fewer. */
  take(n: number): Dataset {
    return this.#range(0, n);
  }

  /** All but the first `n` rows. */
  skip(n: number): Dataset {
    return this.#range(n, this.numRows);
  }

  /** Random order: for a seed the order that Datasets gives. Without one, `setSeed` decides. */
  shuffle({ seed }: { readonly seed?: number } = {}): Dataset {
    return this.select(new NumpyRandom(seedOr(seed)).permutation(this.numRows));
  }

  /** By the values of a column; equal ones keep their order, missing ones come last. */
  sort(column: string, { reverse = false }: { readonly reverse?: boolean } = {}): Dataset {
    return this.select(tables.sortedRows(this.#table, column, reverse));
  }

  /** The rows for which `keep` says true. */
  filter(keep: (row: Row, index: number) => boolean): Dataset {
    const rows: number[] = [];
    for (let i = 0; i < this.numRows; i++) if (keep(tables.rowOf(this.#table, i), i)) rows.push(i);
    return this.select(rows);
  }

  /**
   * New or changed columns from a function of each row, or of each batch with `batched: true`.
   * @throws TypeError where the function gives something else than columns, RangeError where their lengths do not fit
   */
  map(fn: (batch: Batch, indices: number[]) => Awaitable<Mapped>, options: MapOptions & Batched): Promise<Dataset>;
  map(fn: (row: Row, index: number) => Awaitable<Mapped>, options?: MapOptions): Promise<Dataset>;
  async map(fn: MapFunction, options: MapOptions = {}): Promise<Dataset> {
    return new Dataset(await mapTable(this.#table, fn, options));
  }

  /**
   * Two parts, `train` and `test`; with `stratifyByColumn` each class has its share in both. For a seed the rows that Datasets gives.
   * @throws RangeError where a part would be empty or a class too small, TypeError where the column is no ClassLabel
   */
  trainTestSplit(options: TrainTestOptions = {}): DatasetDict {
    const { stratifyByColumn: by } = options;
    if (by !== undefined && tables.columnNamed(this.#table, by) && !(this.features[by] instanceof ClassLabel)) {
      throw new TypeError(
        `trainTestSplit: column "${by}" is ${
          this.features[by]
        }; stratifyByColumn needs a ClassLabel (castColumn makes one).`,
      );
    }
    const { train, test } = trainTestRows(this.numRows, options, by === undefined ? undefined : this.column(by));
    return new DatasetDict({ train: this.select(train), test: this.select(test) });
  }

  /** Without these columns. @throws RangeError for one that is not there */
  removeColumns(names: string | readonly string[]): Dataset {
    const removed = [names].flat();
    for (const name of removed) tables.columnNamed(this.#table, name);
    return this.selectColumns(this.columnNames.filter((name) => !removed.includes(name)));
  }

  /** With these columns only, in this order. @throws RangeError for one that is not there */
  selectColumns(names: string | readonly string[]): Dataset {
    return new Dataset(tables.selectColumns(this.#table, [names].flat()));
  }

  /** @throws RangeError where the column is not there or the new name is taken */
  renameColumn(name: string, newName: string): Dataset {
    return new Dataset(tables.renameColumn(this.#table, name, newName));
  }

  /** With one more column. @throws RangeError where its length differs or the name is taken */
  addColumn(name: string, values: ArrayLike<Cell>): Dataset {
    return new Dataset(tables.addColumn(this.#table, name, values));
  }

  /** With another type for a column, its values brought to it. @throws TypeError where one is not of it */
  castColumn(name: string, feature: Feature): Dataset {
    return new Dataset(tables.castColumn(this.#table, name, feature));
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

  #range(start: number, end: number): Dataset {
    const first = Math.min(start, this.numRows);
    const length = Math.max(0, Math.min(end, this.numRows) - first);
    return this.select(Array.from({ length }, (_, i) => first + i));
  }
}

// dataset[3] is row 3: a number is no property of a Dataset, so looking it up ends at this last prototype
Object.setPrototypeOf(
  Dataset.prototype,
  new Proxy(Object.prototype, {
    get: (target, key, dataset) =>
      typeof key === "string" && /^-?\d+$/.test(key) ? dataset.at(Number(key)) : Reflect.get(target, key, dataset),
  }),
);

/** Sets with the same columns, one below the other. @throws RangeError where columns or types differ */
export function concatenateDatasets(datasets: readonly Dataset[]): Dataset {
  if (datasets.length === 0) throw new RangeError("concatenateDatasets: there is no set; give one or more.");
  return new Dataset(tables.concatTables(datasets.map((dataset) => dataset.table)));
}

/** The splits of a set, each under its name: `data.train`. A split can be replaced: `data.train = data.train.take(100)`. */
export class DatasetDict {
  declare train: Dataset;
  declare validation: Dataset;
  declare test: Dataset;

  constructor(splits: Readonly<Record<string, Dataset>>) {
    Object.assign(this, splits);
  }

  /** The names of the splits. */
  keys(): string[] {
    return Object.keys(this);
  }

  values(): Dataset[] {
    return Object.values(this);
  }

  entries(): [split: string, dataset: Dataset][] {
    return Object.entries(this);
  }

  /** The split of any name. @throws RangeError where there is none */
  get(split: string): Dataset {
    const found = this.entries().find(([name]) => name === split);
    if (found) return found[1];
    throw new RangeError(`There is no split "${split}"; the splits are ${this.keys().join(", ")}.`);
  }

  has(split: string): boolean {
    return this.keys().includes(split);
  }

  /** The number of rows by split. */
  get numRows(): Record<string, number> {
    return Object.fromEntries(this.entries().map(([split, { numRows }]) => [split, numRows]));
  }

  /** The columns by split. */
  get columnNames(): Record<string, string[]> {
    return Object.fromEntries(this.entries().map(([split, { columnNames }]) => [split, columnNames]));
  }

  /** `Dataset.map` on each split, one after the other. */
  map(fn: (batch: Batch, indices: number[]) => Awaitable<Mapped>, options: MapOptions & Batched): Promise<DatasetDict>;
  map(fn: (row: Row, index: number) => Awaitable<Mapped>, options?: MapOptions): Promise<DatasetDict>;
  async map(fn: MapFunction, options: MapOptions = {}): Promise<DatasetDict> {
    const splits: Record<string, Dataset> = {};
    for (const [split, { table }] of this.entries()) splits[split] = new Dataset(await mapTable(table, fn, options));
    return new DatasetDict(splits);
  }

  /** `Dataset.filter` on each split. */
  filter(keep: (row: Row, index: number) => boolean): DatasetDict {
    return this.#each((dataset) => dataset.filter(keep));
  }

  /** `Dataset.shuffle` on each split, with the same seed. */
  shuffle(options: { readonly seed?: number } = {}): DatasetDict {
    return this.#each((dataset) => dataset.shuffle(options));
  }

  removeColumns(names: string | readonly string[]): DatasetDict {
    return this.#each((dataset) => dataset.removeColumns(names));
  }

  selectColumns(names: string | readonly string[]): DatasetDict {
    return this.#each((dataset) => dataset.selectColumns(names));
  }

  renameColumn(name: string, newName: string): DatasetDict {
    return this.#each((dataset) => dataset.renameColumn(name, newName));
  }

  castColumn(name: string, feature: Feature): DatasetDict {
    return this.#each((dataset) => dataset.castColumn(name, feature));
  }

  toString(): string {
    return describeSplits(Object.fromEntries(this.entries().map(([split, { table }]) => [split, table])));
  }

  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    const html = this.entries().map(([split, { table }]) => tableHtml(table, split)).join("");
    return { "text/plain": this.toString(), "text/html": html };
  }

  #each(change: (dataset: Dataset) => Dataset): DatasetDict {
    return new DatasetDict(Object.fromEntries(this.entries().map(([split, dataset]) => [split, change(dataset)])));
  }
}

// a split that this set lacks is an error with the names of those it has, not undefined
Object.setPrototypeOf(
  DatasetDict.prototype,
  new Proxy(Object.prototype, {
    get: (target, key, dict) =>
      key === "train" || key === "validation" || key === "test" ? dict.get(key) : Reflect.get(target, key, dict),
  }),
);
