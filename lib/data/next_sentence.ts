// Pairs for BERT's pretraining: a text and what follows it, or what does not (Devlin et al. 2019, section 3.1, task 2). Lengths and draws
// as in the paper's code (create_pretraining_data.py) and Transformers' TextDatasetForNextSentencePrediction.

import { globalRandom } from "../tensor/mod.ts";
import type { PreTrainedTokenizer } from "../tokenizers/mod.ts";
import { Dataset } from "./dataset.ts";

export interface NextSentenceOptions {
  /** Tokens of a pair at most, special tokens included; default 128. */
  readonly maxLength?: number;
  /** The share of pairs that are cut to a random, shorter length; default 0.1. */
  readonly shortSeqProbability?: number;
  /** The share of pairs whose second text is from another document; default 0.5. */
  readonly nspProbability?: number;
}

/**
 * Pairs of stretches of documents, each a list of sentences: `input_ids`, `token_type_ids`, `attention_mask`, and `next_sentence_label`,
 * 0 where the second text follows the first and 1 where it is from another document. DataCollatorForLanguageModeling hides their tokens.
 * Draws come from the global stream, which `setSeed` starts.
 * @throws RangeError for fewer than two documents, an empty one, or a maxLength without room
 */
export function nextSentencePairs(
  documents: readonly (readonly string[])[],
  tokenizer: PreTrainedTokenizer,
  { maxLength = 128, shortSeqProbability = 0.1, nspProbability = 0.5 }: NextSentenceOptions = {},
): Dataset {
  const room = maxLength - tokenizer.numSpecialTokensToAdd(true);
  if (!(room >= 2)) {
    throw new RangeError(`nextSentencePairs: maxLength is ${maxLength}; it must leave room for two tokens.`);
  }
  const texts = documents.map((sentences) =>
    sentences.map((sentence) => tokenizer.encode(sentence, { addSpecialTokens: false })).filter(({ length }) =>
      length > 0
    )
  );
  const empty = texts.findIndex(({ length }) => length === 0);
  if (texts.length < 2 || empty !== -1) {
    throw new RangeError(
      empty === -1
        ? `nextSentencePairs: there ${
          texts.length === 1 ? "is one document" : "are no documents"
        }; a text that does not follow needs another.`
        : `nextSentencePairs: document ${empty} has no sentence with a token; leave it out.`,
    );
  }
  const { clsTokenId, sepTokenId } = tokenizer;
  const rows = texts.flatMap((_, document) => pairsOf(texts, document, room, shortSeqProbability, nspProbability))
    .map(({ first, second, isRandom }) => {
      const input_ids = [clsTokenId, ...first, sepTokenId, ...second, sepTokenId];
      return {
        input_ids,
        token_type_ids: input_ids.map((_, i) => i < first.length + 2 ? 0 : 1),
        attention_mask: input_ids.map(() => 1),
        next_sentence_label: isRandom ? 1 : 0,
      };
    });
  return Dataset.fromList(rows);
}

interface Pair {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly isRandom: boolean;
}

type Sentence = readonly number[];

/** Stretches of about `room` tokens, each cut in two at the end of a sentence. */
function pairsOf(
  texts: readonly (readonly Sentence[])[],
  document: number,
  room: number,
  shortShare: number,
  randomShare: number,
): Pair[] {
  const sentences = texts[document];
  const pairs: Pair[] = [];
  const target = globalRandom.uniform() < shortShare ? 2 + globalRandom.integer(room - 1) : room;
  let chunk: Sentence[] = [];
  for (let i = 0; i < sentences.length; i++) {
    chunk.push(sentences[i]);
    const length = chunk.reduce((sum, sentence) => sum + sentence.length, 0);
    if (i < sentences.length - 1 && length < target) continue;
    const cut = chunk.length >= 2 ? 1 + globalRandom.integer(chunk.length - 1) : 1;
    const first = chunk.slice(0, cut).flat();
    const isRandom = chunk.length === 1 || globalRandom.uniform() < randomShare;
    const second = isRandom ? elsewhere(texts, document, target - first.length) : chunk.slice(cut).flat();
    // sentences that gave way to another document's are used for the next pair
    if (isRandom) i -= chunk.length - cut;
    truncate(first, second, room);
    pairs.push({ first, second, isRandom });
    chunk = [];
  }
  return pairs;
}

/** Sentences of another document from a random one on, until there are enough tokens. */
function elsewhere(texts: readonly (readonly Sentence[])[], document: number, wanted: number): number[] {
  const other = (document + 1 + globalRandom.integer(texts.length - 1)) % texts.length;
  const tokens: number[] = [];
  for (let i = globalRandom.integer(texts[other].length); i < texts[other].length; i++) {
    tokens.push(...texts[other][i]);
    if (tokens.length >= wanted) break;
  }
  return tokens;
}

/** Takes tokens off the longer text, at its start or its end by lot, until both fit. */
function truncate(first: number[], second: number[], room: number): void {
  while (first.length + second.length > room) {
    const longer = first.length > second.length ? first : second;
    if (globalRandom.uniform() < 0.5) longer.shift();
    else longer.pop();
  }
}
