// dweight = Σ_rows dy (x - mean) / sqrt(variance + eps), dbias = Σ_rows dy. Units are columns: each thread sums its own from the
// first row to the last, so the bits do not depend on the number of threads. Four vectors of columns are in flight at a time.

import { loadPart, storePart, zero } from "./vectors";

export function layer_norm_grad_weight(
  dy: usize,
  x: usize,
  statistics: usize,
  dweight: usize,
  dbias: usize,
  rows: u32,
  columns: u32,
  begin: u32,
  end: u32,
): void {
  const rowBytes: usize = columns << 2;
  let at: usize = begin << 2;
  const stop: usize = end << 2;
  for (; at + 64 <= stop; at += 64) {
    let w0 = zero(), w1 = zero(), w2 = zero(), w3 = zero();
    let b0 = zero(), b1 = zero(), b2 = zero(), b3 = zero();
    let g = dy + at;
    let v = x + at;
    for (let s = statistics, last = statistics + (rows << 3); s < last; s += 8) {
      const mean = v128.load32_splat(s);
      const rstd = v128.load32_splat(s, 4);
      const g0 = v128.load(g), g1 = v128.load(g, 16), g2 = v128.load(g, 32), g3 = v128.load(g, 48);
      w0 = f32x4.relaxed_madd(g0, f32x4.mul(f32x4.sub(v128.load(v), mean), rstd), w0);
      w1 = f32x4.relaxed_madd(g1, f32x4.mul(f32x4.sub(v128.load(v, 16), mean), rstd), w1);
      w2 = f32x4.relaxed_madd(g2, f32x4.mul(f32x4.sub(v128.load(v, 32), mean), rstd), w2);
      w3 = f32x4.relaxed_madd(g3, f32x4.mul(f32x4.sub(v128.load(v, 48), mean), rstd), w3);
      b0 = f32x4.add(b0, g0);
      b1 = f32x4.add(b1, g1);
      b2 = f32x4.add(b2, g2);
      b3 = f32x4.add(b3, g3);
      g += rowBytes;
      v += rowBytes;
    }
    v128.store(dweight + at, w0);
    v128.store(dweight + at, w1, 16);
    v128.store(dweight + at, w2, 32);
    v128.store(dweight + at, w3, 48);
    v128.store(dbias + at, b0);
    v128.store(dbias + at, b1, 16);
    v128.store(dbias + at, b2, 32);
    v128.store(dbias + at, b3, 48);
  }
  for (; at < stop; at += 16) {
    const count = (stop - at) >> 2;
    let w = zero();
    let b = zero();
    for (let row: usize = 0; row < rows; row++) {
      const mean = v128.load32_splat(statistics + (row << 3));
      const rstd = v128.load32_splat(statistics + (row << 3), 4);
      const g = loadPart(dy + row * rowBytes + at, count, zero());
      const n = f32x4.mul(f32x4.sub(loadPart(x + row * rowBytes + at, count, zero()), mean), rstd);
      w = f32x4.relaxed_madd(g, n, w);
      b = f32x4.add(b, g);
    }
    storePart(dweight + at, count, w);
    storePart(dbias + at, count, b);
  }
}
