// dweight = Σ_rows dy (x - mean) / sqrt(variance + eps), dbias = Σ_rows dy. Units are columns: each thread sums its own
// from the first row to the last, so the bits do not depend on the number of threads. Four rows at a time are added to
// sums that stay in cache.

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
  const at = begin << 2;
  const width = (end - begin) << 2;
  memory.fill(dweight + at, 0, width);
  memory.fill(dbias + at, 0, width);
  let row: u32 = 0;
  for (; row + 4 <= rows; row += 4) {
    const from = row * rowBytes + at;
    addFourRows(dy + from, x + from, statistics + (row << 3), dweight + at, dbias + at, width, rowBytes);
  }
  for (; row < rows; row++) {
    const from = row * rowBytes + at;
    addRow(dy + from, x + from, statistics + (row << 3), dweight + at, dbias + at, width);
  }
}

function addFourRows(
  dy: usize,
  x: usize,
  statistics: usize,
  dweight: usize,
  dbias: usize,
  width: usize,
  rowBytes: usize,
): void {
  const m0 = v128.load32_splat(statistics), r0 = v128.load32_splat(statistics, 4);
  const m1 = v128.load32_splat(statistics, 8), r1 = v128.load32_splat(statistics, 12);
  const m2 = v128.load32_splat(statistics, 16), r2 = v128.load32_splat(statistics, 20);
  const m3 = v128.load32_splat(statistics, 24), r3 = v128.load32_splat(statistics, 28);
  const dy2 = dy + 2 * rowBytes, x2 = x + 2 * rowBytes;
  let i: usize = 0;
  for (; i + 16 <= width; i += 16) {
    const g0 = v128.load(dy + i), g1 = v128.load(dy + rowBytes + i);
    const g2 = v128.load(dy2 + i), g3 = v128.load(dy2 + rowBytes + i);
    const n0 = f32x4.mul(f32x4.sub(v128.load(x + i), m0), r0);
    const n1 = f32x4.mul(f32x4.sub(v128.load(x + rowBytes + i), m1), r1);
    const n2 = f32x4.mul(f32x4.sub(v128.load(x2 + i), m2), r2);
    const n3 = f32x4.mul(f32x4.sub(v128.load(x2 + rowBytes + i), m3), r3);
    const w01 = f32x4.relaxed_madd(g1, n1, f32x4.relaxed_madd(g0, n0, v128.load(dweight + i)));
    v128.store(dweight + i, f32x4.relaxed_madd(g3, n3, f32x4.relaxed_madd(g2, n2, w01)));
    v128.store(dbias + i, f32x4.add(v128.load(dbias + i), f32x4.add(f32x4.add(g0, g1), f32x4.add(g2, g3))));
  }
  if (i == width) return;
  for (let row: usize = 0; row < 4; row++) {
    const from = row * rowBytes + i;
    addRow(dy + from, x + from, statistics + (row << 3), dweight + i, dbias + i, width - i);
  }
}

function addRow(dy: usize, x: usize, statistics: usize, dweight: usize, dbias: usize, width: usize): void {
  const mean = v128.load32_splat(statistics);
  const rstd = v128.load32_splat(statistics, 4);
  for (let i: usize = 0; i < width; i += 16) {
    const count = u32(width - i) >> 2;
    const g = loadPart(dy + i, count, zero());
    const n = f32x4.mul(f32x4.sub(loadPart(x + i, count, zero()), mean), rstd);
    storePart(dweight + i, count, f32x4.relaxed_madd(g, n, loadPart(dweight + i, count, zero())));
    storePart(dbias + i, count, f32x4.add(loadPart(dbias + i, count, zero()), g));
  }
}
