// y[c] = Σ_r x[r, c]. Units are columns: each thread sums its own from the first row to the last, so the bits do not
// depend on the number of threads. Eight rows at a time are added to sums that stay in cache.

import { loadPart, storePart, zero } from "./vectors";

export function sum_rows(x: usize, y: usize, rows: u32, columns: u32, begin: u32, end: u32): void {
  const rowBytes: usize = columns << 2;
  const to = y + (begin << 2);
  const width = (end - begin) << 2;
  memory.fill(to, 0, width);
  let from = x + (begin << 2);
  let row: u32 = 0;
  for (; row + 8 <= rows; row += 8, from += 8 * rowBytes) addEightRows(from, rowBytes, to, width);
  for (; row < rows; row++, from += rowBytes) addRow(from, to, width);
}

function addEightRows(x: usize, rowBytes: usize, y: usize, width: usize): void {
  const x2 = x + 2 * rowBytes, x4 = x + 4 * rowBytes, x6 = x + 6 * rowBytes;
  let i: usize = 0;
  for (; i + 16 <= width; i += 16) {
    const s01 = f32x4.add(v128.load(x + i), v128.load(x + rowBytes + i));
    const s23 = f32x4.add(v128.load(x2 + i), v128.load(x2 + rowBytes + i));
    const s45 = f32x4.add(v128.load(x4 + i), v128.load(x4 + rowBytes + i));
    const s67 = f32x4.add(v128.load(x6 + i), v128.load(x6 + rowBytes + i));
    const sum = f32x4.add(f32x4.add(s01, s23), f32x4.add(s45, s67));
    v128.store(y + i, f32x4.add(v128.load(y + i), sum));
  }
  if (i == width) return;
  for (let row: usize = 0; row < 8; row++) addRow(x + row * rowBytes + i, y + i, width - i);
}

function addRow(x: usize, y: usize, width: usize): void {
  for (let i: usize = 0; i < width; i += 16) {
    const count = u32(width - i) >> 2;
    storePart(y + i, count, f32x4.add(loadPart(y + i, count, zero()), loadPart(x + i, count, zero())));
  }
}
