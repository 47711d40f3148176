// What several kernels do to one row of float32: exponentials for a softmax, mean and spread for a LayerNorm.

import { expNegative } from "./exp";
import { loadPart, maxLanes, storePart, sumLanes, zero } from "./vectors";

/** The largest of `columns` numbers; a NaN anywhere may or may not be seen. */
@inline
export function rowMax(x: usize, columns: u32): f32 {
  const lowest = f32x4.splat(-Infinity);
  let m0 = lowest;
  let m1 = lowest;
  let i: usize = 0;
  const stop = columns << 2;
  for (; i + 32 <= stop; i += 32) {
    m0 = f32x4.pmax(m0, v128.load(x + i));
    m1 = f32x4.pmax(m1, v128.load(x + i, 16));
  }
  for (; i < stop; i += 16) m0 = f32x4.pmax(m0, loadPart(x + i, (stop - i) >> 2, lowest));
  return maxLanes(f32x4.pmax(m0, m1));
}

/** The sum of `columns` numbers. */
export function rowSum(x: usize, columns: u32): f32 {
  let s0 = zero();
  let s1 = zero();
  let i: usize = 0;
  const stop = columns << 2;
  for (; i + 32 <= stop; i += 32) {
    s0 = f32x4.add(s0, v128.load(x + i));
    s1 = f32x4.add(s1, v128.load(x + i, 16));
  }
  for (; i < stop; i += 16) s0 = f32x4.add(s0, loadPart(x + i, (stop - i) >> 2, zero()));
  return sumLanes(f32x4.add(s0, s1));
}

/** The sum of many numbers: pieces of 4,096 in float32 lanes, the pieces in float64. */
export function longSum(x: usize, size: u32): f64 {
  let total: f64 = 0;
  for (let i: u32 = 0; i < size; i += 4096) total += rowSum(x + (i << 2), min(4096, size - i));
  return total;
}

/** Σ e^(x - shift) with shift >= every x. */
export function sumOfExponentials(x: usize, columns: u32, shift: f32): f32 {
  const m = f32x4.splat(shift);
  const lowest = f32x4.splat(-Infinity);
  let sum = zero();
  const stop = columns << 2;
  for (let i: usize = 0; i < stop; i += 16) {
    sum = f32x4.add(sum, expNegative(f32x4.sub(loadPart(x + i, (stop - i) >> 2, lowest), m)));
  }
  return sumLanes(sum);
}

/** y = (x - first) - second, in this order. */
export function rowShift(x: usize, y: usize, columns: u32, first: f32, second: f32): void {
  const a = f32x4.splat(first);
  const b = f32x4.splat(second);
  const stop = columns << 2;
  for (let i: usize = 0; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    storePart(y + i, count, f32x4.sub(f32x4.sub(loadPart(x + i, count, zero()), a), b));
  }
}

/** y = e^(x - shift) with shift >= every x (else no more than 1); returns the sum. x and y may be the same. */
export function exponentials(x: usize, y: usize, columns: u32, shift: f32): f32 {
  const m = f32x4.splat(shift);
  const lowest = f32x4.splat(-Infinity);
  let s0 = zero();
  let s1 = zero();
  let i: usize = 0;
  const stop = columns << 2;
  for (; i + 32 <= stop; i += 32) {
    const first = expNegative(f32x4.sub(v128.load(x + i), m));
    const second = expNegative(f32x4.sub(v128.load(x + i, 16), m));
    v128.store(y + i, first);
    v128.store(y + i, second, 16);
    s0 = f32x4.add(s0, first);
    s1 = f32x4.add(s1, second);
  }
  for (; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    const e = expNegative(f32x4.sub(loadPart(x + i, count, lowest), m));
    storePart(y + i, count, e);
    s0 = f32x4.add(s0, e);
  }
  return sumLanes(f32x4.add(s0, s1));
}

/** y = factor x; x and y may be the same. */
@inline
export function rowScale(x: usize, y: usize, columns: u32, factor: f32): void {
  const f = f32x4.splat(factor);
  let i: usize = 0;
  const stop = columns << 2;
  for (; i + 16 <= stop; i += 16) v128.store(y + i, f32x4.mul(v128.load(x + i), f));
  for (; i < stop; i += 4) store<f32>(y + i, load<f32>(x + i) * factor);
}

/**
 * y = softmax(x) (…); a row that is -inf throughout has nothing to attend to and gives zeros. x and y may be the same.
 */
export function softmaxRow(x: usize, y: usize, columns: u32): void {
  const largest = rowMax(x, columns);
  if (largest == -Infinity && rowSum(x, columns) == -Infinity) {
    memory.fill(y, 0, columns << 2);
    return;
  }
  const sum = exponentials(x, y, columns, largest); // NaN where x holds one, and then everywhere in the row
  rowScale(y, y, columns, 1 / sum);
}

/**
 * Writes the mean and 1 / sqrt(variance + eps) of a row to `statistics`; two passes, so that a large mean costs no
 * precision.
 */
export function rowStatistics(x: usize, columns: u32, eps: f32, statistics: usize): void {
  const mean = rowSum(x, columns) / f32(columns);
  const m = f32x4.splat(mean);
  let s0 = zero();
  let s1 = zero();
  let i: usize = 0;
  const stop = columns << 2;
  for (; i + 32 <= stop; i += 32) {
    const first = f32x4.sub(v128.load(x + i), m);
    const second = f32x4.sub(v128.load(x + i, 16), m);
    s0 = f32x4.relaxed_madd(first, first, s0);
    s1 = f32x4.relaxed_madd(second, second, s1);
  }
  for (; i < stop; i += 16) {
    const rest = f32x4.sub(loadPart(x + i, (stop - i) >> 2, m), m);
    s0 = f32x4.relaxed_madd(rest, rest, s0);
  }
  const variance = sumLanes(f32x4.add(s0, s1)) / f32(columns);
  store<f32>(statistics, mean);
  store<f32>(statistics, 1 / sqrt<f32>(variance + eps), 4);
}

/** y = weight (x - mean) / sqrt(variance + eps) + bias with the statistics of above. */
export function rowNormalize(x: usize, weight: usize, bias: usize, y: usize, columns: u32, statistics: usize): void {
  const mean = v128.load32_splat(statistics);
  const rstd = v128.load32_splat(statistics, 4);
  const stop = columns << 2;
  let i: usize = 0;
  for (; i + 16 <= stop; i += 16) {
    const normalized = f32x4.mul(f32x4.sub(v128.load(x + i), mean), rstd);
    v128.store(y + i, f32x4.relaxed_madd(normalized, v128.load(weight + i), v128.load(bias + i)));
  }
  if (i == stop) return;
  const count = (stop - i) >> 2;
  const normalized = f32x4.mul(f32x4.sub(loadPart(x + i, count, mean), mean), rstd);
  const rest = f32x4.relaxed_madd(normalized, loadPart(weight + i, count, zero()), loadPart(bias + i, count, zero()));
  storePart(y + i, count, rest);
}

/** y = max(x, 0) over `size` numbers: probabilities without those that dropout marked by their sign. */
export function copyKept(x: usize, y: usize, size: u32): void {
  const stop = size << 2;
  for (let i: usize = 0; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    storePart(y + i, count, f32x4.pmax(loadPart(x + i, count, zero()), zero())); // NaN stays
  }
}
