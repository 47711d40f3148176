// Padding is free: a model works on the real tokens only, one sequence after the other, and puts results back into their padded shape
// where that is asked for. Design: tokens (tokens, hidden) with segments for attention, instead of (batch, length, hidden) with a mask.

import { apply } from "../autograd/mod.ts";
import { embedding } from "../ops/mod.ts";
import { type Tensor, tensor } from "../tensor/mod.ts";

/** Where the real tokens of a padded batch lie. */
export interface Packing {
  readonly batch: number;
  /** Padded length. */
  readonly length: number;
  /** Place of each token in the padded batch, row · length + column. */
  readonly places: Int32Array;
  /** Row of the token at column 0 of each sequence (batch). */
  readonly first: Tensor;
  readonly heads: number;
  /** For attention (batch, 5); see the kernel table. */
  readonly segments: Tensor;
  /** Numbers in all probability matrices of all heads. */
  readonly probabilities: number;
}

/**
 * Packs a batch by its attention mask (batch, length), 1 where a token is real. The token at column 0 is kept even where the mask is 0 there
 * (left padding), as heads read it: it sees the real tokens and is seen by none, exactly as in the padded computation.
 */
export function pack(mask: ArrayLike<number>, batch: number, length: number, heads: number): Packing {
  const places: number[] = [];
  const first = new Int32Array(batch);
  const segments = new Int32Array(batch * 5);
  let probabilities = 0;
  for (let row = 0; row < batch; row++) {
    const start = places.length;
    for (let column = 0; column < length; column++) if (mask[row * length + column]) places.push(row * length + column);
    const keys = places.length - start;
    first[row] = start;
    if (!mask[row * length]) {
      first[row] = places.length;
      places.push(row * length);
    }
    const queries = places.length - start;
    segments.set([start, queries, start, keys, probabilities], row * 5);
    probabilities += heads * queries * keys;
  }
  return {
    batch,
    length,
    heads,
    places: Int32Array.from(places),
    first: tensor(first),
    segments: tensor(segments, [batch, 5]),
    probabilities,
  };
}

/** Selects values of a padded (batch, length) array for the packed tokens. */
export function packValues(values: ArrayLike<number>, packing: Packing): Tensor {
  return tensor(packing.places.map((place) => values[place]));
}

/** (tokens, hidden) -> (batch, length, hidden), zeros at padded places. */
export function unpack(x: Tensor, packing: Packing, mask: ArrayLike<number>): Tensor {
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
  const segments = packing.segments.hostData!;
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
