// loadDataset: a set of the hub, one that the kit ships (attend/…), a folder with a card, or files by kind, as splits with types.

import type { HubOptions } from "../hub/mod.ts";
import type { Cell, Columns } from "./cell.ts";
import { Dataset, DatasetDict } from "./dataset.ts";
import type { Features } from "./features.ts";
import { type FileOptions, typedColumns } from "./formats.ts";
import { IterableDataset, IterableDatasetDict, streamedRows } from "./iterable.ts";
import { type DataFiles, openSource, type Source, type SourceFile } from "./source.ts";
import { parseSplit } from "./split_name.ts";
import { concatTables, type Table, tableOf, takeRows } from "./table.ts";

/** `revision`, `token` and `onProgress` are those of the hub; `delimiter`, `columnNames` and `field` are those of files. */
export interface LoadOptions extends HubOptions, FileOptions {
  /** The configuration, such as "cola" of GLUE. */
  readonly name?: string;
  /** "train", "train[:1000]", "train[10%:20%]", "train+test": gives one Dataset instead of all splits. */
  readonly split?: string;
  /** The files to read: with "csv", "json", "parquet" or "text" those of this disk, with a set those of its folder. */
  readonly dataFiles?: DataFiles;
  /** The types of the columns, instead of what the files say. */
  readonly features?: Features;
  /**
   * Rows one after the other instead of all at once: an IterableDataset, which holds a few thousand rows at a time. Files of the hub are
   * downloaded to the cache first.
   */
  readonly streaming?: boolean;
}

type WithSplit = LoadOptions & { readonly split: string };
type Streamed = LoadOptions & { readonly streaming: true };

/**
 * Loads a set: `loadDataset("nyu-mll/glue", "cola")`, `loadDataset("attend/acceptability", { split: "train[:100]" })`,
 * `loadDataset("csv", { dataFiles: { train: "train.csv" } })`.
 * What comes from the hub is cached; an `attend/…` name never touches the network.
 * @throws HubError where the hub has no such set or cannot be reached, RangeError for an unknown configuration, split or file,
 * TypeError for content that is not of its kind
 */
export function loadDataset(path: string, options: WithSplit & Streamed): Promise<IterableDataset>;
export function loadDataset(path: string, name: string, options: WithSplit & Streamed): Promise<IterableDataset>;
export function loadDataset(path: string, options: Streamed): Promise<IterableDatasetDict>;
export function loadDataset(path: string, name: string, options: Streamed): Promise<IterableDatasetDict>;
export function loadDataset(path: string, options: WithSplit): Promise<Dataset>;
export function loadDataset(path: string, name: string, options: WithSplit): Promise<Dataset>;
export function loadDataset(path: string, name?: string | LoadOptions, options?: LoadOptions): Promise<DatasetDict>;
export async function loadDataset(
  path: string,
  nameOrOptions: string | LoadOptions = {},
  others: LoadOptions = {},
): Promise<Dataset | DatasetDict | IterableDataset | IterableDatasetDict> {
  const options = typeof nameOrOptions === "string" ? { ...others, name: nameOrOptions } : nameOrOptions;
  const source = await openSource(path, options);
  return options.streaming ? await stream(source, options) : await load(source, options);
}

async function load(source: Source, options: LoadOptions): Promise<Dataset | DatasetDict> {
  const parts = options.split === undefined ? undefined : parseSplit(options.split);
  const wanted = parts ? [...new Set(parts.map(({ split }) => split))] : source.splits;
  const tables: Record<string, Table> = {};
  for (const split of wanted) tables[split] = await readSplit(source, split, options);
  if (!parts) return new DatasetDict(Object.fromEntries(wanted.map((split) => [split, new Dataset(tables[split])])));
  return new Dataset(concatTables(parts.map(({ split, range }) => {
    const [start, end] = range(tables[split].numRows);
    return takeRows(tables[split], Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i));
  })));
}

async function readSplit(source: Source, split: string, options: LoadOptions): Promise<Table> {
  const files = await source.files(split);
  const { format } = files[0];
  const values = await readFiles(files, options);
  const stated = await format.statedFeatures?.(await files[0].locate()) ?? {};
  const { columns, features } = typedColumns(format, values, stated, source.features);
  const table = { ...tableOf(columns, features), isFromFiles: true };
  const expected = source.numRows.get(split);
  if (expected === undefined || expected === table.numRows) return table;
  throw new RangeError(
    `loadDataset: split "${split}" of "${source.name}" has ${table.numRows} rows and its card says ${expected}; ` +
      `if it comes from an incomplete cache, load it once with network.`,
  );
}

/** The columns of several files, one below the other; a column that a file lacks is missing there. */
async function readFiles(files: readonly SourceFile[], options: FileOptions): Promise<Columns> {
  const all: Columns = {};
  let numRows = 0;
  for (const file of files) {
    const missing = file.format.isText ? "" : null;
    for await (const columns of stretchesOf(file, options)) {
      const length = Math.max(0, ...Object.values(columns).map((values) => values.length));
      for (const name of new Set([...Object.keys(all), ...Object.keys(columns)])) {
        const column = all[name] ??= new Array<Cell>(numRows).fill(missing);
        const values = columns[name];
        for (let row = 0; row < length; row++) column.push(values ? values[row] : missing);
      }
      numRows += length;
    }
  }
  return all;
}

/** @throws TypeError naming the file where its content is not of its kind */
async function* stretchesOf(file: SourceFile, options: FileOptions): AsyncGenerator<Columns, void, undefined> {
  const path = await file.locate();
  try {
    yield* file.format.stretches(path, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new TypeError(`"${file.name}" cannot be read: ${reason.replace(/\.$/, "")}.`, { cause: error });
  }
}

async function stream(source: Source, options: LoadOptions): Promise<IterableDataset | IterableDatasetDict> {
  const open = async (split: string) => {
    const files = await source.files(split);
    return new IterableDataset(() => streamedRows(files, source.features, (file) => stretchesOf(file, options)));
  };
  if (options.split === undefined) {
    const opened = await Promise.all(source.splits.map(async (split) => [split, await open(split)] as const));
    return new IterableDatasetDict(Object.fromEntries(opened));
  }
  const [part, ...more] = parseSplit(options.split);
  if (more.length === 0 && part.split === options.split.trim()) return await open(part.split);
  throw new RangeError(
    `loadDataset: split "${options.split}" cannot be streamed; stream "${part.split}" and take what you need with skip() and take().`,
  );
}
