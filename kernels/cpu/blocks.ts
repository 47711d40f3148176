// The innermost loops of gemm.ts: a block of the product kept in registers while it runs along the shared axis. Written
// out in full, as AssemblyScript does not unroll and an array of accumulators would live in memory.
//
// Measured on one thread of a 2 GHz server CPU, all in cache, GFLOP/s by rows x columns, two steps a turn: 8x8 28, 4x12
// 27, 6x12 30, 8x12 32, 6x16 32; one step a turn: 8x12 25. Walking a by strides costs nothing against panels packed
// side by side, so a need not be packed.

import { zero } from "./vectors";

@inline
function fma(x: v128, b: v128, y: v128): v128 {
  return f32x4.relaxed_madd(x, b, y);
}

/** y = factor sum, or y += factor sum, for twelve numbers. */
@inline
function storeRow(y: usize, factor: v128, adds: bool, a: v128, b: v128, c: v128): void {
  v128.store(y, f32x4.relaxed_madd(a, factor, adds ? v128.load(y) : zero()));
  v128.store(y, f32x4.relaxed_madd(b, factor, adds ? v128.load(y, 16) : zero()), 16);
  v128.store(y, f32x4.relaxed_madd(c, factor, adds ? v128.load(y, 32) : zero()), 32);
}

/**
 * y (8, 12) = alpha a b, added to y where `adds`. Element (row, step) of a lies at a + row rowStride + step stepStride,
 * row `step` of b at b + step stepStrideB, all in bytes; `steps` is even.
 */
export function multiply8x12(
  a: usize,
  rowStride: usize,
  stepStride: usize,
  b: usize,
  stepStrideB: usize,
  steps: u32,
  alpha: f32,
  adds: bool,
  y: usize,
  rowBytes: usize,
): void {
  let y0a = zero(), y0b = zero(), y0c = zero();
  let y1a = zero(), y1b = zero(), y1c = zero();
  let y2a = zero(), y2b = zero(), y2c = zero();
  let y3a = zero(), y3b = zero(), y3c = zero();
  let y4a = zero(), y4b = zero(), y4c = zero();
  let y5a = zero(), y5b = zero(), y5c = zero();
  let y6a = zero(), y6b = zero(), y6c = zero();
  let y7a = zero(), y7b = zero(), y7c = zero();
  for (; steps > 0; steps -= 2) {
    let row = a;
    let ba = v128.load(b), bb = v128.load(b, 16), bc = v128.load(b, 32);
    let x = v128.load32_splat(row);
    y0a = fma(x, ba, y0a), y0b = fma(x, bb, y0b), y0c = fma(x, bc, y0c);
    x = v128.load32_splat(row += rowStride);
    y1a = fma(x, ba, y1a), y1b = fma(x, bb, y1b), y1c = fma(x, bc, y1c);
    x = v128.load32_splat(row += rowStride);
    y2a = fma(x, ba, y2a), y2b = fma(x, bb, y2b), y2c = fma(x, bc, y2c);
    x = v128.load32_splat(row += rowStride);
    y3a = fma(x, ba, y3a), y3b = fma(x, bb, y3b), y3c = fma(x, bc, y3c);
    x = v128.load32_splat(row += rowStride);
    y4a = fma(x, ba, y4a), y4b = fma(x, bb, y4b), y4c = fma(x, bc, y4c);
    x = v128.load32_splat(row += rowStride);
    y5a = fma(x, ba, y5a), y5b = fma(x, bb, y5b), y5c = fma(x, bc, y5c);
    x = v128.load32_splat(row += rowStride);
    y6a = fma(x, ba, y6a), y6b = fma(x, bb, y6b), y6c = fma(x, bc, y6c);
    x = v128.load32_splat(row += rowStride);
    y7a = fma(x, ba, y7a), y7b = fma(x, bb, y7b), y7c = fma(x, bc, y7c);
    a += stepStride;
    b += stepStrideB;
    row = a;
    ba = v128.load(b), bb = v128.load(b, 16), bc = v128.load(b, 32);
    x = v128.load32_splat(row);
    y0a = fma(x, ba, y0a), y0b = fma(x, bb, y0b), y0c = fma(x, bc, y0c);
    x = v128.load32_splat(row += rowStride);
    y1a = fma(x, ba, y1a), y1b = fma(x, bb, y1b), y1c = fma(x, bc, y1c);
    x = v128.load32_splat(row += rowStride);
    y2a = fma(x, ba, y2a), y2b = fma(x, bb, y2b), y2c = fma(x, bc, y2c);
    x = v128.load32_splat(row += rowStride);
    y3a = fma(x, ba, y3a), y3b = fma(x, bb, y3b), y3c = fma(x, bc, y3c);
    x = v128.load32_splat(row += rowStride);
    y4a = fma(x, ba, y4a), y4b = fma(x, bb, y4b), y4c = fma(x, bc, y4c);
    x = v128.load32_splat(row += rowStride);
    y5a = fma(x, ba, y5a), y5b = fma(x, bb, y5b), y5c = fma(x, bc, y5c);
    x = v128.load32_splat(row += rowStride);
    y6a = fma(x, ba, y6a), y6b = fma(x, bb, y6b), y6c = fma(x, bc, y6c);
    x = v128.load32_splat(row += rowStride);
    y7a = fma(x, ba, y7a), y7b = fma(x, bb, y7b), y7c = fma(x, bc, y7c);
    a += stepStride;
    b += stepStrideB;
  }
  const factor = f32x4.splat(alpha);
  storeRow(y, factor, adds, y0a, y0b, y0c);
  storeRow(y += rowBytes, factor, adds, y1a, y1b, y1c);
  storeRow(y += rowBytes, factor, adds, y2a, y2b, y2c);
  storeRow(y += rowBytes, factor, adds, y3a, y3b, y3c);
  storeRow(y += rowBytes, factor, adds, y4a, y4b, y4c);
  storeRow(y += rowBytes, factor, adds, y5a, y5b, y5c);
  storeRow(y += rowBytes, factor, adds, y6a, y6b, y6c);
  storeRow(y += rowBytes, factor, adds, y7a, y7b, y7c);
}

