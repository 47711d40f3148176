// The order in which a loader takes rows. A sampler has no state but its seed: the order of an epoch is a function of its number, so a
// run that goes on in the middle of epoch 3 asks for the order of epoch 3 again.

import { Random } from "../tensor/mod.ts";
import { seedOr } from "./train_test.ts";

export interface Sampler {
  /** Rows in an epoch. */
  readonly length: number;
  /** The rows of an epoch, in order; epochs count from 0. */
  order(epoch: number): ArrayLike<number>;
}

/** Every row once, in a new random order each epoch. */
export class RandomSampler implements Sampler {
  readonly length: number;
  /** Together with `length` all that is needed to get the same orders again. */
  readonly seed: number;

  /** Without a seed the global stream decides, which `setSeed` starts. */
  constructor(length: number, seed?: number) {
    this.length = length;
    this.seed = seedOr(seed);
  }

  order(epoch: number): Int32Array {
    // the seed of the epoch is drawn from a stream of its own: seeds 1 and 2 share no epoch's order
    return new Random(new Random(this.seed).bits() + Math.imul(epoch, 0x9e3779b9)).permutation(this.length);
  }
}

/** Every row once, in the order of the set. */
export class SequentialSampler implements Sampler {
  constructor(readonly length: number) {}

  order(): Int32Array {
    return Int32Array.from({ length: this.length }, (_, row) => row);
  }
}

export interface LengthGroupedOptions {
  /** Rows in a batch. */
  readonly batchSize: number;
  /** Tokens of each row; default those of the set's `input_ids`. */
  readonly lengths?: ArrayLike<number>;
  readonly dataset?: { column(name: string): readonly ArrayLike<unknown>[] };
  /** The column that is measured; default "input_ids". */
  readonly modelInputName?: string;
  /** Without a seed the global stream decides, which `setSeed` starts. */
  readonly seed?: number;
}

/** Every row once, rows of about one length beside each other and yet at random: little padding (Trainer's `groupByLength`). */
export class LengthGroupedSampler implements Sampler {
  readonly length: number;
  readonly seed: number;
  readonly #batchSize: number;
  readonly #lengths: ArrayLike<number>;

  /** @throws TypeError where neither lengths nor a set is given */
  constructor({ batchSize, lengths, dataset, modelInputName = "input_ids", seed }: LengthGroupedOptions) {
    const measured = lengths ?? dataset?.column(modelInputName).map((ids) => ids.length);
    if (!measured) throw new TypeError("LengthGroupedSampler: give it lengths, or a dataset with token ids.");
    this.#lengths = measured;
    this.#batchSize = batchSize;
    this.length = measured.length;
    this.seed = seedOr(seed);
  }

  order(epoch: number): Int32Array {
    return groupedByLength(new RandomSampler(this.length, this.seed).order(epoch), this.#lengths, this.#batchSize);
  }
}

/**
 * A random order with each stretch of 50 batches (of fewer where the set is small) sorted by length, longest first; the longest row of
 * all comes first, so that a lack of memory shows at once. As Transformers' get_length_grouped_indices.
 */
export function groupedByLength(order: Int32Array, lengths: ArrayLike<number>, batchSize: number): Int32Array {
  const batches = Math.max(1, Math.min(50, Math.floor(order.length / (batchSize * 4))));
  const grouped = new Int32Array(order.length);
  let [longest, firstOfLongest] = [-1, 0];
  for (let start = 0; start < order.length; start += batches * batchSize) {
    const stretch = Array.from(order.subarray(start, start + batches * batchSize)).sort((a, b) =>
      lengths[b] - lengths[a]
    );
    grouped.set(stretch, start);
    if (lengths[stretch[0]] > longest) [longest, firstOfLongest] = [lengths[stretch[0]], start];
  }
  if (order.length > 0) [grouped[0], grouped[firstOfLongest]] = [grouped[firstOfLongest], grouped[0]];
  return grouped;
}
