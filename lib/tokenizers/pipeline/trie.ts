// A trie over UTF-16 units in flat arrays: quick to build for a vocabulary of 250,000 tokens, and small.
import { PairMap } from "./pair_map.ts";

export class Trie {
  /** From a node and a unit to the next node; the root is 0. */
  readonly #next = new PairMap();
  /** The value of the key that ends at a node, or -1. */
  readonly #values: number[] = [-1];

  /** A trie from each key to its place in the list; of equal keys the last counts. */
  constructor(keys: readonly string[]) {
    keys.forEach((key, value) => this.#add(key, value));
  }

  /** Calls `visit(value, end)` for every key that stands in `text` at `start`, the shortest first. */
  matches(text: string, start: number, visit: (value: number, end: number) => void): void {
    let node = 0;
    for (let at = start; at < text.length; at++) {
      node = this.#next.get(node, text.charCodeAt(at));
      if (node < 0) return;
      if (this.#values[node] >= 0) visit(this.#values[node], at + 1);
    }
  }

  #add(key: string, value: number): void {
    let node = 0;
    for (let i = 0; i < key.length; i++) {
      let next = this.#next.get(node, key.charCodeAt(i));
      if (next < 0) {
        next = this.#values.push(-1) - 1;
        this.#next.set(node, key.charCodeAt(i), next);
      }
      node = next;
    }
    if (node > 0) this.#values[node] = value;
  }
}
