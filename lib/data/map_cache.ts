// What map() makes is kept on disk, under a fingerprint of the rows, the function's text and the options, and found again by the next
// call or the next process. As in Datasets this is for sets that come from files; what a program made itself is mapped each time.
//
// A function's text does not show what it closes over: the tokenizer, a length, another function. So what is kept is believed only after
// the function has made some of it again: the first batch, the last, and the one with the longest texts, where truncation shows.

import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { datasetsCacheFolder } from "../hub/mod.ts";
import { type Cell, isList, isMissing } from "./cell.ts";
import { type Column, valuesOf } from "./column.ts";
import { type Feature, inferFeature, List, Struct, Value } from "./features.ts";
import { batchSizeOf, type Made, makeColumns, type MapFunction, type MapOptions, withMade } from "./map.ts";
import { dataSurroundings } from "./surroundings.ts";
import { type Table, tableOfColumns } from "./table.ts";

/** `map` of a table, from the cache where that can be believed. */
export async function mapCached(table: Table, fn: MapFunction, options: MapOptions): Promise<Table> {
  batchSizeOf(options);
  const path = table.isFromFiles && table.numRows > 0 ? cachePath(table, fn, options) : undefined;
  const kept = path !== undefined && options.loadFromCacheFile !== false ? await keptColumns(path) : undefined;
  if (kept && await isStillMade(kept, table, fn, options)) return withMade(table, kept, options);
  const made = await makeColumns(table, fn, {
    ...options,
    onProgress: options.onProgress ?? dataSurroundings().mapListener(),
  });
  const result = withMade(table, made, options);
  if (path !== undefined) await keep(path, made);
  return result;
}

/** Where the result lies or will lie; undefined where nothing may be written. */
function cachePath(table: Table, fn: MapFunction, options: MapOptions): string | undefined {
  try {
    const folder = datasetsCacheFolder();
    const names = ["read", "write"] as const;
    if (names.some((name) => Deno.permissions.querySync({ name, path: folder }).state !== "granted")) return undefined;
    return join(folder, "attend", `map-${fingerprint(table, fn, options)}.arrow`);
  } catch {
    return undefined; // no home folder
  }
}

function fingerprint(table: Table, fn: MapFunction, { batched, batchSize, withIndices }: MapOptions): string {
  const hash = createHash("sha256").update(JSON.stringify([1, fn.toString(), batched, batchSize, withIndices]));
  for (const [name, column] of table.columns) {
    hash.update(`\n${JSON.stringify(name)} ${table.features[name]} ${column.length} ${columnHash(column)}`);
  }
  return hash.digest("hex").slice(0, 32);
}

const hashes = new WeakMap<Column, string>();

/** Columns never change, so each is read once. */
function columnHash(column: Column): string {
  const known = hashes.get(column);
  if (known !== undefined) return known;
  const hash = createHash("sha256");
  for (const part of column.content()) hash.update(part);
  const digest = hash.digest("hex");
  hashes.set(column, digest);
  return digest;
}

/** What an earlier call kept; undefined where there is nothing, or nothing that can be read. */
async function keptColumns(path: string): Promise<Made | undefined> {
  try {
    const bytes = await Deno.readFile(path);
    const { readArrow } = await import("./arrow.ts");
    return readArrow(bytes).columns;
  } catch {
    return undefined;
  }
}

/** Keeps columns that come back as they are; a disk that is full or locked is no error here, only slower next time. */
async function keep(path: string, made: Made): Promise<void> {
  const columns = [...made].map((
    [name, column],
  ): [string, Column, Feature] => [name, column, inferFeature(name, column)]);
  if (columns.length === 0 || !columns.every(([, column, feature]) => comesBack(column, feature))) return;
  const beside = join(dirname(path), `.${crypto.randomUUID()}.incomplete`);
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    const { writeArrow } = await import("./arrow.ts");
    await writeArrow(beside, tableOfColumns(columns));
    await Deno.rename(beside, path);
  } catch {
    await Deno.remove(beside).catch(() => {});
  }
}

/** True where the type that is written holds every value as it is: not so in a column of numbers and texts. */
function comesBack(column: Column, feature: Feature): boolean {
  if (column.holds !== "values") return true;
  for (const value of valuesOf(column)) if (!isMissing(value) && !isOf(value, feature)) return false;
  return true;
}

function isOf(value: Cell, feature: Feature): boolean {
  if (isMissing(value)) return value === null;
  if (feature instanceof List) return isList(value) && Array.from(value).every((item) => isOf(item, feature.feature));
  if (feature instanceof Struct) {
    const names = Object.keys(feature.fields);
    return typeof value === "object" && Object.keys(value).length === names.length &&
      names.every((name) => isOf(value[name], feature.fields[name]));
  }
  if (!(feature instanceof Value)) return false;
  const { dtype } = feature;
  if (dtype.startsWith("int")) return Number.isSafeInteger(value) && !Object.is(value, -0) && fits(value, dtype);
  if (dtype === "float64") return typeof value === "number";
  return dtype === "bool" ? typeof value === "boolean" : typeof value === "string";
}

function fits(value: number, dtype: string): boolean {
  const limit = 2 ** (Number(dtype.slice(3)) - 1);
  return value >= -limit && value < limit;
}

/** True where the function makes of some batches what was kept of them. */
async function isStillMade(kept: Made, table: Table, fn: MapFunction, options: MapOptions): Promise<boolean> {
  const keptRows = [...kept.values()][0].length;
  for (const [start, end] of samples(table, options, keptRows === table.numRows)) {
    const made = await makeColumns(table, fn, { ...options, onProgress: undefined }, start, end);
    const names = [...made.keys()];
    if (names.length !== kept.size || !names.every((name) => kept.has(name))) return false;
    for (const [name, column] of made) {
      // rows may have become more or fewer: then only the first and the last batch have a known place
      const at = start === 0 ? 0 : end === table.numRows ? keptRows - column.length : start;
      if (JSON.stringify(valuesIn(kept.get(name)!, at, column.length)) !== JSON.stringify([...valuesOf(column)])) {
        return false;
      }
    }
  }
  return true;
}

const valuesIn = (column: Column, start: number, length: number): Cell[] =>
  Array.from({ length }, (_, i) => start + i < column.length ? column.at(start + i) : undefined);

/** Stretches of rows to try: batches, or single rows where the function takes those. */
function samples(table: Table, options: MapOptions, keepsRows: boolean): [start: number, end: number][] {
  const { numRows } = table;
  const size = options.batched ? batchSizeOf(options) : 1;
  const starts = [0, Math.floor((numRows - 1) / size) * size];
  if (keepsRows) starts.push(Math.floor(longestRow(table) / size) * size);
  return [...new Set(starts)].map((start) => [start, Math.min(start + size, numRows)]);
}

/** The row with the most text, or the longest lists. */
function longestRow({ columns, numRows }: Table): number {
  const lengths = new Float64Array(numRows);
  for (const column of columns.values()) {
    if (column.holds === "integers" || column.holds === "numbers") continue;
    for (let row = 0; row < numRows; row++) lengths[row] += column.at(row)?.length ?? 0;
  }
  return lengths.indexOf(Math.max(0, lengths.reduce((longest, length) => Math.max(longest, length), 0)));
}
