// A bigram model of the texts, which proposes tokens that fit what stands before them, if nothing else: the small generator of ELECTRA
// (Clark et al. 2020, section 2), made by counting.

import { globalRandom } from "../../lib/tensor/mod.ts";
import type { Encoded } from "./encoded.ts";

export class Bigrams {
  /** The tokens seen after each token, as often as they were seen: those after token t lie from #starts[t] to #starts[t + 1]. */
  readonly #followers: Uint16Array;
  readonly #starts: Uint32Array;

  /** @param special tokens that are never proposed */
  constructor({ ids, starts, rows }: Encoded, vocabSize: number, special: readonly number[]) {
    const isProposed = new Uint8Array(vocabSize).fill(1);
    for (const id of special) isProposed[id] = 0;
    const pairs = function* () {
      for (let row = 0; row < rows; row++) {
        for (let at = starts[row] + 1; at < starts[row + 1]; at++) {
          if (isProposed[ids[at]]) yield [ids[at - 1], ids[at]];
        }
      }
    };
    const counts = new Uint32Array(vocabSize + 1);
    for (const [before] of pairs()) counts[before + 1]++;
    for (let id = 0; id < vocabSize; id++) counts[id + 1] += counts[id];
    this.#starts = counts;
    this.#followers = new Uint16Array(counts[vocabSize]);
    const filled = counts.slice();
    for (const [before, after] of pairs()) this.#followers[filled[before]++] = after;
  }

  /** A token, as likely as it was seen after `before`; undefined where none was. Drawn from the global stream. */
  draw(before: number): number | undefined {
    const start = this.#starts[before], count = this.#starts[before + 1] - start;
    return count === 0 ? undefined : this.#followers[start + globalRandom.integer(count)];
  }
}
