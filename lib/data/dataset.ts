// Dataset (one split) and DatasetDict (the splits of a set), with Datasets' names. Neither changes its rows; each method gives a new one.

import type { Batch, Cell, Row } from "./cell.ts";
import { describeSplits, tableHtml } from "./display.ts";
import { type DiskOptions, readFolder, writeTable, writeTables } from "./disk.ts";
import { ClassLabel, type Feature, type Features } from "./features.ts";
import type { MapFunction, MapOptions, Mapped } from "./map.ts";
import { mapCached } from "./map_cache.ts";
import { NumpyRandom } from "./numpy_random.ts";
import { SplitDict } from "./split_dict.ts";
import * as tables from "./table.ts";
import { TableView, type Transform } from "./table_view.ts";
import { seedOr, type TrainTestOptions, trainTestRows } from "./train_test.ts";

type Awaitable<T> = T | Promise<T>;
type Batched = { readonly batched: true };
type SortOptions = { readonly reverse?: boolean | readonly boolean[] };
type TransformOptions = Omit<Transform, "fn">;

/** Rows with the same columns. `dataset[0]` is a row, `for (const row of dataset)` goes through all. */
export class Dataset extends TableView {
  /** From lists by column. @throws RangeError where lengths differ, TypeError where a value is not of its type */
  static fromDict(columns: Readonly<Record<string, ArrayLike<Cell>>>, features?: Features): Dataset {
    return new Dataset(tables.tableOf(columns, features));
  }

  /** From records; what one lacks is null. @throws TypeError where a value is not of its type */
  static fromList(rows: readonly Row[], features?: Features): Dataset {
    return new Dataset(tables.tableOfRows(rows, features));
  }

  /** The set of a folder that `saveToDisk` wrote. @throws RangeError where it holds none, or several splits */
  static async loadFromDisk(folder: string): Promise<Dataset> {
    const set = await loadFromDisk(folder);
    if (set instanceof Dataset) return set;
    throw new RangeError(
      `Dataset.loadFromDisk: "${folder}" holds the splits ${set.keys().join(", ")}; name the folder of one.`,
    );
  }

  /** The rows of these numbers, in their order. @throws RangeError for one that is not there */
  select(rows: Iterable<number>): Dataset {
    return this.#with(tables.takeRows(this.table, Array.from(rows)));
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

  /** By the values of a column, or of several; equal ones keep their order, missing ones come last. */
  sort(columns: string | readonly string[], { reverse = false }: SortOptions = {}): Dataset {
    return this.select(tables.sortedRows(this.table, [columns].flat(), reverse));
  }

  /** The rows for which `keep` says true. */
  filter(keep: (row: Row, index: number) => boolean): Dataset {
    const rows: number[] = [];
    for (let i = 0; i < this.numRows; i++) if (keep(tables.rowOf(this.table, i), i)) rows.push(i);
    return this.select(rows);
  }

  /**
   * New or changed columns from a function of each row, or of each batch with `batched: true`.
   * @throws TypeError where the function gives something else than columns, RangeError where their lengths do not fit
   */
  map(fn: (batch: Batch, indices: number[]) => Awaitable<Mapped>, options: MapOptions & Batched): Promise<Dataset>;
  map(fn: (row: Row, index: number) => Awaitable<Mapped>, options?: MapOptions): Promise<Dataset>;
  async map(fn: MapFunction, options: MapOptions = {}): Promise<Dataset> {
    return new Dataset(await mapCached(this.table, fn, options), this.transform);
  }

  /**
   * Two parts, `train` and `test`; with `stratifyByColumn` each class has its share in both. For a seed the rows that Datasets gives.
   * @throws RangeError where a part would be empty or a class too small, TypeError where the column is no ClassLabel
   */
  trainTestSplit(options: TrainTestOptions = {}): DatasetDict {
    const { stratifyByColumn: by } = options;
    if (by !== undefined && tables.columnNamed(this.table, by) && !(this.features[by] instanceof ClassLabel)) {
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
    for (const name of removed) tables.columnNamed(this.table, name);
    return this.selectColumns(this.columnNames.filter((name) => !removed.includes(name)));
  }

  /** With these columns only, in this order. @throws RangeError for one that is not there */
  selectColumns(names: string | readonly string[]): Dataset {
    return this.#with(tables.selectColumns(this.table, [names].flat()));
  }

  /** @throws RangeError where the column is not there or the new name is taken */
  renameColumn(name: string, newName: string): Dataset {
    return this.#with(tables.renameColumn(this.table, name, newName));
  }

  /** With one more column. @throws RangeError where its length differs or the name is taken */
  addColumn(name: string, values: ArrayLike<Cell>): Dataset {
    return this.#with(tables.addColumn(this.table, name, values));
  }

  /** With another type for a column, its values brought to it. @throws TypeError where one is not of it */
  castColumn(name: string, feature: Feature): Dataset {
    return this.#with(tables.castColumn(this.table, name, feature));
  }

  /**
   * With a column's values as classes: their names in order, as text. A missing value stays missing.
   * @throws RangeError for a column that is not there
   */
  classEncodeColumn(name: string): Dataset {
    return this.#with(tables.classEncodeColumn(this.table, name));
  }

  /** The same rows, read through a function of a batch whenever they are read; see `setTransform`. */
  withTransform(fn: Transform["fn"] | undefined, options: TransformOptions = {}): Dataset {
    const set = new Dataset(this.table);
    set.setTransform(fn, options);
    return set;
  }

  /**
   * Writes the rows, as they are stored, to a folder that `loadFromDisk` and Python's `load_from_disk` read.
   * @throws RangeError where the folder holds something else, TypeError for a column of a type that is not written
   */
  async saveToDisk(folder: string, options: DiskOptions = {}): Promise<void> {
    await writeTable(folder, this.table, options);
  }

  /** Another table, read through the same transform. */
  #with(table: tables.Table): Dataset {
    return new Dataset(table, this.transform);
  }

  #range(start: number, end: number): Dataset {
    const first = Math.min(start, this.numRows);
    const length = Math.max(0, Math.min(end, this.numRows) - first);
    return this.select(Array.from({ length }, (_, i) => first + i));
  }
}

