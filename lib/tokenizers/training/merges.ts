// Learning a vocabulary by merging: start from characters, join the most frequent neighbours, again and again (Sennrich et
// al. 2016). The Rust library trains WordPiece the same way, only with ## before what continues a word. Its trainer walks
// hash maps in random order; here everything has an order (words as given, characters by code point), so results repeat.
import { Heap } from "../heap.ts";

export interface MergeOptions {
  /** Training stops at this many tokens. */
  readonly vocabSize: number;
  /** A pair seen less often than this is not merged. */
  readonly minFrequency: number;
  /** First in the vocabulary, in this order. */
  readonly specialTokens: readonly string[];
  /** Characters that are in the vocabulary whether they occur or not. */
  readonly initialAlphabet?: readonly string[];
  /** At most so many characters, the most frequent ones; words lose the others. */
  readonly limitAlphabet?: number;
  /** What marks a token that continues a word, e.g. ##. */
  readonly continuingSubwordPrefix?: string;
}

/** A learned vocabulary: tokens in the order of their ids, and the merges in the order they were made. */
export interface Merges {
  readonly vocab: readonly string[];
  readonly merges: readonly [string, string][];
}

/** A pair of neighbours waiting to be merged, and the words where it stood when it was put in the queue. */
interface Candidate {
  readonly pair: number;
  readonly count: number;
  readonly words: ReadonlySet<number>;
}

/** Learns a vocabulary from words and how often each occurs. */
export function learnMerges(wordCounts: ReadonlyMap<string, number>, options: MergeOptions): Merges {
  const { vocabSize, minFrequency, specialTokens, continuingSubwordPrefix: prefix = "" } = options;
  const vocab: string[] = [], idOf = new Map<string, number>();
  function idFor(token: string): number {
    const known = idOf.get(token);
    if (known !== undefined) return known;
    idOf.set(token, vocab.length);
    return vocab.push(token) - 1;
  }

  specialTokens.forEach(idFor);
  const alphabet = chooseAlphabet(wordCounts, options);
  alphabet.forEach(idFor);
  const words = spell(wordCounts.keys(), new Set(alphabet), prefix, idFor);
  const counts = [...wordCounts.values()];
  const pairCounts = new Map<number, number>();
  const queue = new Heap<Candidate>(comesFirst);
  const found = new Map<number, Set<number>>();

  function note(pair: number, change: 1 | -1, word: number) {
    pairCounts.set(pair, (pairCounts.get(pair) ?? 0) + change * counts[word]);
    if (change < 0) return;
    const places = found.get(pair);
    if (places) places.add(word);
    else found.set(pair, new Set([word]));
  }
  function enqueueFound() {
    for (const [pair, places] of found) {
      const count = pairCounts.get(pair) ?? 0;
      if (count > 0) queue.push({ pair, count, words: places });
    }
    found.clear();
  }

  words.forEach((word, index) => {
    for (let i = 1; i < word.length; i++) note(pairOf(word[i - 1], word[i]), 1, index);
  });
  enqueueFound();
  const merges: [string, string][] = [];
  while (vocab.length < vocabSize) {
    const best = queue.pop();
    if (!best) break;
    const count = pairCounts.get(best.pair) ?? 0;
    if (count !== best.count) {
      queue.push({ ...best, count }); // merges since then took some of its places
      continue;
    }
    if (count < 1 || count < minFrequency) break;
    const left = leftOf(best.pair), right = rightOf(best.pair);
    const merged = idFor(vocab[left] + withoutPrefix(vocab[right], prefix));
    merges.push([vocab[left], vocab[right]]);
    for (const index of best.words) {
      words[index] = mergeIn(words[index], left, right, merged, (pair, change) => note(pair, change, index));
    }
    enqueueFound();
  }
  return { vocab, merges };
}

function chooseAlphabet(wordCounts: ReadonlyMap<string, number>, options: MergeOptions): string[] {
  const frequency = new Map<string, number>();
  for (const [word, count] of wordCounts) {
    for (const character of word) frequency.set(character, (frequency.get(character) ?? 0) + count);
  }
  for (const character of options.initialAlphabet ?? []) frequency.set(character, Infinity);
  const byFrequency = [...frequency].sort(([a, m], [b, n]) => m === n ? byCodePoint(a, b) : n > m ? 1 : -1);
  return byFrequency.slice(0, options.limitAlphabet).map(([character]) => character).sort(byCodePoint);
}

function byCodePoint(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}

/** Words as ids of their characters; those after the first carry the prefix, and join the vocabulary by code point. */
function spell(
  words: Iterable<string>,
  alphabet: ReadonlySet<string>,
  prefix: string,
  idFor: (token: string) => number,
): number[][] {
  const spelled = [...words].map((word) => [...word].filter((character) => alphabet.has(character)));
  const inside = new Set(spelled.flatMap((characters) => characters.slice(1)));
  [...inside].sort(byCodePoint).forEach((character) => idFor(prefix + character));
  return spelled.map((characters) => characters.map((character, i) => idFor(i === 0 ? character : prefix + character)));
}

/** Joins every `left right` of a word, from its start, and tells which pairs went and which came. */
function mergeIn(
  word: readonly number[],
  left: number,
  right: number,
  merged: number,
  note: (pair: number, change: 1 | -1) => void,
): number[] {
  const result: number[] = [];
  for (let i = 0; i < word.length; i++) {
    if (word[i] !== left || word[i + 1] !== right) {
      result.push(word[i]);
      continue;
    }
    const before = result.at(-1), after = word[i + 2];
    if (before !== undefined) {
      note(pairOf(before, left), -1);
      note(pairOf(before, merged), 1);
    }
    if (after !== undefined) {
      note(pairOf(right, after), -1);
      note(pairOf(merged, after), 1);
    }
    result.push(merged);
    i++;
  }
  return result;
}

function withoutPrefix(token: string, prefix: string): string {
  return prefix !== "" && token.startsWith(prefix) ? token.slice(prefix.length) : token;
}

// Two ids in one number, below 2^52; pairs compare as (left, right) do.
const SHIFT = 2 ** 26;
const pairOf = (left: number, right: number): number => left * SHIFT + right;
const leftOf = (pair: number): number => Math.floor(pair / SHIFT);
const rightOf = (pair: number): number => pair % SHIFT;

/** The most frequent pair comes first, and of equals the one with the smaller ids. */
function comesFirst(a: Candidate, b: Candidate): boolean {
  return a.count === b.count ? a.pair < b.pair : a.count > b.count;
}
