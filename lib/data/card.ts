// What a set says about itself: the YAML head of a hub set's README.md (Datasets' dataset card), or the dataset.json of an embedded set.
// https://huggingface.co/docs/datasets/repository_structure

import { parse } from "yaml";
import type { Folder } from "../hub/mod.ts";
import type { Cell } from "./cell.ts";
import { featuresOf } from "./feature_json.ts";
import type { Features } from "./features.ts";

/** One configuration of a set. */
export interface Configuration {
  readonly name: string;
  readonly isDefault: boolean;
  /** The files of each split, as patterns of paths. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** The types of the columns; inferred from the files where the card does not say. */
  readonly features: Features | undefined;
  /** Rows by split, where the card says. */
  readonly numRows: ReadonlyMap<string, number>;
}

/** The configurations of a set. @throws TypeError where the card cannot be read */
export async function readConfigurations(folder: Folder): Promise<Configuration[]> {
  const descriptor = await readText(folder, "dataset.json");
  if (descriptor !== undefined) {
    return [embeddedConfiguration(parseOr(folder, "dataset.json", () => JSON.parse(descriptor)))];
  }
  const head = (await readText(folder, "README.md"))?.match(/^\uFEFF?---\r?\n(.*?)\r?\n---\s*$/ms)?.[1] ?? "";
  const card: Cell = parseOr(folder, "README.md", () => parse(head)) ?? {};
  const infos: Cell[] = [card.dataset_info ?? []].flat();
  const info = (name: string) => infos.find((info) => (info.config_name ?? "default") === name);
  const configs: Cell[] = card.configs ?? [{ config_name: infos.at(0)?.config_name ?? "default" }];
  const paths = await folder.list();
  return configs.map((config) => ({
    name: config.config_name,
    isDefault: config.default === true || config.config_name === "default",
    files: config.data_files === undefined
      ? splitsByName(folder, paths)
      : filePatterns(config.data_files, config.data_dir),
    features: featuresOf(info(config.config_name)?.features),
    numRows: new Map((info(config.config_name)?.splits ?? []).map((split: Cell) => [split.name, split.num_examples])),
  }));
}

/** `{ "features": {…}, "splits": { "train": "train.jsonl" } }` */
function embeddedConfiguration(descriptor: Cell): Configuration {
  return {
    name: "default",
    isDefault: true,
    files: filePatterns(descriptor.splits),
    features: featuresOf(descriptor.features),
    numRows: new Map(),
  };
}

/** `data_files`: a pattern, a list of patterns, patterns by split, or a list of `{ split, path }`. */
export function filePatterns(files: Cell, folder?: string): Map<string, string[]> {
  const inFolder = (path: string) => folder ? `${folder.replace(/\/+$/, "")}/${path}` : path;
  if (typeof files === "string") return new Map([["train", [inFolder(files)]]]);
  if (!Array.isArray(files)) {
    return new Map(Object.entries<Cell>(files).map(([split, paths]) => [split, [paths].flat().map(inFolder)]));
  }
  if (files.every((file) => typeof file === "string")) return new Map([["train", files.map(inFolder)]]);
  return new Map(files.map(({ split, path }) => [split ?? "train", [path].flat().map(inFolder)]));
}

/** The words by which Datasets knows a file's split where the card names none. */
const SPLIT_WORDS: Readonly<Record<string, string>> = {
  train: "train|training",
  validation: "validation|valid|val|dev",
  test: "test|testing|eval|evaluation",
};

function splitsByName(folder: Folder, paths: readonly string[]): Map<string, string[]> {
  const data = paths.filter((path) => /\.(parquet|jsonl|json|csv|tsv|txt)(\.gz)?$/.test(path));
  if (data.length === 0) {
    throw new RangeError(
      `"${folder.name}" holds no data files and no card that names some; check that it is a data set.`,
    );
  }
  const splits = Object.entries(SPLIT_WORDS).map(([split, words]): [string, string[]] => {
    const word = new RegExp(`(^|[^a-z])(${words})([^a-z]|$)`, "i");
    return [split, data.filter((path) => word.test(path))];
  });
  const found = splits.filter(([, files]) => files.length > 0);
  return new Map(found.length ? found : [["train", data]]);
}

async function readText(folder: Folder, path: string): Promise<string | undefined> {
  const bytes = await folder.read(path);
  return bytes && new TextDecoder().decode(bytes);
}

function parseOr<T>(folder: Folder, path: string, parseText: () => T): T {
  try {
    return parseText();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new TypeError(`${path} of "${folder.name}" cannot be read (${reason}); it must be valid.`);
  }
}