/** The block of 4 rows. */
export function multiply4x12(
  a: usize,
  rowStride: usize,
  stepStride: usize,
  b: usize,
  stepStrideB: usize,
  steps: u32,
  alpha: f32,
  adds: bool,
  y: usize,
  rowBytes: usize,
): void {
  let y0a = zero(), y0b = zero(), y0c = zero();
  let y1a = zero(), y1b = zero(), y1c = zero();
  let y2a = zero(), y2b = zero(), y2c = zero();
  let y3a = zero(), y3b = zero(), y3c = zero();
  for (; steps > 0; steps -= 2) {
    let row = a;
    let ba = v128.load(b), bb = v128.load(b, 16), bc = v128.load(b, 32);
    let x = v128.load32_splat(row);
    y0a = fma(x, ba, y0a), y0b = fma(x, bb, y0b), y0c = fma(x, bc, y0c);
    x = v128.load32_splat(row += rowStride);
    y1a = fma(x, ba, y1a), y1b = fma(x, bb, y1b), y1c = fma(x, bc, y1c);
    x = v128.load32_splat(row += rowStride);
    y2a = fma(x, ba, y2a), y2b = fma(x, bb, y2b), y2c = fma(x, bc, y2c);
    x = v128.load32_splat(row += rowStride);
    y3a = fma(x, ba, y3a), y3b = fma(x, bb, y3b), y3c = fma(x, bc, y3c);
    a += stepStride;
    b += stepStrideB;
    row = a;
    ba = v128.load(b), bb = v128.load(b, 16), bc = v128.load(b, 32);
    x = v128.load32_splat(row);
    y0a = fma(x, ba, y0a), y0b = fma(x, bb, y0b), y0c = fma(x, bc, y0c);
    x = v128.load32_splat(row += rowStride);
    y1a = fma(x, ba, y1a), y1b = fma(x, bb, y1b), y1c = fma(x, bc, y1c);
    x = v128.load32_splat(row += rowStride);
    y2a = fma(x, ba, y2a), y2b = fma(x, bb, y2b), y2c = fma(x, bc, y2c);
    x = v128.load32_splat(row += rowStride);
    y3a = fma(x, ba, y3a), y3b = fma(x, bb, y3b), y3c = fma(x, bc, y3c);
    a += stepStride;
    b += stepStrideB;
  }
  const factor = f32x4.splat(alpha);
  storeRow(y, factor, adds, y0a, y0b, y0c);
  storeRow(y += rowBytes, factor, adds, y1a, y1b, y1c);
  storeRow(y += rowBytes, factor, adds, y2a, y2b, y2c);
  storeRow(y += rowBytes, factor, adds, y3a, y3b, y3c);
}
