// partials[first + c] = Σ x² over chunk c of 16,384 elements (SUM_OF_SQUARES_CHUNK of the kernel table); units are
// chunks

import { loadPart, sumLanes, zero } from "./vectors";

const CHUNK: u32 = 16384;

export function sum_of_squares(x: usize, partials: usize, size: u32, first: u32, begin: u32, end: u32): void {
  for (let chunk = begin; chunk < end; chunk++) {
    const start = chunk * CHUNK;
    store<f32>(partials + (first + chunk << 2), squares(x + (start << 2), min(CHUNK, size - start)));
  }
}

function squares(x: usize, count: u32): f32 {
  let s0 = zero(), s1 = zero(), s2 = zero(), s3 = zero();
  const stop = x + (count << 2);
  for (; x + 64 <= stop; x += 64) {
    const a = v128.load(x), b = v128.load(x, 16), c = v128.load(x, 32), d = v128.load(x, 48);
    s0 = f32x4.relaxed_madd(a, a, s0);
    s1 = f32x4.relaxed_madd(b, b, s1);
    s2 = f32x4.relaxed_madd(c, c, s2);
    s3 = f32x4.relaxed_madd(d, d, s3);
  }
  for (; x < stop; x += 16) {
    const a = loadPart(x, u32(stop - x) >> 2, zero());
    s0 = f32x4.relaxed_madd(a, a, s0);
  }
  return sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
}
