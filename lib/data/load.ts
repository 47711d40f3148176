// loadDataset: a set of the hub, one that the kit ships (attend/…), or a folder with a card, as splits with types.

import { type Folder, type HubOptions, openFolder } from "../hub/mod.ts";
import { type Configuration, readConfigurations } from "./card.ts";
import { Dataset, DatasetDict } from "./dataset.ts";
import { type Columns, readColumns } from "./formats.ts";
import { parseSplit } from "./split_name.ts";
import { concatTables, type Table, tableOf, takeRows } from "./table.ts";

/** `revision` and `onProgress` are those of the hub. */
export interface LoadOptions extends HubOptions {
  /** The configuration, such as "cola" of GLUE. */
  readonly name?: string;
  /** "train", "train[:1000]", "train[10%:20%]", "train+test": gives one Dataset instead of all splits. */
  readonly split?: string;
}

type WithSplit = LoadOptions & { readonly split: string };

/**
 * Loads a set: `loadDataset("nyu-mll/glue", "cola")`, `loadDataset("attend/acceptability", { split: "train[:100]" })`.
 * What comes from the hub is cached; an `attend/…` name never touches the network.
 * @throws HubError where the hub has no such set or cannot be reached, RangeError for an unknown configuration or split
 */
export function loadDataset(path: string, options: WithSplit): Promise<Dataset>;
export function loadDataset(path: string, name: string, options: WithSplit): Promise<Dataset>;
export function loadDataset(path: string, name?: string | LoadOptions, options?: LoadOptions): Promise<DatasetDict>;
export async function loadDataset(
  path: string,
  nameOrOptions: string | LoadOptions = {},
  others: LoadOptions = {},
): Promise<Dataset | DatasetDict> {
  const options = typeof nameOrOptions === "string" ? { ...others, name: nameOrOptions } : nameOrOptions;
  const folder = await openFolder("dataset", path, options);
  const configuration = choose(await readConfigurations(folder), options.name, folder);
  const parts = options.split === undefined ? undefined : parseSplit(options.split);
  const wanted = parts ? [...new Set(parts.map(({ split }) => split))] : [...configuration.files.keys()];
  const tables: Record<string, Table> = {};
  for (const split of wanted) tables[split] = await readSplit(folder, configuration, split);
  if (!parts) return new DatasetDict(Object.fromEntries(wanted.map((split) => [split, new Dataset(tables[split])])));
  return new Dataset(concatTables(parts.map(({ split, range }) => {
    const [start, end] = range(tables[split].numRows);
    return takeRows(tables[split], Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i));
  })));
}

function choose(configurations: readonly Configuration[], name: string | undefined, folder: Folder): Configuration {
  const names = configurations.map((configuration) => configuration.name).join(", ");
  const found = name === undefined
    ? configurations.length === 1 ? configurations[0] : configurations.find(({ isDefault }) => isDefault)
    : configurations.find((configuration) => configuration.name === name);
  if (found) return found;
  throw new RangeError(
    name === undefined
      ? `loadDataset: "${folder.name}" has several configurations (${names}); name one as the second argument.`
      : `loadDataset: "${folder.name}" has no configuration "${name}"; it has ${names}.`,
  );
}

async function readSplit(folder: Folder, configuration: Configuration, split: string): Promise<Table> {
  const patterns = configuration.files.get(split);
  if (!patterns) {
    const splits = [...configuration.files.keys()].join(", ");
    throw new RangeError(`loadDataset: "${folder.name}" has no split "${split}"; it has ${splits}.`);
  }
  const paths = await matching(folder, patterns);
  if (paths.length === 0) {
    throw new RangeError(
      `loadDataset: "${folder.name}" has no file ${patterns.join(", ")} for split "${split}"; ` +
        `if it comes from an incomplete cache, load it once with network.`,
    );
  }
  const table = tableOf(await readFiles(folder, paths), configuration.features);
  const expected = configuration.numRows.get(split);
  if (expected !== undefined && expected !== table.numRows) {
    throw new RangeError(
      `loadDataset: split "${split}" of "${folder.name}" has ${table.numRows} rows and its card says ${expected}; ` +
        `if it comes from an incomplete cache, load it once with network.`,
    );
  }
  return table;
}

/** The columns of several files, one below the other; a column that a file lacks is null there. */
async function readFiles(folder: Folder, paths: readonly string[]): Promise<Columns> {
  const all: Columns = {};
  let numRows = 0;
  for (const path of paths) {
    const bytes = await folder.read(path);
    if (!bytes) throw new RangeError(`loadDataset: "${path}" of "${folder.name}" is gone; load the set again.`);
    const columns = await readColumns(path, bytes);
    const length = Math.max(0, ...Object.values(columns).map((values) => values.length));
    for (const name of new Set([...Object.keys(all), ...Object.keys(columns)])) {
      all[name] = (all[name] ?? new Array(numRows).fill(null)).concat(columns[name] ?? new Array(length).fill(null));
    }
    numRows += length;
  }
  return all;
}

/** The paths that patterns mean, those of each pattern sorted: `*` and `?` within a folder, `**` across. */
async function matching(folder: Folder, patterns: readonly string[]): Promise<string[]> {
  const paths = await folder.list();
  const found = patterns.flatMap((pattern) => {
    const source = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(
      /\*\*\/?|\*|\?/g,
      (glob) => glob.startsWith("**") ? ".*" : glob === "*" ? "[^/]*" : "[^/]",
    );
    const regExp = new RegExp(`^${source}$`);
    return paths.filter((path) => regExp.test(path));
  });
  return [...new Set(found)];
}
