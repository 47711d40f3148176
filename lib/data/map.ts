// Dataset.map: a function over rows or batches whose result becomes columns.

import { type Cell, isList, type Row } from "./cell.ts";
import { type Column, columnOf, concatColumns, valuesOf } from "./column.ts";
import { ClassLabel, type Feature, inferFeature, Value } from "./features.ts";
import { pace } from "./pace.ts";
import { dataSurroundings, type MapProgress, throwIfStopped } from "./surroundings.ts";
import { batchOf, rowOf, type Table, tableOfColumns } from "./table.ts";

export interface MapOptions {
  /** Gives the function batches (a list for each column) instead of rows. */
  readonly batched?: boolean;
  /** Rows in a batch; default 1000. */
  readonly batchSize?: number;
  /** Gives the row's number, or the list of the batch's numbers, as second argument. */
  readonly withIndices?: boolean;
  /** Columns that the result shall not have, unless the function makes them anew. */
  readonly removeColumns?: string | readonly string[];
  /** False makes the columns anew even where an earlier run's are in the cache; default true. */
  readonly loadFromCacheFile?: boolean;
  /** Hears how many rows are done, after each batch. */
  readonly onProgress?: (progress: MapProgress) => void;
}

/** What the function gives back: new or changed columns by name, or nothing where all stays as it is. */
export type Mapped = object | null | undefined | void;

/** Takes a row and its number, or a batch and its numbers. */
export type MapFunction = (input: Row, index: Cell) => Mapped | Promise<Mapped>;

/** The columns that a function made, by name. */
export type Made = ReadonlyMap<string, Column>;

/** New columns of a stretch of rows. */
type Part = Readonly<Record<string, Column>>;

/**
 * The columns that the function makes of a table's rows from `start` to before `end`.
 * @throws TypeError where it gives something else than columns, RangeError where a column is there for some batches only, DOMException
 * "AbortError" where the user stops it
 */
export async function makeColumns(
  table: Table,
  fn: MapFunction,
  options: MapOptions,
  start = 0,
  end: number = table.numRows,
): Promise<Made> {
  const { onProgress } = options;
  const batchSize = batchSizeOf(options);
  const apply = options.batched ? applyToBatch : applyToRows;
  const parts: Part[] = [];
  using interrupt = dataSurroundings().listenForInterrupt();
  for (let from = start; from < end; from += batchSize) {
    const to = Math.min(from + batchSize, end);
    throwIfStopped(interrupt.signal, "map", () => `${from} of ${table.numRows} rows`);
    parts.push(await apply(table, fn, options.withIndices ?? false, from, to));
    onProgress?.({ rows: to, total: table.numRows });
    await pace();
  }
  return joined(parts);
}

/** The table with made columns, without those that are to be removed. @throws RangeError where lengths do not fit */
export function withMade(table: Table, made: Made, { removeColumns = [] }: MapOptions): Table {
  return { ...merge(table, keptNames(table, removeColumns), made), isFromFiles: table.isFromFiles };
}

/** @throws RangeError for an impossible batch size */
export function batchSizeOf({ batchSize = 1000 }: MapOptions): number {
  if (Number.isInteger(batchSize) && batchSize >= 1) return batchSize;
  throw new RangeError(`map: batchSize is ${batchSize}; it must be a whole number, 1 or more.`);
}

async function applyToRows(
  table: Table,
  fn: MapFunction,
  withIndices: boolean,
  start: number,
  end: number,
): Promise<Part> {
  const results: Row[] = [];
  for (let i = start; i < end; i++) {
    const row = rowOf(table, i);
    const result = await (withIndices ? fn(row, i) : fn(row, undefined));
    checkResult(result, "row");
    results.push({ ...result });
    await pace();
  }
  const names = [...new Set(results.flatMap((result) => Object.keys(result)))];
  // a row for which the function gave no value keeps the one it has
  const value = (name: string) => (result: Row, i: number) =>
    Object.hasOwn(result, name) ? result[name] : table.columns.get(name)?.at(start + i);
  return Object.fromEntries(names.map((name) => [name, columnOf(results.map(value(name)))]));
}

async function applyToBatch(
  table: Table,
  fn: MapFunction,
  withIndices: boolean,
  start: number,
  end: number,
): Promise<Part> {
  const batch = batchOf(table, start, end);
  const indices = Array.from({ length: end - start }, (_, i) => start + i);
  const result = await (withIndices ? fn(batch, indices) : fn(batch, undefined));
  checkResult(result, "batch");
  const part: Record<string, Column> = {};
  for (const [name, values] of Object.entries<Cell>({ ...result })) {
    if (values === undefined) continue;
    if (!isList(values)) {
      throw new TypeError(
        `map: the function gave one ${typeof values} as "${name}"; of a batch each column must be a list.`,
      );
    }
    part[name] = columnOf(values);
  }
  return part;
}

function checkResult(result: Mapped, input: string): void {
  if (result === undefined || result === null || (typeof result === "object" && !isList(result))) return;
  const got = isList(result) ? "a list" : `a ${typeof result}`;
  throw new TypeError(
    `map: the function gave ${got} for a ${input}; it must give columns by name, such as { length: 3 }.`,
  );
}

function keptNames(table: Table, removed: string | readonly string[]): string[] {
  const names = [removed].flat();
  const unknown = names.find((name) => !table.columns.has(name));
  if (unknown === undefined) return [...table.columns.keys()].filter((name) => !names.includes(name));
  throw new RangeError(
    `map: removeColumns names "${unknown}", which is no column; the columns are ${
      [...table.columns.keys()].join(", ")
    }.`,
  );
}

function joined(parts: readonly Part[]): Made {
  const names = [...new Set(parts.flatMap((part) => Object.keys(part)))];
  const partial = names.find((name) => parts.some((part) => !Object.hasOwn(part, name)));
  if (partial !== undefined) {
    throw new RangeError(`map: the function gave "${partial}" for some batches only; give it for all.`);
  }
  return new Map(names.map((name) => [name, concatColumns(parts.map((part) => part[name]))]));
}

/** The kept columns with the made ones in their places, new ones at the end. */
function merge(table: Table, kept: readonly string[], made: Made): Table {
  const names = [...new Set([...kept, ...made.keys()])];
  const stale = kept.find((name) => !made.has(name));
  const numRows = [...made.values()].at(0)?.length ?? table.numRows;
  if (stale !== undefined && numRows !== table.numRows) {
    throw new RangeError(
      `map: the function made ${numRows} rows of ${table.numRows}, so "${stale}" fits them no more; add it to removeColumns.`,
    );
  }
  const columns = names.map((name): [string, Column, Feature] => {
    const column = made.get(name);
    if (column) return [name, column, typeOf(name, column, table.features[name])];
    return [name, table.columns.get(name)!, table.features[name]];
  });
  return tableOfColumns(columns);
}

/** The type of a made column: that of the column it replaces where it still holds, else what is inferred. */
function typeOf(name: string, column: Column, before: Feature | undefined): Feature {
  const inferred = inferFeature(name, column);
  if (before instanceof ClassLabel && column.holds === "integers") {
    return [...valuesOf(column)].every((label) => label >= -1 && label < before.numClasses) ? before : inferred;
  }
  const isSameKind = before instanceof Value && inferred instanceof Value && kindOf(before) === kindOf(inferred);
  return isSameKind ? before : inferred;
}

/** "int", "float", "string" … without size and sign. */
function kindOf({ dtype }: Value): string {
  return dtype.replace(/^u(?=int)|\d+$/g, "");
}
