// The files of the set: three splits as CSV with a line of names, as people hand such data around.

import { stringFeature, writeSet } from "../text/files.ts";
import type { Labelled } from "../text/labelled.ts";
import { reviews } from "./build.ts";

export async function writeReviews(folder: string): Promise<void> {
  const splits = Object.entries(reviews());
  await writeSet(folder, {
    description: "Reviews of things that never were, with one to five stars; see README.md.",
    features: { review_body: stringFeature, stars: { dtype: "int64", _type: "Value" } },
    splits: Object.fromEntries(splits.map(([split]) => [split, `${split}.csv`])),
  }, Object.fromEntries(splits.map(([split, rows]) => [`${split}.csv`, csv(rows)])));
}

const csv = (rows: readonly Labelled[]): string =>
  ["review_body,stars", ...rows.map(({ text, label }) => `${cell(text)},${label + 1}`)].join("\n") + "\n";

/** In quotes where the text has commas or quotes (RFC 4180). */
const cell = (text: string): string => /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
