// Which files a set consists of: those of a repository or folder by its card, or those that the caller names.

import { dirname, join } from "node:path";
import { type Folder, type HubOptions, isEmbeddedName, openFolder } from "../hub/mod.ts";
import { type Configuration, filePatterns, readConfigurations } from "./card.ts";
import type { Features } from "./features.ts";
import { type Format, formatOfKind, formatOfPath } from "./formats.ts";

/** Paths or patterns (`*`, `**`, `?`): those of "train", or by split. */
export type DataFiles = string | readonly string[] | Readonly<Record<string, string | readonly string[]>>;

/** One file of a split. */
export interface SourceFile {
  /** As messages name it. */
  readonly name: string;
  readonly format: Format;
  /** Its path on this disk, downloaded first where it is on the hub. */
  readonly locate: () => Promise<string>;
}

/** A set before its files are read. */
export interface Source {
  /** The reference it was opened by, for messages. */
  readonly name: string;
  readonly splits: readonly string[];
  /** The types of the columns, where something but the files says. */
  readonly features: Features | undefined;
  /** Rows by split, where the card says. */
  readonly numRows: ReadonlyMap<string, number>;
  /** @throws RangeError for an unknown split, or one without files */
  readonly files: (split: string) => Promise<SourceFile[]>;
}

interface SourceOptions extends HubOptions {
  readonly name?: string;
  readonly dataFiles?: DataFiles;
  readonly features?: Features;
}

/** @throws HubError or RangeError where there is no such set, configuration or file */
export async function openSource(path: string, options: SourceOptions): Promise<Source> {
  const format = formatOfKind(path);
  return format
    ? localSource(path, format, options)
    : await folderSource(await openFolder("dataset", path, options), options);
}

/** Files of this disk, all of one kind, whatever their names. */
function localSource(kind: string, format: Format, { dataFiles, features }: SourceOptions): Source {
  if (dataFiles === undefined) {
    throw new RangeError(`loadDataset: "${kind}" needs dataFiles, such as { dataFiles: { train: "train.${kind}" } }.`);
  }
  const patterns = filePatterns(dataFiles);
  return {
    name: kind,
    splits: [...patterns.keys()],
    features,
    numRows: new Map(),
    async files(split) {
      const paths = await Promise.all(patternsOf(kind, patterns, split).map(localPaths));
      return paths.flat().map((path) => ({ name: path, format, locate: () => Promise.resolve(path) }));
    },
  };
}

async function folderSource(folder: Folder, options: SourceOptions): Promise<Source> {
  if (await folder.has("dataset_dict.json") || await folder.has("state.json")) {
    throw new RangeError(`loadDataset: "${folder.name}" was written by saveToDisk; read it with loadFromDisk.`);
  }
  const { dataFiles } = options;
  const configuration = dataFiles === undefined
    ? choose(await readConfigurations(folder), options.name, folder)
    : undefined;
  const patterns = configuration?.files ?? filePatterns(dataFiles);
  return {
    name: folder.name,
    splits: [...patterns.keys()],
    features: options.features ?? configuration?.features,
    numRows: configuration?.numRows ?? new Map(),
    async files(split) {
      const wanted = patternsOf(folder.name, patterns, split);
      const paths = matching(await folder.list(), wanted);
      if (paths.length > 0) return paths.map((path) => fileOf(folder, path));
      throw new RangeError(
        `loadDataset: "${folder.name}" has no file ${wanted.join(", ")} for split "${split}"; ` +
          `if it comes from an incomplete cache, load it once with network.`,
      );
    },
  };
}

function fileOf(folder: Folder, path: string): SourceFile {
  return {
    name: path,
    format: formatOfPath(path, { isEmbedded: isEmbeddedName(folder.name) }),
    async locate() {
      const found = await folder.locate(path);
      if (found !== undefined) return found;
      throw new RangeError(`loadDataset: "${path}" of "${folder.name}" is gone; load the set again.`);
    },
  };
}

function patternsOf(name: string, patterns: ReadonlyMap<string, readonly string[]>, split: string): readonly string[] {
  const found = patterns.get(split);
  if (found) return found;
  throw new RangeError(`loadDataset: "${name}" has no split "${split}"; it has ${[...patterns.keys()].join(", ")}.`);
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

/** The file of a path, or those that a pattern means. @throws RangeError where there is none */
async function localPaths(pattern: string): Promise<string[]> {
  const isThere = await Deno.stat(pattern).then(({ isFile }) => isFile, () => false);
  if (isThere) return [pattern];
  const star = pattern.search(/[*?]/);
  const root = star < 0 ? "" : dirname(`${pattern.slice(0, star)}x`);
  const paths = star < 0 ? [] : matching(await filesBelow(root).catch(() => []), [pattern]);
  if (paths.length > 0) return paths;
  throw new RangeError(`loadDataset: there is no file "${pattern}"; check the path, seen from the working directory.`);
}

async function filesBelow(root: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(root)) {
    const path = join(root, name);
    if (isDirectory) found.push(...await filesBelow(path));
    else found.push(path);
  }
  return found.sort();
}

/** The paths that patterns mean, those of each pattern in order: `*` and `?` within a folder, `**` across. */
function matching(paths: readonly string[], patterns: readonly string[]): string[] {
  const found = patterns.flatMap((pattern) => {
    const source = pattern.replace(/^\.\//, "").replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(
      /\*\*\/?|\*|\?/g,
      (glob) => glob.startsWith("**") ? ".*" : glob === "*" ? "[^/]*" : "[^/]",
    );
    const regExp = new RegExp(`^${source}$`);
    return paths.filter((path) => regExp.test(path));
  });
  return [...new Set(found)];
}
