// The vocabulary that the embedded texts share: a WordPiece tokenizer of their training splits and of prose.

import { loadDataset } from "../../lib/data/mod.ts";
import { type PreTrainedTokenizer, trainWordPiece } from "../../lib/tokenizers/mod.ts";
import { prose } from "./prose/build.ts";

/** The column that holds the text of each set whose training split is read from its files. */
const texts = {
  "attend/acceptability": "sentence",
  "attend/snippets": "text",
  "attend/reviews": "review_body",
  "attend/headlines": "text",
} as const;
const proseSentences = 20_000;
const options = { vocabSize: 6000, minFrequency: 2, modelMaxLength: 512 };

/** Trains on the embedded sets as they lie in their folders, prose, and `more`. The same files give the same tokenizer. */
export async function trainVocabulary(more: readonly string[]): Promise<PreTrainedTokenizer> {
  const read: string[][] = [];
  for (const [name, column] of Object.entries(texts)) {
    const train = await loadDataset(name, { split: "train" });
    read.push(Array.from(train, (row) => String(row[column])));
  }
  return trainWordPiece([...read.flat(), ...prose({ sentences: proseSentences }), ...more], options);
}
