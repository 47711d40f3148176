// DataLoader: batches of a set, one after the other, each with a scope of its own.

import { settle } from "../backend/current.ts";
import { openScope } from "../tensor/mod.ts";
import type { Cell, Row } from "./cell.ts";
import { type Collator, defaultDataCollator } from "./collators.ts";
import { pace } from "./pace.ts";
import { RandomSampler, type Sampler, SequentialSampler } from "./samplers.ts";
import type { TensorBatch } from "./stacking.ts";
import { dataSurroundings, throwIfStopped } from "./surroundings.ts";

/** What a loader reads: a Dataset, an array of rows, or a class of your own with `length` and `at(row)`. */
export interface RowSource {
  readonly length: number;
  at(row: number): Row | undefined;
  /** Several rows at once, where a set can do that better than one by one. */
  getRows?(rows: ArrayLike<number>): Row[];
}

export interface DataLoaderOptions<B> {
  readonly dataset: RowSource;
  /** Rows in a batch; default 1. */
  readonly batchSize?: number;
  /** A new order each epoch; default false. */
  readonly shuffle?: boolean;
  /** Decides the orders; without it the global stream does, which `setSeed` starts. */
  readonly seed?: number;
  /** An order of another kind, instead of `shuffle` and `seed`. */
  readonly sampler?: Sampler;
  /** Makes a batch of rows; default `defaultDataCollator`. */
  readonly collateFn?: Collator<B>;
  /** Leaves out a last batch that is not full; default false. */
  readonly dropLast?: boolean;
}

/** Where to start. The order of an epoch is a function of its number, so this is all there is to resume. */
export interface Position {
  /** Counted from 0. */
  readonly epoch: number;
  /** Batches of that epoch that are done; default 0. */
  readonly skipBatches?: number;
}

/**
 * `for await (const batch of loader)` goes through one epoch; the next such loop is the next epoch. What tensors are made until the next
 * batch is asked for, the batch's own included, are freed then, or when the loop ends in any way; `keep(tensor)` saves one.
 */
export class DataLoader<B = TensorBatch> implements AsyncIterable<B> {
  readonly dataset: RowSource;
  readonly batchSize: number;
  readonly sampler: Sampler;
  readonly #collate: Collator<B>;
  readonly #dropLast: boolean;
  #nextEpoch = 0;

  /** @throws RangeError for an impossible batch size or a set without rows */
  constructor(
    { dataset, batchSize = 1, shuffle = false, seed, sampler, collateFn, dropLast = false }: DataLoaderOptions<B>,
  ) {
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new RangeError(`DataLoader: batchSize is ${batchSize}; it must be a whole number, 1 or more.`);
    }
    if (!(dataset.length > 0)) throw new RangeError("DataLoader: the set has no rows; give one that has.");
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.sampler = sampler ??
      (shuffle ? new RandomSampler(dataset.length, seed) : new SequentialSampler(dataset.length));
    // without a collateFn B is TensorBatch
    const standard: Collator<Cell> = defaultDataCollator;
    this.#collate = collateFn ?? standard;
    this.#dropLast = dropLast;
  }

  /** Batches in an epoch. */
  get length(): number {
    const batches = this.sampler.length / this.batchSize;
    return this.#dropLast ? Math.floor(batches) : Math.ceil(batches);
  }

  /** The next epoch. Where the user stops the loop, the next batch is a DOMException "AbortError". */
  [Symbol.asyncIterator](): AsyncGenerator<B, void, undefined> {
    return this.#untilStopped(this.#nextEpoch++);
  }

  async *#untilStopped(epoch: number): AsyncGenerator<B, void, undefined> {
    using interrupt = dataSurroundings().listenForInterrupt();
    let done = 0;
    for await (const batch of this.iterate({ epoch })) {
      throwIfStopped(interrupt.signal, "DataLoader", () => `${done} of ${this.length} batches`);
      yield batch;
      done++;
    }
    interrupt.finish();
  }

  /** The batches of one epoch from a position on; the rows before it are not touched. */
  async *iterate({ epoch, skipBatches = 0 }: Position): AsyncGenerator<B, void, undefined> {
    const order = this.sampler.order(epoch);
    for (let batch = skipBatches; batch < this.length; batch++) {
      await pace();
      const start = batch * this.batchSize;
      const numbers = Array.from(
        { length: Math.min(this.batchSize, order.length - start) },
        (_, i) => order[start + i],
      );
      const rows = this.dataset.getRows?.(numbers) ?? numbers.map((row) => this.#row(row));
      const scope = openScope();
      try {
        yield await this.#collate(rows);
      } finally {
        scope.close();
      }
      await settle(); // a fast host must not queue steps on a GPU without end
    }
  }

  #row(row: number): Row {
    const found = this.dataset.at(row);
    if (found !== undefined) return found;
    throw new RangeError(`DataLoader: the set has no row ${row}, but its length is ${this.dataset.length}.`);
  }
}
