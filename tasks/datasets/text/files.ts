// What every set's folder holds beside its rows: dataset.json, by which loadDataset knows files and types.

import { join } from "node:path";

/** Types as Datasets writes them. */
export type FeatureJson = Readonly<Record<string, unknown>>;

export const stringFeature: FeatureJson = { dtype: "string", _type: "Value" };
export const classLabel = (...names: string[]): FeatureJson => ({ names, _type: "ClassLabel" });

export interface SetFiles {
  readonly description: string;
  readonly features: Readonly<Record<string, FeatureJson>>;
  /** The name of each split's file. */
  readonly splits: Readonly<Record<string, string>>;
}

/** Writes `dataset.json` and the files, by name. */
export async function writeSet(folder: string, set: SetFiles, contents: Readonly<Record<string, string>>) {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "dataset.json"), JSON.stringify(set, null, 2) + "\n");
  for (const [name, content] of Object.entries(contents)) await Deno.writeTextFile(join(folder, name), content);
}

/** Writes splits as JSON lines, a file each. */
export async function writeJsonLines(
  folder: string,
  about: Pick<SetFiles, "description" | "features">,
  splits: Readonly<Record<string, readonly object[]>>,
): Promise<void> {
  const names = Object.keys(splits);
  const fileOf = (split: string) => `${split}.jsonl`;
  await writeSet(
    folder,
    { ...about, splits: Object.fromEntries(names.map((split) => [split, fileOf(split)])) },
    Object.fromEntries(
      names.map((split) => [fileOf(split), splits[split].map((row) => JSON.stringify(row) + "\n").join("")]),
    ),
  );
}
