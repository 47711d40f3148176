// What may be tokenized: checked here, so that a column of numbers or a missing field is one clear sentence.
import { show } from "./fields.ts";

/** A text, or a text that comes as a list of words. */
export type TextInput = string | readonly string[];

/** The texts of a call: all of a batch, or the one. */
export interface Inputs {
  readonly texts: readonly TextInput[];
  readonly pairs?: readonly TextInput[];
  readonly isBatch: boolean;
}

/** Checks the texts of a call. @throws TypeError naming the type and the place of what is not a text. */
export function readInputs(text: unknown, textPair: unknown, areWords: boolean): Inputs {
  const isBatch = Array.isArray(text) && (!areWords || text.length === 0 || Array.isArray(text[0]));
  const texts = readTexts(text, "text", areWords, isBatch);
  // As in Transformers an empty second text is none, unless it is one of a batch.
  if (textPair === undefined || textPair === null || textPair === "") return { texts, isBatch };
  const pairs = readTexts(textPair, "textPair", areWords, isBatch);
  if (pairs.length === texts.length) return { texts, pairs, isBatch };
  throw new RangeError(
    `tokenizer: textPair has ${pairs.length} texts for ${texts.length} texts; give one for each.`,
  );
}

function readTexts(value: unknown, name: string, areWords: boolean, isBatch: boolean): TextInput[] {
  const readOne = areWords ? readWords : readText;
  if (!isBatch) return [readOne(value, name)];
  if (!Array.isArray(value)) {
    throw new TypeError(`tokenizer: ${name} is ${describe(value)}; expected a list, one text each.`);
  }
  return value.map((text, i) => readOne(text, `${name} ${i} of the batch`));
}

function readText(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  throw new TypeError(`tokenizer: ${name} is ${describe(value)}; expected a string.`);
}

function readWords(value: unknown, name: string): string[] {
  if (Array.isArray(value)) return value.map((word, i) => readText(word, `word ${i} of ${name}`));
  throw new TypeError(`tokenizer: ${name} is ${describe(value)}; with isSplitIntoWords it must be a list of words.`);
}

/** A value with its type, e.g. `42 (number)`. */
function describe(value: unknown): string {
  return typeof value === "object" || value === undefined ? show(value) : `${show(value)} (${typeof value})`;
}
