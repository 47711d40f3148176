// All ways to cut a word into pieces of a Unigram model, as a lattice: how often each piece is expected, and which way is the likeliest
// (Kudo 2018, "Subword Regularization", section 3.2).
import { Trie } from "../pipeline/trie.ts";

/** A piece and the logarithm of its probability. */
export type Piece = readonly [piece: string, score: number];

/** Stands for a character that no piece spells. */
const UNKNOWN = -1;
const UNKNOWN_PENALTY = 10;

/** A cut of a piece without itself. */
export interface Alternative {
  /** True where the likeliest cut is of several pieces already. */
  readonly isOther: boolean;
  /** The pieces of the likeliest cut that is not the piece itself; none where there is no such cut, or it `isOther`. */
  readonly ids: readonly number[];
}

export class Lattice {
  readonly #trie: Trie;
  readonly #scores: Float64Array;
  readonly #unknownScore: number;

  constructor(pieces: readonly Piece[]) {
    this.#trie = new Trie(pieces.map(([piece]) => piece));
    this.#scores = Float64Array.from(pieces, ([, score]) => score);
    this.#unknownScore = this.#scores.reduce((least, score) => Math.min(least, score), Infinity) - UNKNOWN_PENALTY;
  }

  /** Adds to `expected` how often each piece stands in `count` cuts of a word, each cut as often as it is likely. */
  addExpected(word: string, count: number, expected: Float64Array): void {
    const nodes = this.#nodes(word);
    const before = new Float64Array(word.length + 1).fill(-Infinity), after = before.slice();
    before[0] = after[word.length] = 0;
    for (const { start, end, score } of nodes) before[end] = logSumExp(before[end], before[start] + score);
    for (const { start, end, score } of nodes.toReversed()) after[start] = logSumExp(after[start], score + after[end]);
    for (const { start, end, id, score } of nodes) {
      if (id !== UNKNOWN) expected[id] += count * Math.exp(before[start] + score + after[end] - before[word.length]);
    }
  }

  /** The pieces of the likeliest cut; `without` may name a piece that is not used. */
  best(word: string, without?: number): number[] {
    const best = new Float64Array(word.length + 1).fill(-Infinity);
    const last = new Array<Node | undefined>(word.length + 1);
    best[0] = 0;
    for (const node of this.#nodes(word)) {
      if (node.id === without || best[node.start] + node.score <= best[node.end]) continue;
      best[node.end] = best[node.start] + node.score;
      last[node.end] = node;
    }
    const ids: number[] = [];
    for (let node = last[word.length]; node; node = last[node.start]) ids.push(node.id);
    return ids.reverse();
  }

  /** How a piece would be spelled without it. */
  alternative(piece: string, id: number): Alternative {
    const best = this.best(piece), ids = this.best(piece, id);
    const isOther = best.length > 1;
    return { isOther, ids: isOther ? [] : ids };
  }

  /** The pieces that stand in a word, in order of where they begin. */
  #nodes(word: string): Node[] {
    const nodes: Node[] = [];
    for (let start = 0; start < word.length;) {
      const next = start + ((word.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
      let isSpelled = false;
      this.#trie.matches(word, start, (id, end) => {
        nodes.push({ start, end, id, score: this.#scores[id] });
        isSpelled ||= end === next;
      });
      if (!isSpelled) nodes.push({ start, end: next, id: UNKNOWN, score: this.#unknownScore });
      start = next;
    }
    return nodes;
  }
}

interface Node {
  readonly start: number;
  readonly end: number;
  readonly id: number;
  readonly score: number;
}

function logSumExp(x: number, y: number): number {
  const most = Math.max(x, y);
  return most === -Infinity ? most : most + Math.log1p(Math.exp(Math.min(x, y) - most));
}
