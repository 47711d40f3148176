// Collators of masked language modelling: some tokens are hidden, and the model is to find them.
//
// Of the chosen tokens 80 % become the mask token, 10 % any token of the vocabulary, 10 % stay (Devlin et al. 2019, section 3.1 and
// appendix A.1). Words as a whole: https://github.com/google-research/bert, "Whole Word Masking Models" (May 2019).

import { globalRandom, Random } from "../tensor/mod.ts";
import type { PreTrainedTokenizer } from "../tokenizers/mod.ts";
import { type Cell, isList, type Row } from "./cell.ts";
import { type TensorBatch, tensorsOf } from "./stacking.ts";

export interface LanguageModelingOptions {
  /** The share of tokens that are chosen; default 0.15. */
  readonly mlmProbability?: number;
  /** The share of the chosen that become the mask token; default 0.8. */
  readonly maskReplaceProb?: number;
  /** The share of the chosen that become any token; default 0.1. What is left stays as it is. */
  readonly randomReplaceProb?: number;
  readonly padToMultipleOf?: number;
  /** A stream of random numbers of the collator's own; without it the global one, which `setSeed` starts. */
  readonly seed?: number;
}

/** What of a tokenizer masking needs. */
type MaskingTokenizer = Pick<
  PreTrainedTokenizer,
  | "pad"
  | "getSpecialTokensMask"
  | "maskTokenId"
  | "length"
  | "allSpecialIds"
  | "convertIdsToTokens"
  | "specialTokensMap"
>;

/** The label of a token that is not to be found. */
const IGNORED = -100;

export interface DataCollatorForLanguageModeling {
  (rows: readonly Row[]): TensorBatch;
}

/**
 * Pads rows and hides tokens, each with the same probability, special tokens never (those that `special_tokens_mask` marks, where rows have
 * it). `labels` are the hidden tokens' ids, -100 elsewhere. A `label` of the row is left out; a `next_sentence_label` stays.
 */
export class DataCollatorForLanguageModeling {
  /** @throws Error where the tokenizer has no mask token, RangeError for shares that are none */
  constructor(tokenizer: MaskingTokenizer, options: LanguageModelingOptions = {}) {
    return callable(new.target.prototype, tokenizer, options, (ids, isSpecial, { random, mlmProbability }) => {
      const isChosen = ids.map((_, i) => !isSpecial[i] && random.uniform() < mlmProbability);
      return (i) => isChosen[i];
    });
  }
}

export interface DataCollatorForWholeWordMask {
  (rows: readonly Row[]): TensorBatch;
}

/**
 * Hides words as a whole: a token and the "##" tokens after it. A row has round(tokens · mlmProbability) tokens hidden, at least one and at
 * most 512, or fewer where the next word would be too long. (Transformers gives no attention mask here; this one does, so that a model
 * does not look at padding.)
 */
export class DataCollatorForWholeWordMask {
  /** @throws Error where the tokenizer has no mask token, RangeError for shares that are none or where it knows no "##" tokens */
  constructor(
    tokenizer: MaskingTokenizer & Pick<PreTrainedTokenizer, "getVocab">,
    options: LanguageModelingOptions = {},
  ) {
    if (![...tokenizer.getVocab().keys()].some((token) => token.startsWith("##"))) {
      throw new RangeError(
        'DataCollatorForWholeWordMask: the vocabulary has no "##" tokens, by which words are told; use DataCollatorForLanguageModeling.',
      );
    }
    const special = new Set(tokenizer.allSpecialIds);
    const { clsToken, sepToken } = tokenizer.specialTokensMap;
    return callable(new.target.prototype, tokenizer, options, (ids, _, { random, mlmProbability, length }) => {
      const words = wordsOf(tokenizer.convertIdsToTokens(ids.slice(0, length)), [clsToken, sepToken]);
      const quota = Math.min(512, Math.max(1, roundHalfToEven(length * mlmProbability)));
      const chosen = new Set<number>();
      for (const at of random.permutation(words.length)) {
        if (chosen.size + words[at].length <= quota) { for (const i of words[at]) chosen.add(i); }
      }
      return (i) => chosen.has(i) && !special.has(ids[i]);
    });
  }
}

interface Draw extends Required<Omit<LanguageModelingOptions, "seed" | "padToMultipleOf">> {
  readonly random: Random;
  /** Tokens of the row without its padding. */
  readonly length: number;
}

/** Decides for a padded row which tokens are hidden. */
type Choose = (ids: readonly number[], isSpecial: readonly number[], draw: Draw) => (i: number) => boolean;

/** A function that is an instance of the collator's class: `collator(rows)` reads as in Python. */
function callable(prototype: object, tokenizer: MaskingTokenizer, options: LanguageModelingOptions, choose: Choose) {
  const { name } = prototype.constructor;
  const { mlmProbability = 0.15, maskReplaceProb = 0.8, randomReplaceProb = 0.1, padToMultipleOf, seed } = options;
  for (const [option, share] of Object.entries({ mlmProbability, maskReplaceProb, randomReplaceProb })) {
    if (share >= 0 && share <= 1) continue;
    throw new RangeError(`${name}: ${option} is ${share}; it must be a share between 0 and 1.`);
  }
  if (maskReplaceProb + randomReplaceProb > 1) {
    throw new RangeError(
      `${name}: maskReplaceProb ${maskReplaceProb} and randomReplaceProb ${randomReplaceProb} are more than 1 together.`,
    );
  }
  const { maskTokenId } = tokenizer;
  const random = seed === undefined ? globalRandom : new Random(seed);
  const shares = { mlmProbability, maskReplaceProb, randomReplaceProb, random };
  const collate = (rows: readonly Row[]) => {
    const lengths = rows.map(({ input_ids }) => input_ids.length);
    const { special_tokens_mask: given, ...columns } = tokenizer.pad(rows.map(withoutLabels), { padToMultipleOf });
    const labels = columns.input_ids.map((ids) => ids.map(() => IGNORED));
    const hidden = columns.input_ids.map((ids, row) => {
      const marks: Cell = given?.[row];
      const isSpecial = isList(marks) ? Array.from(marks) : tokenizer.getSpecialTokensMask(ids);
      const isChosen = choose(ids, isSpecial, { ...shares, length: lengths[row] });
      return ids.map((id, i) => {
        if (!isChosen(i)) return id;
        labels[row][i] = id;
        const draw = random.uniform();
        if (draw < maskReplaceProb) return maskTokenId;
        return draw < maskReplaceProb + randomReplaceProb ? random.integer(tokenizer.length) : id;
      });
    });
    return tensorsOf(name, { ...columns, input_ids: hidden, labels });
  };
  return Object.setPrototypeOf(collate, prototype);
}

function withoutLabels({ label: _, labels: __, label_ids: ___, ...row }: Row): Row {
  return row;
}

/** The places of each word's tokens; the tokens at the ends of a text are no words. */
function wordsOf(tokens: readonly string[], ends: readonly (string | undefined)[]): number[][] {
  const words: number[][] = [];
  for (const [i, token] of tokens.entries()) {
    if (ends.includes(token)) continue;
    if (token.startsWith("##") && words.length > 0) words[words.length - 1].push(i);
    else words.push([i]);
  }
  return words;
}

/** Python's round. */
function roundHalfToEven(x: number): number {
  const rounded = Math.round(x);
  return x % 1 === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
