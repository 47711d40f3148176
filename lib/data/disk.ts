// Folders as Datasets' save_to_disk writes them:
//
//   dataset_dict.json                  { "splits": ["train", …] }, of a DatasetDict, beside one folder a split
//   dataset_info.json                  the types
//   state.json                         the names of the shards
//   data-00000-of-00002.arrow          rows, as Arrow streams

import { basename, dirname, join } from "node:path";
import type { Cell } from "./cell.ts";
import { featuresOf, jsonOf } from "./feature_json.ts";
import { concatTables, type Table, tableOfColumns } from "./table.ts";

export interface DiskOptions {
  /** Files that the rows of each split are shared out to; default 1. */
  readonly numShards?: number;
}

/** What a folder holds. */
type Saved = { readonly set: Table } | { readonly splits: readonly (readonly [name: string, table: Table])[] };

/** @throws RangeError where the folder holds no saved set, TypeError where a file is damaged */
export async function readFolder(folder: string): Promise<Saved> {
  const dict = await readJson(join(folder, "dataset_dict.json"));
  if (!dict) return { set: await readTable(folder) };
  const splits: [string, Table][] = [];
  for (const split of dict.splits) splits.push([split, await readTable(join(folder, split))]);
  return { splits };
}

async function readTable(folder: string): Promise<Table> {
  const state = await readJson(join(folder, "state.json"));
  if (!state) {
    throw new RangeError(
      `loadFromDisk: "${folder}" holds no state.json; name a folder that saveToDisk (or Python's save_to_disk) wrote.`,
    );
  }
  const info = await readJson(join(folder, "dataset_info.json"));
  const parts: Table[] = [];
  for (const { filename } of state._data_files) parts.push(await readShard(join(folder, filename)));
  const table = concatTables(parts);
  const features = featuresOf(info?.features) ?? table.features;
  const columns = [...table.columns].map(([name, column]) =>
    [name, column, features[name] ?? table.features[name]] as const
  );
  return { ...tableOfColumns(columns), isFromFiles: true };
}

async function readShard(path: string): Promise<Table> {
  const { readArrow } = await import("./arrow.ts");
  try {
    return readArrow(await Deno.readFile(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0].replace(/\.$/, "") : String(error);
    throw new TypeError(`loadFromDisk: "${path}" cannot be read (${reason}); save the set again.`, { cause: error });
  }
}

async function readJson(path: string): Promise<Cell> {
  const text = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError(`loadFromDisk: "${path}" is no JSON; save the set again.`);
  }
}

/** Writes one table. What stood in the folder is replaced, once all is written. */
export async function writeTable(folder: string, table: Table, options: DiskOptions = {}): Promise<void> {
  await replaceFolder(folder, (beside) => writeShards(beside, table, options));
}

/** Writes splits, each in a folder of its own. */
export async function writeTables(
  folder: string,
  tables: Readonly<Record<string, Table>>,
  options: DiskOptions = {},
): Promise<void> {
  await replaceFolder(folder, async (beside) => {
    for (const [split, table] of Object.entries(tables)) await writeShards(join(beside, split), table, options);
    await Deno.writeTextFile(join(beside, "dataset_dict.json"), JSON.stringify({ splits: Object.keys(tables) }));
  });
}

async function writeShards(folder: string, table: Table, { numShards = 1 }: DiskOptions): Promise<void> {
  if (!Number.isInteger(numShards) || numShards < 1) {
    throw new RangeError(`saveToDisk: numShards is ${numShards}; it must be a whole number, 1 or more.`);
  }
  await Deno.mkdir(folder, { recursive: true });
  const number = (i: number) => String(i).padStart(5, "0");
  const names = Array.from({ length: numShards }, (_, i) => `data-${number(i)}-of-${number(numShards)}.arrow`);
  const boundary = (i: number) => Math.floor(i * table.numRows / numShards);
  const { writeArrow } = await import("./arrow.ts");
  for (const [i, name] of names.entries()) await writeArrow(join(folder, name), table, boundary(i), boundary(i + 1));
  const info = { citation: "", description: "", features: jsonOf(table.features), homepage: "", license: "" };
  const state = {
    _data_files: names.map((filename) => ({ filename })),
    _fingerprint: crypto.randomUUID().replaceAll("-", "").slice(0, 16),
    _format_columns: null,
    _format_kwargs: {},
    _format_type: null,
    _output_all_columns: false,
    _split: null,
  };
  await Deno.writeTextFile(join(folder, "dataset_info.json"), JSON.stringify(info, null, 2));
  await Deno.writeTextFile(join(folder, "state.json"), JSON.stringify(state, null, 2));
}

/** Fills a folder beside the wanted one and puts it in its place: a reader sees the old set or the new, never half of one. */
async function replaceFolder(folder: string, fill: (beside: string) => Promise<void>): Promise<void> {
  const beside = join(dirname(folder), `.${basename(folder)}.${crypto.randomUUID().slice(0, 8)}.incomplete`);
  const old = `${beside}.old`;
  try {
    await Deno.mkdir(beside, { recursive: true });
    await fill(beside);
    await assertReplaceable(folder);
    await Deno.rename(folder, old).catch(() => {});
    await Deno.rename(beside, folder);
    await Deno.remove(old, { recursive: true }).catch(() => {});
  } catch (error) {
    await Deno.remove(beside, { recursive: true }).catch(() => {});
    if (error instanceof TypeError || error instanceof RangeError) throw error;
    const reason = error instanceof Error ? error.message.split("\n")[0].replace(/\.$/, "") : String(error);
    throw new Error(`saveToDisk: "${folder}" could not be written (${reason}); check the path and the space.`, {
      cause: error,
    });
  }
}

/** Only an empty folder or an earlier set makes room. */
async function assertReplaceable(folder: string): Promise<void> {
  const names: string[] = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name).catch(() => []);
  if (names.length === 0 || names.includes("state.json") || names.includes("dataset_dict.json")) return;
  throw new RangeError(
    `saveToDisk: "${folder}" holds other files (${names.slice(0, 3).join(", ")}); choose a new folder.`,
  );
}
