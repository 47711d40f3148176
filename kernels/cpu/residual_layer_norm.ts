// sum[r, :] = dropout(x) + residual, y = LayerNorm(sum): what follows each half of an encoder layer, one row in cache
// at a time

import { counters, hash, keepsFirst, keepsLast, nextCounters, roundUp8 } from "./random";
import { rowNormalize, rowStatistics } from "./rows";
import { loadPart, storePart, zero } from "./vectors";

export function residual_layer_norm(
  x: usize,
  residual: usize,
  weight: usize,
  bias: usize,
  y: usize,
  sum: usize,
  statistics: usize,
  rows: u32,
  columns: u32,
  eps: f32,
  threshold: u32,
  keepScale: f32,
  seed: u32,
  begin: u32,
  end: u32,
): void {
  const blocks = roundUp8(columns) >> 3;
  for (let row = begin; row < end; row++) {
    const at = row * columns << 2;
    if (threshold == 0) rowAdd(x + at, residual + at, sum + at, columns);
    else rowDropAdd(x + at, residual + at, sum + at, columns, threshold, keepScale, counters(seed, row * blocks));
    rowStatistics(sum + at, columns, eps, statistics + (row << 3));
    rowNormalize(sum + at, weight, bias, y + at, columns, statistics + (row << 3));
  }
}

function rowAdd(x: usize, residual: usize, sum: usize, columns: u32): void {
  let i: usize = 0;
  const stop = columns << 2;
  for (; i + 16 <= stop; i += 16) v128.store(sum + i, f32x4.add(v128.load(x + i), v128.load(residual + i)));
  for (; i < stop; i += 4) store<f32>(sum + i, load<f32>(x + i) + load<f32>(residual + i));
}

function rowDropAdd(
  x: usize,
  residual: usize,
  sum: usize,
  columns: u32,
  threshold: u32,
  keepScale: f32,
  firstCounters: v128,
): void {
  const limit = i32x4.splat(threshold);
  const factor = f32x4.splat(keepScale);
  let counter = firstCounters;
  let i: usize = 0;
  const stop = columns << 2;
  for (; i + 32 <= stop; i += 32) {
    const h = hash(counter);
    counter = nextCounters(counter);
    const first = v128.and(keepsFirst(h, limit), factor);
    const last = v128.and(keepsLast(h, limit), factor);
    v128.store(sum + i, f32x4.relaxed_madd(v128.load(x + i), first, v128.load(residual + i)));
    v128.store(sum + i, f32x4.relaxed_madd(v128.load(x + i, 16), last, v128.load(residual + i, 16)), 16);
  }
  if (i == stop) return;
  const h = hash(counter);
  const left = (stop - i) >> 2;
  const first = v128.and(keepsFirst(h, limit), factor);
  storePart(
    sum + i,
    left,
    f32x4.relaxed_madd(loadPart(x + i, left, zero()), first, loadPart(residual + i, left, zero())),
  );
  if (left <= 4) return;
  i += 16;
  const last = v128.and(keepsLast(h, limit), factor);
  storePart(
    sum + i,
    left - 4,
    f32x4.relaxed_madd(loadPart(x + i, left - 4, zero()), last, loadPart(residual + i, left - 4, zero())),
  );
}
