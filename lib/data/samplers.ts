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
