// IterableDataset: rows one after the other, for sets that do not fit into memory. Nothing is read before a loop asks; each loop reads
// anew. It has no length and no row numbers; what needs those needs a Dataset.

import { Random } from "../tensor/mod.ts";
import type { Batch, Cell, Columns, Row } from "./cell.ts";
import { type Features } from "./features.ts";
import { typedColumns } from "./formats.ts";
import type { MapOptions, Mapped } from "./map.ts";
import { pace } from "./pace.ts";
import type { SourceFile } from "./source.ts";
import { SplitDict } from "./split_dict.ts";
import { dataSurroundings, throwIfStopped } from "./surroundings.ts";
import { seedOr } from "./train_test.ts";

type Awaitable<T> = T | Promise<T>;
type StreamMapOptions = Pick<MapOptions, "batched" | "batchSize" | "withIndices" | "removeColumns">;

/** Rows that are read as they are asked for: `for await (const row of stream)`. */
export class IterableDataset implements AsyncIterable<Row> {
  readonly #rows: (epoch: number) => AsyncIterable<Row>;
  #epoch = 0;

  /** `rows` starts anew at each call; it is told the epoch, which shuffling may need. */
  constructor(rows: (epoch: number) => AsyncIterable<Row>) {
    this.#rows = rows;
  }

  /** Where the user stops the loop, the next row is a DOMException "AbortError". */
  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    using interrupt = dataSurroundings().listenForInterrupt();
    let done = 0;
    for await (const row of this.#rows(this.#epoch)) {
      throwIfStopped(interrupt.signal, "IterableDataset", () => `${done} rows`);
      yield row;
      done++;
      await pace();
    }
    interrupt.finish();
  }

  /** The epoch of the next loop: shuffled rows come in an order of their own in each. */
  setEpoch(epoch: number): void {
    this.#epoch = epoch;
  }

  /** The first `n` rows; no more are read. */
  take(n: number): IterableDataset {
    const rows = this.#rows;
    return new IterableDataset(async function* (epoch) {
      let left = n;
      if (left <= 0) return;
      for await (const row of rows(epoch)) {
        yield row;
        if (--left === 0) return;
      }
    });
  }

  /** All but the first `n` rows. */
  skip(n: number): IterableDataset {
    return this.#numbered((row, i) => i < n ? [] : [row]);
  }

  /** The rows for which `keep` says true. */
  filter(keep: (row: Row, index: number) => Awaitable<boolean>): IterableDataset {
    return this.#numbered(async (row, i) => await keep(row, i) ? [row] : []);
  }

  /** New or changed columns from a function of each row, or of each batch (1000 rows) with `batched: true`. */
  map(
    fn: (batch: Batch, indices: Cell) => Awaitable<Mapped>,
    options: StreamMapOptions & { batched: true },
  ): IterableDataset;
  map(fn: (row: Row, index: Cell) => Awaitable<Mapped>, options?: StreamMapOptions): IterableDataset;
  map(fn: (input: Cell, index: Cell) => Awaitable<Mapped>, options: StreamMapOptions = {}): IterableDataset {
    const { batched = false, batchSize = 1000, withIndices = false, removeColumns = [] } = options;
    const removed = [removeColumns].flat();
    const kept = (columns: Row) =>
      Object.fromEntries(Object.entries(columns).filter(([name]) => !removed.includes(name)));
    if (!batched) {
      return this.#numbered(async (
        row,
        i,
      ) => [{ ...kept(row), ...await (withIndices ? fn(row, i) : fn(row, undefined)) }]);
    }
    return this.batch(batchSize).#numbered(async (batch, i) => {
      const first = i * batchSize;
      const indices = Array.from({ length: Object.values(batch).at(0)?.length ?? 0 }, (_, at) => first + at);
      return rowsOf({ ...kept(batch), ...await (withIndices ? fn(batch, indices) : fn(batch, undefined)) });
    });
  }

  /**
   * Random order from a buffer: each row leaves it at random and the next one takes its place. The larger the buffer, the closer to a
   * true shuffle. Without a seed, `setSeed` decides.
   */
  shuffle({ seed, bufferSize = 1000 }: { readonly seed?: number; readonly bufferSize?: number } = {}): IterableDataset {
    if (!Number.isInteger(bufferSize) || bufferSize < 1) {
      throw new RangeError(`shuffle: bufferSize is ${bufferSize}; it must be a whole number, 1 or more.`);
    }
    const rows = this.#rows;
    const first = seedOr(seed);
    return new IterableDataset(async function* (epoch) {
      const random = new Random(first + Math.imul(epoch, 0x9e3779b9));
      const buffer: Row[] = [];
      for await (const row of rows(epoch)) {
        if (buffer.length < bufferSize) {
          buffer.push(row);
          continue;
        }
        const at = random.integer(bufferSize);
        yield buffer[at];
        buffer[at] = row;
      }
      for (const at of random.permutation(buffer.length)) yield buffer[at];
    });
  }

  /** Batches by column: `{ text: ["…", "…"] }`; the last one may be shorter, or left out. */
  batch(batchSize: number, { dropLastBatch = false }: { readonly dropLastBatch?: boolean } = {}): IterableDataset {
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new RangeError(`batch: batchSize is ${batchSize}; it must be a whole number, 1 or more.`);
    }
    const rows = this.#rows;
    return new IterableDataset(async function* (epoch) {
      let batch: Row[] = [];
      for await (const row of rows(epoch)) {
        batch.push(row);
        if (batch.length < batchSize) continue;
        yield byColumn(batch);
        batch = [];
      }
      if (batch.length > 0 && !dropLastBatch) yield byColumn(batch);
    });
  }

  toString(): string {
    return "IterableDataset({ rows are read as they are asked for })";
  }

  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  #numbered(change: (row: Row, index: number) => Awaitable<Row[]>): IterableDataset {
    const rows = this.#rows;
    return new IterableDataset(async function* (epoch) {
      let index = 0;
      for await (const row of rows(epoch)) yield* await change(row, index++);
    });
  }
}

