// y[c] = Σ_r x[r, c]. Units are columns: each thread sums its own from the first row to the last, so the bits do not depend on the
// number of threads.

import { loadPart, storePart, zero } from "./vectors";

export function sum_rows(x: usize, y: usize, rows: u32, columns: u32, begin: u32, end: u32): void {
  const rowBytes: usize = columns << 2;
  const size = rows * rowBytes;
  let at: usize = begin << 2;
  const stop: usize = end << 2;
  for (; at + 64 <= stop; at += 64) {
    let s0 = zero(), s1 = zero(), s2 = zero(), s3 = zero();
    for (let p = x + at, last = p + size; p < last; p += rowBytes) {
      s0 = f32x4.add(s0, v128.load(p));
      s1 = f32x4.add(s1, v128.load(p, 16));
      s2 = f32x4.add(s2, v128.load(p, 32));
      s3 = f32x4.add(s3, v128.load(p, 48));
    }
    v128.store(y + at, s0);
    v128.store(y + at, s1, 16);
    v128.store(y + at, s2, 32);
    v128.store(y + at, s3, 48);
  }
  for (; at < stop; at += 16) {
    const count = (stop - at) >> 2;
    let s = zero();
    for (let p = x + at, last = p + size; p < last; p += rowBytes) s = f32x4.add(s, loadPart(p, count, zero()));
    storePart(y + at, count, s);
  }
}
