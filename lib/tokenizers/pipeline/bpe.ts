// Byte-pair encoding (Sennrich et al. 2016): start from characters, merge the pair that training merged first, again and
// again. Our own, on typed arrays and a heap: the package's BPE takes half a minute and gigabytes for a word of 10 MB and
// returns strings, so that what was unknown cannot be told from the rest.
import { type Fields, show } from "../fields.ts";
import { Heap } from "../heap.ts";
import type { Model, Pieces } from "./model.ts";
import { PairMap } from "./pair_map.ts";

// A rank and a place in the word in one number below 2^53, so that numbers compare by rank and then by place.
const PLACES = 2 ** 28;

export function createBpe(config: Fields, vocab: ReadonlyMap<string, number>): Model {
  if (config.boolean("byte_fallback", false)) throw new Error(`${config.where}: byte_fallback is not supported.`);
  const prefix = config.string("continuing_subword_prefix", ""), suffix = config.string("end_of_word_suffix", "");
  const ignoresMerges = config.boolean("ignore_merges", false), fusesUnknown = config.boolean("fuse_unk", false);
  const unknownId = config.has("unk_token") ? vocab.get(config.string("unk_token")) : undefined;
  const tokenOf = new Map([...vocab].map(([token, id]) => [id, token]));
  const { rankOf, mergedOf } = readMerges(config, vocab, prefix);

  function cut(word: string): Pieces {
    const whole = ignoresMerges ? vocab.get(word) : undefined;
    if (whole !== undefined) return { ids: [whole], tokens: [word], ends: [word.length] };
    const { symbols, ends } = spell(word);
    const alive = merge(symbols, rankOf, mergedOf);
    const ids = alive.map((at) => symbols[at]);
    // A merged symbol ends where the symbol before the next one alive ends.
    return {
      ids,
      tokens: ids.map((id) => tokenOf.get(id) ?? ""),
      ends: alive.map((_, i) => ends[(alive[i + 1] ?? symbols.length) - 1]),
    };
  }

  /** The ids of a word's characters, and where each ends. What the vocabulary lacks is the unknown token, or nothing. */
  function spell(word: string): { symbols: number[]; ends: number[] } {
    const symbols: number[] = [], ends: number[] = [];
    let end = 0, wasUnknown = false;
    for (const character of word) {
      const start = end;
      end += character.length;
      const id = vocab.get((start > 0 ? prefix : "") + character + (end === word.length ? suffix : ""));
      if (id === undefined && wasUnknown && fusesUnknown) {
        ends[ends.length - 1] = end;
      } else if (id !== undefined || unknownId !== undefined) {
        symbols.push(id ?? unknownId ?? 0);
        ends.push(end);
      }
      wasUnknown = id === undefined && unknownId !== undefined;
    }
    return { symbols, ends };
  }

  return { vocab, cut };
}

/** Merges symbols in place and returns the places of those that are left. */
function merge(symbols: number[], rankOf: PairMap, mergedOf: readonly number[]): number[] {
  const { length } = symbols;
  if (length < 2) return symbols.map((_, at) => at);
  const next = Int32Array.from(symbols, (_, at) => at + 1), previous = Int32Array.from(symbols, (_, at) => at - 1);
  const isGone = new Uint8Array(length);
  const queue = new Heap<number>((a, b) => a < b);
  const enqueue = (left: number, right: number) => {
    const rank = rankOf.get(symbols[left], symbols[right]);
    if (rank >= 0) queue.push(rank * PLACES + left);
  };
  for (let at = 1; at < length; at++) enqueue(at - 1, at);
  for (let first = queue.pop(); first !== undefined; first = queue.pop()) {
    const at = first % PLACES, right = next[at], merged = mergedOf[Math.floor(first / PLACES)];
    if (isGone[at] || right === length) continue;
    const rank = rankOf.get(symbols[at], symbols[right]);
    if (rank < 0 || mergedOf[rank] !== merged) continue; // this place has changed since it was queued
    symbols[at] = merged;
    isGone[right] = 1;
    next[at] = next[right];
    if (next[at] < length) {
      previous[next[at]] = at;
      enqueue(at, next[at]);
    }
    if (previous[at] >= 0) enqueue(previous[at], at);
  }
  const alive: number[] = [];
  for (let at = 0; at < length; at = next[at]) alive.push(at);
  return alive;
}

/** The merges by pair of ids, in their order, and the id that each makes. */
function readMerges(config: Fields, vocab: ReadonlyMap<string, number>, prefix: string) {
  const merges = config.list("merges"), rankOf = new PairMap(), mergedOf: number[] = [];
  merges.forEach((entry, rank) => {
    const [left, right] = typeof entry === "string" ? entry.split(" ") : Array.isArray(entry) ? entry : [];
    const isPair = typeof left === "string" && typeof right === "string";
    const merged = isPair
      ? vocab.get(left + (right.startsWith(prefix) ? right.slice(prefix.length) : right))
      : undefined;
    const a = vocab.get(left), b = vocab.get(right);
    if (a === undefined || b === undefined || merged === undefined) {
      throw new Error(`${config.where}.merges[${rank}] is ${show(entry)}; expected two tokens of the vocabulary.`);
    }
    rankOf.set(a, b, rank);
    mergedOf.push(merged);
  });
  return { rankOf, mergedOf };
}