/**
 * What a folder holds that `saveToDisk`, or Python's `save_to_disk`, wrote: a DatasetDict or a Dataset. `DatasetDict.loadFromDisk` and
 * `Dataset.loadFromDisk` are of one type.
 * @throws RangeError where the folder holds no saved set, TypeError where a file is damaged
 */
export async function loadFromDisk(folder: string): Promise<Dataset | DatasetDict> {
  const saved = await readFolder(folder);
  if ("set" in saved) return new Dataset(saved.set);
  return new DatasetDict(Object.fromEntries(saved.splits.map(([split, table]) => [split, new Dataset(table)])));
}

/** Sets with the same columns, one below the other. @throws RangeError where columns or types differ */
export function concatenateDatasets(datasets: readonly Dataset[]): Dataset {
  if (datasets.length === 0) throw new RangeError("concatenateDatasets: there is no set; give one or more.");
  return new Dataset(tables.concatTables(datasets.map((dataset) => dataset.table)));
}

/** The splits of a set, each under its name: `data.train`. A split can be replaced: `data.train = data.train.take(100)`. */
export class DatasetDict extends SplitDict<Dataset> {
  /** The splits of a folder that `saveToDisk` wrote. @throws RangeError where it holds none, or no splits */
  static async loadFromDisk(folder: string): Promise<DatasetDict> {
    const set = await loadFromDisk(folder);
    if (set instanceof DatasetDict) return set;
    throw new RangeError(
      `DatasetDict.loadFromDisk: "${folder}" holds one set without splits; use Dataset.loadFromDisk.`,
    );
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
    for (const [split, dataset] of this.entries()) splits[split] = await dataset.map(fn, options);
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

  /** `Dataset.sort` on each split. */
  sort(columns: string | readonly string[], options: SortOptions = {}): DatasetDict {
    return this.#each((dataset) => dataset.sort(columns, options));
  }

  /** `Dataset.unique` by split. */
  unique(column: string): Record<string, Cell[]> {
    return Object.fromEntries(this.entries().map(([split, dataset]) => [split, dataset.unique(column)]));
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

  /** `Dataset.classEncodeColumn` with the classes of all splits together. */
  classEncodeColumn(name: string): DatasetDict {
    const all = tables.concatTables(this.values().map(({ table }) => tables.selectColumns(table, [name])));
    const { names } = tables.classEncodeColumn(all, name).features[name];
    return this.#each((dataset) =>
      new Dataset(tables.classEncodeColumn(dataset.table, name, names), dataset.transform)
    );
  }

  /** `Dataset.withTransform` on each split. */
  withTransform(fn: Transform["fn"] | undefined, options: TransformOptions = {}): DatasetDict {
    return this.#each((dataset) => dataset.withTransform(fn, options));
  }

  /** `Dataset.setTransform` on each split. */
  setTransform(fn: Transform["fn"] | undefined, options: TransformOptions = {}): void {
    for (const dataset of this.values()) dataset.setTransform(fn, options);
  }

  /** Writes each split to a folder of its own inside this one, as `Dataset.saveToDisk` does. */
  async saveToDisk(folder: string, options: DiskOptions = {}): Promise<void> {
    await writeTables(folder, this.#tables(), options);
  }

  override toString(): string {
    return describeSplits(this.#tables());
  }

  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    const html = this.entries().map(([split, { table }]) => tableHtml(table, split)).join("");
    return { "text/plain": this.toString(), "text/html": html };
  }

  #tables(): Record<string, tables.Table> {
    return Object.fromEntries(this.entries().map(([split, { table }]) => [split, table]));
  }

  #each(change: (dataset: Dataset) => Dataset): DatasetDict {
    return new DatasetDict(Object.fromEntries(this.entries().map(([split, dataset]) => [split, change(dataset)])));
  }
}
