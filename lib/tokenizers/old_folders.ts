// Folders from before tokenizer.json: a bare vocab.txt, or vocab.json with merges.txt.
import { Fields, isCount, isObject, show } from "./fields.ts";
import { byteLevelFiles, type ConfigEntries, type TokenizerFiles, wordPieceFiles } from "./tokenizer_files.ts";

/** Reads a file of the folder; undefined where there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

// Transformers' "no limit is known".
const NO_LIMIT = 1e30;

/** Makes the files of a folder that has only a vocabulary. @throws Error when it has none that can be read. */
export async function filesFromVocabulary(
  name: string,
  read: ReadText,
  config: ConfigEntries,
): Promise<TokenizerFiles> {
  const entries = { model_max_length: NO_LIMIT, ...withPlainTokens(config) };
  const [vocabTxt, vocabJson, mergesTxt] = await Promise.all(["vocab.txt", "vocab.json", "merges.txt"].map(read));
  if (vocabTxt !== undefined) {
    return wordPieceFiles(readVocabTxt(vocabTxt), entries);
  }
  if (vocabJson !== undefined && mergesTxt !== undefined) {
    return byteLevelFiles(readVocabJson(vocabJson), readMergesTxt(mergesTxt), entries);
  }
  throw new Error(
    `AutoTokenizer: "${name}" has no tokenizer.json, no vocab.txt and no vocab.json with merges.txt; ` +
      `save it in Python with a fast tokenizer (use_fast=True), which writes tokenizer.json.`,
  );
}

/** One token a line; its number is its id. */
function readVocabTxt(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function readVocabJson(text: string): Map<string, number> {
  const vocab = new Map<string, number>();
  for (const [token, id] of Object.entries(Fields.parse(text, "vocab.json").raw)) {
    if (!isCount(id)) throw new Error(`vocab.json gives ${show(token)} the id ${show(id)}; expected a whole number.`);
    vocab.set(token, id);
  }
  return vocab;
}

function readMergesTxt(text: string): [string, string][] {
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#version"));
  return lines.map((line) => {
    const [left, right, ...more] = line.split(" ");
    if (right !== undefined && more.length === 0) return [left, right];
    throw new Error(`merges.txt has the line ${show(line)}; expected two tokens with a blank between them.`);
  });
}

/** Special tokens may be written as objects; old folders need their text only. */
function withPlainTokens(config: ConfigEntries): ConfigEntries {
  return Object.fromEntries(
    Object.entries(config).map((
      [name, value],
    ) => [name, isObject(value) && "content" in value ? value["content"] : value]),
  );
}
