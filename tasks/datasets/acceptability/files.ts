// The files of the set: three splits as JSON lines, what they hold, and the tokenizer trained on the training split.

import { trainWordPiece } from "../../../lib/tokenizers/mod.ts";
import { classLabel, stringFeature, writeJsonLines } from "../text/files.ts";
import { acceptability, type HandWritten, type Row } from "./build.ts";

const description =
  "English sentences with a judgement: acceptable or unacceptable. Minimal pairs over 27 phenomena of syntax; see README.md.";

const features = {
  sentence: stringFeature,
  label: classLabel("unacceptable", "acceptable"),
  idx: { dtype: "int32", _type: "Value" },
  phenomenon: stringFeature,
};

/** Writes the set into a folder that `loadDataset` opens, its tokenizer into `tokenizer/`. */
export async function writeAcceptability(folder: string): Promise<void> {
  const splits = acceptability(handWritten());
  await writeJsonLines(folder, { description, features }, splits);
  const options = { vocabSize: 4000, minFrequency: 2, modelMaxLength: 128 };
  await trainWordPiece(wordsToCut(splits.train), options).savePretrained(`${folder}/tokenizer`);
}

/** The pairs written by hand. */
export function handWritten(): HandWritten[] {
  const text = Deno.readTextFileSync(new URL("./handwritten.txt", import.meta.url));
  return text.split("\n").filter((line) => line && !line.startsWith("#")).map((line) => {
    const [phenomenon, good, bad] = line.split(" | ");
    return { phenomenon, good, bad };
  });
}

const endings: readonly (readonly [ending: RegExp, stem: string])[] = [
  [/s$/, ""],
  [/es$/, ""],
  [/ed$/, ""],
  [/ed$/, "e"],
  [/ing$/, ""],
  [/ing$/, "e"],
  [/ly$/, ""],
  [/(.)\1ed$/, "$1"],
  [/(.)\1ing$/, "$1"],
  [/er$/, ""],
];

/** Every word once, stems a thousand times: stems become whole tokens and endings pieces of their own, which all words share. */
function wordsToCut(rows: readonly Row[]): string[] {
  const words = new Set(rows.flatMap(({ sentence }) => sentence.toLowerCase().match(/[a-z]+|[^a-z\s]/g) ?? []));
  const isInflected = (word: string) =>
    word.length > 3 &&
    endings.some(([ending, to]) => {
      const stem = word.replace(ending, to);
      return stem !== word && stem.length > 2 && words.has(stem);
    });
  const stems = [...words].filter((word) => !isInflected(word));
  return [...words, ...stems.flatMap((stem) => Array<string>(1000).fill(stem))];
}
