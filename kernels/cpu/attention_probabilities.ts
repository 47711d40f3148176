// p = softmax(scale q kᵀ) over each head of each sequence (Vaswani et al. 2017). A dropped probability keeps its size
// with the sign bit set. Causal: query i sees keys 0 … i + keys - queries; a row that sees no key is all zeros.

import { firstKey, firstProbability, firstQuery, headRowsBefore, headsFrom, keysOf, queriesOf } from "./heads";
import { productBatch } from "./product";
import { counters, hash, keepsFirst, keepsLast, nextCounters, roundUp8 } from "./random";
import { softmaxRow } from "./rows";
import { loadPart, storePart, zero } from "./vectors";

export function attention_probabilities(
  q: usize,
  k: usize,
  segments: usize,
  p: usize,
  sequences: u32,
  heads: u32,
  headSize: u32,
  longestQueries: u32,
  longestKeys: u32,
  scale: f32,
  causal: u32,
  threshold: u32,
  keepScale: f32,
  seed: u32,
  begin: u32,
  end: u32,
): void {
  const hidden = heads * headSize;
  for (let unit = begin, count: u32 = 0; unit < end; unit += count) {
    const sequence = unit / heads;
    const head = unit % heads;
    count = headsFrom(unit, end, heads);
    const queries = queriesOf(segments, sequence);
    const keys = keysOf(segments, sequence);
    const to = p + (firstProbability(segments, sequence, head) << 2);
    const fromQ = q + (firstQuery(segments, sequence) * hidden + head * headSize << 2);
    const fromK = k + (firstKey(segments, sequence) * hidden + head * headSize << 2);
    productBatch(
      false,
      true,
      queries,
      keys,
      headSize,
      scale,
      fromQ,
      hidden,
      headSize,
      fromK,
      hidden,
      headSize,
      0,
      to,
      keys,
      queries * keys,
      count,
    );
    const rows = count * queries;
    for (let row: u32 = 0; row < rows; row++) {
      const at = to + (row * keys << 2);
      if (causal) causalSoftmaxRow(at, keys, row % queries + keys - queries + 1);
      else softmaxRow(at, at, keys);
    }
    if (threshold == 0) continue;
    const firstRow = headRowsBefore(segments, sequence, heads) + head * queries;
    const blocks = roundUp8(keys) >> 3;
    for (let row: u32 = 0; row < rows; row++) {
      markDropped(to + (row * keys << 2), keys, threshold, counters(seed, (firstRow + row) * blocks));
    }
  }
}

/** `visible` may be negative as well as more than `keys`. */
function causalSoftmaxRow(at: usize, keys: u32, visible: i32): void {
  const seen = u32(max(0, min(visible, i32(keys))));
  if (seen > 0) softmaxRow(at, at, seen);
  memory.fill(at + (seen << 2), 0, keys - seen << 2);
}

function markDropped(row: usize, keys: u32, threshold: u32, firstCounters: v128): void {
  const limit = i32x4.splat(threshold);
  const sign = f32x4.splat(-0.0);
  let counter = firstCounters;
  const stop = row + (keys << 2);
  for (; row + 32 <= stop; row += 32) {
    const h = hash(counter);
    counter = nextCounters(counter);
    v128.store(row, v128.or(v128.load(row), v128.andnot(sign, keepsFirst(h, limit))));
    v128.store(row, v128.or(v128.load(row, 16), v128.andnot(sign, keepsLast(h, limit))), 16);
  }
  if (row == stop) return;
  const h = hash(counter);
  const left = u32(stop - row) >> 2;
  storePart(row, left, v128.or(loadPart(row, left, zero()), v128.andnot(sign, keepsFirst(h, limit))));
  if (left <= 4) return;
  const last = loadPart(row + 16, left - 4, zero());
  storePart(row + 16, left - 4, v128.or(last, v128.andnot(sign, keepsLast(h, limit))));
}
