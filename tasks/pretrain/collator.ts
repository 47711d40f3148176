// From the numbers of some texts to what a student learns from: tokens of which some are hidden and some replaced, and what the teacher
// made of the texts as they are.

import { DataCollatorForLanguageModeling, DataCollatorForWholeWordMask } from "../../lib/data/mod.ts";
import type { Batch } from "../../lib/models/mod.ts";
import { globalRandom, type Tensor, tensor } from "../../lib/tensor/mod.ts";
import type { PreTrainedTokenizer } from "../../lib/tokenizers/mod.ts";
import type { TextNumbers } from "./batches.ts";
import type { Bigrams } from "./bigrams.ts";
import { type Encoded, rowOf } from "./encoded.ts";
import type { TeacherStates } from "./teacher.ts";

/** The share of tokens that are hidden (Devlin et al. 2019, section 3.1), and of those that a bigram model replaces. */
const MASKED = 0.15;
const REPLACED = 0.1;

/** Marks a token that does not count. */
export const IGNORED = -100;

export interface Lesson {
  readonly encoded: Encoded;
  readonly tokenizer: PreTrainedTokenizer;
  /** Says what stands in place of a replaced token; none is replaced without it. */
  readonly bigrams?: Bigrams;
  /** The vectors to be met, and which of them belongs to each token. */
  readonly teacher?: { readonly states: TeacherStates; readonly match: Int32Array };
}

/**
 * Batches with `input_ids`, `attention_mask` and `labels` of a masked LM; `replaced` (batch, length), 1 where a token is not the text's own, 0
 * where it is, -100 where it does not count; `teacher_rows` (n), tokens counted without padding, and `teacher_vectors` (n, size) of them.
 * Whole words are hidden where the vocabulary marks what continues a word.
 */
export function lessonCollator(lesson: Lesson): (rows: readonly TextNumbers[]) => Batch {
  const { encoded, tokenizer, bigrams, teacher } = lesson;
  const continues = [...tokenizer.getVocab().keys()].some((token) => token.startsWith("##"));
  const mask = new (continues ? DataCollatorForWholeWordMask : DataCollatorForLanguageModeling)(tokenizer, {
    mlmProbability: MASKED,
  });
  const special = new Set(tokenizer.allSpecialIds);
  return ([{ texts }]) => {
    const rows = texts.map((text) => rowOf(encoded, text));
    const masked = mask(rows);
    return {
      ...masked,
      ...bigrams && replaceTokens(masked, rows.map(({ input_ids }) => input_ids), bigrams, special),
      ...teacher && teacherOf(texts, encoded.starts, teacher),
    };
  };
}

/** Puts another token in place of some that are neither hidden nor special, drawn from those seen after the token before. */
function replaceTokens(
  { input_ids, labels }: Record<string, Tensor>,
  rows: readonly (readonly number[])[],
  bigrams: Bigrams,
  special: ReadonlySet<number>,
): Record<string, Tensor> {
  const width = input_ids.shape[1];
  const ids = Int32Array.from(input_ids.hostData ?? []), masks = labels.hostData ?? [];
  const replaced = new Int32Array(ids.length).fill(IGNORED);
  rows.forEach((row, i) =>
    row.forEach((id, j) => {
      const place = i * width + j;
      if (special.has(id) || masks[place] !== IGNORED) return;
      if (globalRandom.uniform() < REPLACED) ids[place] = bigrams.draw(row[j - 1]) ?? id;
      replaced[place] = Number(ids[place] !== id);
    })
  );
  return { input_ids: tensor(ids, input_ids.shape), replaced: tensor(replaced, input_ids.shape) };
}

function teacherOf(
  texts: readonly number[],
  starts: Uint32Array,
  { states: { size, vectors }, match }: NonNullable<Lesson["teacher"]>,
): Record<string, Tensor> {
  const rows: number[] = [], numbers: number[] = [];
  let row = 0;
  for (const text of texts) {
    for (let token = starts[text]; token < starts[text + 1]; token++, row++) {
      if (match[token] < 0) continue;
      rows.push(row);
      numbers.push(match[token]);
    }
  }
  const chosen = new Float32Array(rows.length * size);
  numbers.forEach((number, i) => chosen.set(vectors.subarray(number * size, (number + 1) * size), i * size));
  return { teacher_rows: tensor(Int32Array.from(rows)), teacher_vectors: tensor(chosen, [rows.length, size]) };
}
