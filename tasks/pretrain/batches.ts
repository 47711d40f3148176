// Batches of about as many tokens each, however long their texts are: an optimizer's step is then of one size.

import type { RowSource, Sampler } from "../../lib/data/mod.ts";
import { Random } from "../../lib/tensor/mod.ts";

/** One batch: the numbers of its texts. */
export type TextNumbers = { readonly texts: readonly number[] };

/**
 * A source whose rows are whole batches, and the sampler that orders them: batch `b` of epoch `e` has the number e · length + b. Which texts
 * it holds follows from that number and the seed, so a run that goes on needs to know no more than where it stands.
 */
export class TokenBatches implements RowSource, Sampler {
  readonly length: number;
  readonly #lengths: Uint32Array;
  readonly #tokens: number;
  #epoch = -1;
  #batches: number[][] = [];

  /** @param starts where each text begins among all tokens, and the end of the last */
  constructor(starts: Uint32Array, tokensPerBatch: number, readonly seed: number) {
    this.#lengths = Uint32Array.from({ length: starts.length - 1 }, (_, i) => starts[i + 1] - starts[i]);
    this.#tokens = starts.at(-1) ?? 0;
    this.length = Math.max(1, Math.round(this.#tokens / tokensPerBatch));
  }

  order(epoch: number): Int32Array {
    return Int32Array.from({ length: this.length }, (_, batch) => epoch * this.length + batch);
  }

  at(number: number): TextNumbers {
    const epoch = Math.floor(number / this.length);
    if (epoch !== this.#epoch) [this.#epoch, this.#batches] = [epoch, this.#cut(epoch)];
    return { texts: this.#batches[number % this.length] };
  }

  /** All texts in the random order of an epoch, cut into batches where the tokens so far reach the next multiple. */
  #cut(epoch: number): number[][] {
    const batches = Array.from({ length: this.length }, (): number[] => []);
    let before = 0;
    for (
      const text of new Random(new Random(this.seed).bits() + Math.imul(epoch, 0x9e3779b9)).permutation(
        this.#lengths.length,
      )
    ) {
      batches[Math.floor(before * this.length / this.#tokens)].push(text);
      before += this.#lengths[text];
    }
    return batches;
  }
}
