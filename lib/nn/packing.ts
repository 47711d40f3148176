// Padding is free: a model works on the real tokens only, one sequence after the other, and puts results back into their padded shape
// where that is asked for. Design: tokens (tokens, hidden) with segments for attention, instead of (batch, length, hidden) with a mask.

import { apply } from "../autograd/mod.ts";
import { embedding } from "../ops/mod.ts";
import { type Tensor, tensor } from "../tensor/mod.ts";

/** Which rows attend to which: what the attention op takes, see the kernel table. */
export interface AttentionRows {
  /** (batch, 5) */
  readonly segments: Tensor;
  /** Numbers in all probability matrices of all heads. */
  readonly probabilities: number;
}

/** Where the real tokens of a padded batch lie. */
export interface Packing {
  readonly batch: number;
  /** Padded length. */
  readonly length: number;
  readonly heads: number;
  /** Place of each token in the padded batch, row · length + column. */
  readonly places: Int32Array;
  /** Row of the token at column 0 of each sequence (batch). */
  readonly first: Tensor;
  /** Every token attends to its sequence. */
  readonly all: AttentionRows;
}

/** Whether what stands on a model reads the token at a place of the padded batch, row · length + column. */
export type IsRead = (place: number, column: number) => boolean;

/** The tokens that are read, out of a packed batch: a last layer need compute no others. */
export interface ReadTokens {
  /** Their rows among the packed tokens (n). */
  readonly rows: Tensor;
  /** Their places in the padded batch (n). */
  readonly places: Int32Array;
  /** They attend to their sequences, with queries (n, hidden). */
  readonly attention: AttentionRows;
}

/**
 * Packs a batch by its attention mask (batch, length), 1 where a token is real. What a head reads is kept even where the mask is 0: the token
 * at column 0 (left padding) and those that `isRead` names. They see the real tokens and are seen by none, exactly as in the padded computation.
 */
export function pack(
  mask: ArrayLike<number>,
  batch: number,
  length: number,
  heads: number,
  isRead: IsRead = () => false,
): Packing {
  const places: number[] = [];
  const first: number[] = [];
  const all = new SegmentList(heads);
  for (let row = 0; row < batch; row++) {
    const start = places.length;
    const columns = Array.from({ length }, (_, column) => row * length + column);
    places.push(...columns.filter((place) => mask[place]));
    const keys = places.length - start;
    first.push(mask[row * length] ? start : places.length);
    places.push(...columns.filter((place, column) => !mask[place] && (column === 0 || isRead(place, column))));
    all.add(start, places.length - start, start, keys);
  }
  return {
    batch,
    length,
    heads,
    places: Int32Array.from(places),
    first: tensor(Int32Array.from(first)),
    all: all.rows(),
  };
}

/** Which of the packed tokens are read, and what they attend to. A sequence of which nothing is read keeps its keys. */
export function readTokens({ batch, length, heads, places, all }: Packing, isRead: IsRead): ReadTokens {
  const segments = new SegmentList(heads), rows: number[] = [];
  for (let row = 0; row < batch; row++) {
    const [start, tokens, , keys] = all.segments.hostData!.subarray(row * 5, row * 5 + 5);
    const read = Array.from({ length: tokens }, (_, i) => start + i)
      .filter((token) => isRead(places[token], places[token] % length));
    segments.add(rows.length, read.length, start, keys);
    rows.push(...read);
  }
  return {
    rows: tensor(Int32Array.from(rows)),
    places: Int32Array.from(rows, (token) => places[token]),
    attention: segments.rows(),
  };
}

/** Sequences that lie one after the other, given how many queries and keys each has. */
export function attentionRows(lengths: readonly (readonly [number, number])[], heads: number): AttentionRows {
  const segments = new SegmentList(heads);
  let [firstQuery, firstKey] = [0, 0];
  for (const [queries, keys] of lengths) {
    segments.add(firstQuery, queries, firstKey, keys);
    firstQuery += queries;
    firstKey += keys;
  }
  return segments.rows();
}

/** Collects the segments of sequences whose probabilities lie one after the other. */
class SegmentList {
  readonly #values: number[] = [];
  #probabilities = 0;

  constructor(readonly heads: number) {}

  add(firstQuery: number, queries: number, firstKey: number, keys: number): void {
    this.#values.push(firstQuery, queries, firstKey, keys, this.#probabilities);
    this.#probabilities += this.heads * queries * keys;
  }

  rows(): AttentionRows {
    const segments = tensor(Int32Array.from(this.#values), [this.#values.length / 5, 5]);
    return { segments, probabilities: this.#probabilities };
  }
}

/** Selects values of a padded (batch, length) array for the packed tokens. */
export function packValues(values: ArrayLike<number>, packing: Packing): Tensor {
  return tensor(packing.places.map((place) => values[place]));
}

/** (tokens, hidden) -> (batch, length, hidden), zeros at padded places. The memory is that of x where nothing is padded. */
export function unpack(x: Tensor, packing: Packing, mask: ArrayLike<number>): Tensor {
  if (Array.prototype.every.call(mask, (value) => value !== 0)) {
    return x.reshape([packing.batch, packing.length, x.shape[1]]);
  }
  const rows = new Int32Array(packing.batch * packing.length).fill(-1);
  packing.places.forEach((place, row) => {
    if (mask[place]) rows[place] = row;
  });
  const padded = apply(embedding, [x, tensor(rows)], { paddingIndex: -1 });
  return padded.reshape([packing.batch, packing.length, x.shape[1]]);
}

/** Packed probabilities of all heads -> (batch, heads, length, length), zeros where a query or key is padding. */
export function unpackProbabilities(p: Tensor, packing: Packing, mask: ArrayLike<number>): Tensor {
  const { batch, length, heads, places } = packing;
  const segments = packing.all.segments.hostData!;
  const source = new Int32Array(batch * heads * length * length).fill(-1);
  for (let row = 0; row < batch; row++) {
    const [start, queries, , keys, first] = segments.subarray(row * 5, row * 5 + 5);
    for (let head = 0; head < heads; head++) {
      for (let query = 0; query < queries; query++) {
        if (!mask[places[start + query]]) continue;
        for (let key = 0; key < keys; key++) {
          const [from, to] = [places[start + query] % length, places[start + key] % length];
          source[((row * heads + head) * length + from) * length + to] = first +
            (head * queries + query) * keys + key;
        }
      }
    }
  }
  const padded = apply(embedding, [p.reshape([p.size, 1]), tensor(source)], { paddingIndex: -1 });
  return padded.reshape([batch, heads, length, length]);
}

/** Rows of a matrix by number: x (rows, hidden), rows int32 (n) -> (n, hidden). */
export function selectRows(x: Tensor, rows: Tensor): Tensor {
  return apply(embedding, [x, rows], { paddingIndex: -1 });
}
