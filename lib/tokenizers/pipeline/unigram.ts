// The unigram language model (Kudo 2018): of all ways to cut a word, the one whose tokens' log probabilities have the largest
// sum. Our own: the package's lattice of objects overflows the stack beyond some 100,000 tokens and takes kilobytes a character.
import { type Fields, show } from "../fields.ts";
import type { Model, Pieces } from "./model.ts";
import { Trie } from "./trie.ts";

// What the Rust library takes off the least likely token's score for an unknown character.
const UNKNOWN_PENALTY = 10;

export function createUnigram(config: Fields): Model {
  if (config.boolean("byte_fallback", false)) throw new Error(`${config.where}: byte_fallback is not supported.`);
  const { tokens, scores } = readScores(config);
  const vocab = new Map(tokens.map((token, id) => [token, id]));
  const unknownId = config.has("unk_id") ? config.count("unk_id") : undefined;
  if (unknownId !== undefined && unknownId >= tokens.length) {
    throw new Error(`${config.where}.unk_id is ${unknownId}; the vocabulary has ${tokens.length} tokens.`);
  }
  const unknownScore = scores.reduce((least, score) => Math.min(least, score), Infinity) - UNKNOWN_PENALTY;
  const trie = new Trie(tokens);

  /** Viterbi: for each place the best last token of a cut that ends there, then back from the end. */
  function cut(word: string): Pieces {
    const best = new Float64Array(word.length + 1), from = new Int32Array(word.length + 1).fill(-1);
    const isUnknown = new Uint8Array(word.length + 1);
    for (let start = 0; start < word.length;) {
      const end = start + ((word.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
      let isKnown = false;
      const offer = (to: number, score: number, unknown: 0 | 1) => {
        if (from[to] >= 0 && best[start] + score <= best[to]) return;
        best[to] = best[start] + score;
        from[to] = start;
        isUnknown[to] = unknown;
      };
      trie.matches(word, start, (id, to) => {
        offer(to, scores[id], id === unknownId ? 1 : 0);
        if (to === end) isKnown = true;
      });
      if (!isKnown) {
        if (unknownId === undefined) {
          throw new Error(`${config.where}: ${show(word.slice(start, end))} is unknown and there is no unk_id.`);
        }
        offer(end, unknownScore, 1);
      }
      start = end;
    }
    const ends: number[] = [];
    for (let end = word.length, wasUnknown = false; end > 0; end = from[end]) {
      // Neighbouring unknown characters are one token, and it ends where the last of them does.
      if (!(isUnknown[end] && wasUnknown)) ends.push(end);
      wasUnknown = isUnknown[end] === 1;
    }
    ends.reverse();
    const pieces = ends.map((end, i) => word.slice(i === 0 ? 0 : ends[i - 1], end));
    return { ids: pieces.map((piece) => vocab.get(piece) ?? unknownId ?? 0), tokens: pieces, ends };
  }

  return { vocab, cut };
}

/** The tokens with the logarithms of their probabilities. */
function readScores(config: Fields): { tokens: string[]; scores: number[] } {
  const tokens: string[] = [], scores: number[] = [];
  config.list("vocab").forEach((entry, id) => {
    const [token, score] = Array.isArray(entry) ? entry : [];
    if (typeof token !== "string" || typeof score !== "number" || !Number.isFinite(score)) {
      throw new Error(`${config.where}.vocab[${id}] is ${show(entry)}; expected a token and its score.`);
    }
    tokens.push(token);
    scores.push(score);
  });
  return { tokens, scores };
}
