// The files of the set: three splits as JSON lines.

import { classLabel, stringFeature, writeJsonLines } from "../text/files.ts";
import { snippets } from "./build.ts";

export const writeSnippets = (folder: string): Promise<void> =>
  writeJsonLines(folder, {
    description: "One-liners of critics about films that never were: blame or praise; see README.md.",
    features: { text: stringFeature, label: classLabel("neg", "pos") },
  }, snippets());
