// ds = scale |p| (dp - Σ |p| dp) with dp = keepScale dy vᵀ, 0 where p was dropped (its sign bit is set): the gradient
// of the scores q kᵀ

import { firstKey, firstProbability, firstQuery, headsFrom, keysOf, queriesOf } from "./heads";
import { productBatch } from "./product";
import { loadPart, storePart, sumLanes, zero } from "./vectors";

export function attention_scores_grad(
  p: usize,
  dy: usize,
  v: usize,
  segments: usize,
  ds: usize,
  sequences: u32,
  heads: u32,
  headSize: u32,
  longestQueries: u32,
  longestKeys: u32,
  scale: f32,
  keepScale: f32,
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
    const first = firstProbability(segments, sequence, head) << 2;
    const fromDy = dy + (firstQuery(segments, sequence) * hidden + head * headSize << 2);
    const fromV = v + (firstKey(segments, sequence) * hidden + head * headSize << 2);
    productBatch(
      false,
      true,
      queries,
      keys,
      headSize,
      keepScale,
      fromDy,
      hidden,
      headSize,
      fromV,
      hidden,
      headSize,
      0,
      ds + first,
      keys,
      queries * keys,
      count,
    );
    const rowBytes = keys << 2;
    const stop = first + count * queries * rowBytes;
    for (let at = first; at < stop; at += rowBytes) rowGradient(p + at, ds + at, keys, scale);
  }
}

@inline
function withoutDropped(dp: v128, p: v128): v128 {
  return v128.andnot(dp, i32x4.shr_s(p, 31));
}

/** `ds` holds dp and becomes the gradient. */
function rowGradient(p: usize, ds: usize, keys: u32, scale: f32): void {
  const stop = keys << 2;
  const whole = stop & ~15;
  const left = (stop - whole) >> 2;
  let sum = zero();
  for (let i: usize = 0; i < whole; i += 16) {
    const q = v128.load(p + i);
    sum = f32x4.relaxed_madd(f32x4.abs(q), withoutDropped(v128.load(ds + i), q), sum);
  }
  if (left) {
    const q = loadPart(p + whole, left, zero());
    sum = f32x4.relaxed_madd(f32x4.abs(q), withoutDropped(loadPart(ds + whole, left, zero()), q), sum);
  }
  const dot = f32x4.splat(sumLanes(sum));
  const factor = f32x4.splat(scale);
  for (let i: usize = 0; i < whole; i += 16) {
    const q = v128.load(p + i);
    const centred = f32x4.sub(withoutDropped(v128.load(ds + i), q), dot);
    v128.store(ds + i, f32x4.mul(f32x4.mul(f32x4.abs(q), factor), centred));
  }
  if (left) {
    const q = loadPart(p + whole, left, zero());
    const centred = f32x4.sub(withoutDropped(loadPart(ds + whole, left, zero()), q), dot);
    storePart(ds + whole, left, f32x4.mul(f32x4.mul(f32x4.abs(q), factor), centred));
  }
}