/** The splits of a set that is streamed. */
export class IterableDatasetDict extends SplitDict<IterableDataset> {}

/** The rows of files, typed as the caller, the files or the first stretch say. @throws TypeError where a later value is not of its type */
export async function* streamedRows(
  files: readonly SourceFile[],
  wanted: Features | undefined,
  stretches: (file: SourceFile) => AsyncIterable<Columns>,
): AsyncGenerator<Row, void, undefined> {
  let features = wanted;
  for (const file of files) {
    const stated = features ? {} : await file.format.statedFeatures?.(await file.locate()) ?? {};
    for await (const stretch of stretches(file)) {
      const typed = typedColumns(file.format, stretch, stated, features);
      features ??= typed.features;
      for (const row of rowsOf(typed.columns)) {
        yield Object.fromEntries(
          Object.entries(features).map((
            [name, feature],
          ) => [name, encoded(file, name, () => feature.encode(row[name]))]),
        );
      }
    }
  }
}

function encoded(file: SourceFile, column: string, encode: () => Cell): Cell {
  try {
    return encode();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TypeError(
      `"${file.name}": column "${column}": ${reason} A stream's types are those of its first rows; give others as features.`,
    );
  }
}

function rowsOf(columns: Columns): Row[] {
  const entries = Object.entries(columns);
  const length = entries.at(0)?.[1].length ?? 0;
  const odd = entries.find(([, values]) => values.length !== length);
  if (odd) {
    throw new RangeError(
      `Column "${odd[0]}" has ${odd[1].length} values and "${
        entries[0][0]
      }" has ${length}; name the others in removeColumns.`,
    );
  }
  return Array.from({ length }, (_, i) => Object.fromEntries(entries.map(([name, values]) => [name, values[i]])));
}

const byColumn = (rows: readonly Row[]): Batch =>
  Object.fromEntries(Object.keys(rows[0]).map((name) => [name, rows.map((row) => row[name])]));
