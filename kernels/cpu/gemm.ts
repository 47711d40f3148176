// The product of two matrices without a BLAS: blocks of a and b are packed into panels that stay in cache, and an 8 x 12 block of the
// result at a time is kept in registers (Goto & van de Geijn 2008, "Anatomy of High-Performance Matrix Multiplication").
//
// Measured on one thread of a 2 GHz server CPU, panels in cache, GFLOP/s by block and unrolling: 6x8 28, 8x8 27, 4x12 30, 5x12 32,
// 6x12 33, 8x12 33, 4x16 32. 8x12 is taken, with 4x12 for what is left over, as both are made of panels of four rows.

import { packAcross, packAlong } from "./packing";
import { scratch } from "./runtime";
import { loadPart, storePart, zero } from "./vectors";

const ROWS: u32 = 8;
const COLUMNS: u32 = 12;
/** Steps along the shared axis in one block: a panel of b (12 KiB) stays in the first cache. */
const DEPTH: u32 = 256;
/** Rows of a in one block: 96 KiB, in the second cache. */
const HEIGHT: u32 = 96;
/** Columns of b in one block: 1020 KiB. */
const WIDTH: u32 = 1020;

const B_BYTES: usize = DEPTH * WIDTH * 4;
const A_BYTES: usize = DEPTH * HEIGHT * 4;
const TILE_BYTES: usize = ROWS * COLUMNS * 4;
/** Scratch memory that gemm uses, from its start. */
export const GEMM_BYTES: usize = B_BYTES + A_BYTES + TILE_BYTES;

/** y (m, n) = alpha op(a) op(b) + beta y with beta 0 or 1; lda, ldb and ldy are row lengths of what is stored, in numbers. */
export function gemm(
  transposeA: bool,
  transposeB: bool,
  m: u32,
  n: u32,
  k: u32,
  alpha: f32,
  a: usize,
  lda: u32,
  b: usize,
  ldb: u32,
  beta: f32,
  y: usize,
  ldy: u32,
): void {
  for (let column: u32 = 0; column < n; column += WIDTH) {
    const width = min(WIDTH, n - column);
    for (let step: u32 = 0; step < k; step += DEPTH) {
      const depth = min(DEPTH, k - step);
      packB(transposeB, b, ldb, step, depth, column, width);
      for (let row: u32 = 0; row < m; row += HEIGHT) {
        const height = min(HEIGHT, m - row);
        packA(transposeA, a, lda, step, depth, row, height);
        const adds = step > 0 || beta != 0;
        multiplyBlock(height, width, depth + (depth & 1), alpha, adds, y + ((row * ldy + column) << 2), ldy);
      }
    }
  }
}

function packB(transposed: bool, b: usize, ldb: u32, step: u32, depth: u32, column: u32, width: u32): void {
  const panelBytes = (depth + (depth & 1)) * COLUMNS << 2;
  let panel = scratch;
  for (let j: u32 = 0; j < width; j += COLUMNS, panel += panelBytes) {
    const count = width - j;
    const at = column + j;
    if (transposed) packAlong(b + (at * ldb + step << 2), ldb << 2, count, depth, COLUMNS, panel);
    else packAcross(b + (step * ldb + at << 2), ldb << 2, count, depth, COLUMNS, panel);
  }
}

function packA(transposed: bool, a: usize, lda: u32, step: u32, depth: u32, row: u32, height: u32): void {
  const panelBytes = (depth + (depth & 1)) * 4 << 2;
  let panel = scratch + B_BYTES;
  for (let i: u32 = 0; i < height; i += 4, panel += panelBytes) {
    const count = height - i;
    const at = row + i;
    if (transposed) packAcross(a + (step * lda + at << 2), lda << 2, count, depth, 4, panel);
    else packAlong(a + (at * lda + step << 2), lda << 2, count, depth, 4, panel);
  }
}

function multiplyBlock(height: u32, width: u32, depth: u32, alpha: f32, adds: bool, y: usize, ldy: u32): void {
  const panelA = depth << 4;
  const panelB = depth * COLUMNS << 2;
  const tile = scratch + B_BYTES + A_BYTES;
  for (let j: u32 = 0, b = scratch; j < width; j += COLUMNS, b += panelB) {
    const columns = min(COLUMNS, width - j);
    let a = scratch + B_BYTES;
    for (let i: u32 = 0; i < height; i += ROWS, a += panelA << 1) {
      const rows = min(ROWS, height - i);
      if (rows > 4) multiply8x12(a, a + panelA, b, depth, tile);
      else multiply4x12(a, b, depth, tile);
      storeTile(tile, rows, columns, alpha, adds, y + (i * ldy + j << 2), ldy << 2);
    }
  }
}

/** y = alpha tile, or y += alpha tile. */
function storeTile(tile: usize, rows: u32, columns: u32, alpha: f32, adds: bool, y: usize, rowBytes: usize): void {
  const factor = f32x4.splat(alpha);
  for (let i: u32 = 0; i < rows; i++, y += rowBytes, tile += COLUMNS << 2) {
    for (let j: u32 = 0; j < columns; j += 4) {
      const at = y + (j << 2);
      const before = adds ? loadPart(at, columns - j, zero()) : zero();
      storePart(at, columns - j, f32x4.relaxed_madd(v128.load(tile + (j << 2)), factor, before));
    }
  }
}

// The two blocks below are written out in full: AssemblyScript does not unroll, and an array of accumulators would live in memory.
function multiply8x12(a0: usize, a1: usize, b: usize, k: u32, tile: usize): void {
  let y0a = zero(), y0b = zero(), y0c = zero();
  let y1a = zero(), y1b = zero(), y1c = zero();
  let y2a = zero(), y2b = zero(), y2c = zero();
  let y3a = zero(), y3b = zero(), y3c = zero();
  let y4a = zero(), y4b = zero(), y4c = zero();
  let y5a = zero(), y5b = zero(), y5c = zero();
  let y6a = zero(), y6b = zero(), y6c = zero();
  let y7a = zero(), y7b = zero(), y7c = zero();
  for (const stop = b + k * 48; b < stop; b += 96) {
    {
      const ba = v128.load(b, 0), bb = v128.load(b, 16), bc = v128.load(b, 32);
      const x0 = v128.load32_splat(a0, 0);
      y0a = f32x4.relaxed_madd(x0, ba, y0a);
      y0b = f32x4.relaxed_madd(x0, bb, y0b);
      y0c = f32x4.relaxed_madd(x0, bc, y0c);
      const x1 = v128.load32_splat(a0, 4);
      y1a = f32x4.relaxed_madd(x1, ba, y1a);
      y1b = f32x4.relaxed_madd(x1, bb, y1b);
      y1c = f32x4.relaxed_madd(x1, bc, y1c);
      const x2 = v128.load32_splat(a0, 8);
      y2a = f32x4.relaxed_madd(x2, ba, y2a);
      y2b = f32x4.relaxed_madd(x2, bb, y2b);
      y2c = f32x4.relaxed_madd(x2, bc, y2c);
      const x3 = v128.load32_splat(a0, 12);
      y3a = f32x4.relaxed_madd(x3, ba, y3a);
      y3b = f32x4.relaxed_madd(x3, bb, y3b);
      y3c = f32x4.relaxed_madd(x3, bc, y3c);
      const x4 = v128.load32_splat(a1, 0);
      y4a = f32x4.relaxed_madd(x4, ba, y4a);
      y4b = f32x4.relaxed_madd(x4, bb, y4b);
      y4c = f32x4.relaxed_madd(x4, bc, y4c);
      const x5 = v128.load32_splat(a1, 4);
      y5a = f32x4.relaxed_madd(x5, ba, y5a);
      y5b = f32x4.relaxed_madd(x5, bb, y5b);
      y5c = f32x4.relaxed_madd(x5, bc, y5c);
      const x6 = v128.load32_splat(a1, 8);
      y6a = f32x4.relaxed_madd(x6, ba, y6a);
      y6b = f32x4.relaxed_madd(x6, bb, y6b);
      y6c = f32x4.relaxed_madd(x6, bc, y6c);
      const x7 = v128.load32_splat(a1, 12);
      y7a = f32x4.relaxed_madd(x7, ba, y7a);
      y7b = f32x4.relaxed_madd(x7, bb, y7b);
      y7c = f32x4.relaxed_madd(x7, bc, y7c);
    }
    {
      const ba = v128.load(b, 48), bb = v128.load(b, 64), bc = v128.load(b, 80);
      const x0 = v128.load32_splat(a0, 16);
      y0a = f32x4.relaxed_madd(x0, ba, y0a);
      y0b = f32x4.relaxed_madd(x0, bb, y0b);
      y0c = f32x4.relaxed_madd(x0, bc, y0c);
      const x1 = v128.load32_splat(a0, 20);
      y1a = f32x4.relaxed_madd(x1, ba, y1a);
      y1b = f32x4.relaxed_madd(x1, bb, y1b);
      y1c = f32x4.relaxed_madd(x1, bc, y1c);
      const x2 = v128.load32_splat(a0, 24);
      y2a = f32x4.relaxed_madd(x2, ba, y2a);
      y2b = f32x4.relaxed_madd(x2, bb, y2b);
      y2c = f32x4.relaxed_madd(x2, bc, y2c);
      const x3 = v128.load32_splat(a0, 28);
      y3a = f32x4.relaxed_madd(x3, ba, y3a);
      y3b = f32x4.relaxed_madd(x3, bb, y3b);
      y3c = f32x4.relaxed_madd(x3, bc, y3c);
      const x4 = v128.load32_splat(a1, 16);
      y4a = f32x4.relaxed_madd(x4, ba, y4a);
      y4b = f32x4.relaxed_madd(x4, bb, y4b);
      y4c = f32x4.relaxed_madd(x4, bc, y4c);
      const x5 = v128.load32_splat(a1, 20);
      y5a = f32x4.relaxed_madd(x5, ba, y5a);
      y5b = f32x4.relaxed_madd(x5, bb, y5b);
      y5c = f32x4.relaxed_madd(x5, bc, y5c);
      const x6 = v128.load32_splat(a1, 24);
      y6a = f32x4.relaxed_madd(x6, ba, y6a);
      y6b = f32x4.relaxed_madd(x6, bb, y6b);
      y6c = f32x4.relaxed_madd(x6, bc, y6c);
      const x7 = v128.load32_splat(a1, 28);
      y7a = f32x4.relaxed_madd(x7, ba, y7a);
      y7b = f32x4.relaxed_madd(x7, bb, y7b);
      y7c = f32x4.relaxed_madd(x7, bc, y7c);
    }
    a0 += 32;
    a1 += 32;
  }
  v128.store(tile, y0a, 0);
  v128.store(tile, y0b, 16);
  v128.store(tile, y0c, 32);
  v128.store(tile, y1a, 48);
  v128.store(tile, y1b, 64);
  v128.store(tile, y1c, 80);
  v128.store(tile, y2a, 96);
  v128.store(tile, y2b, 112);
  v128.store(tile, y2c, 128);
  v128.store(tile, y3a, 144);
  v128.store(tile, y3b, 160);
  v128.store(tile, y3c, 176);
  v128.store(tile, y4a, 192);
  v128.store(tile, y4b, 208);
  v128.store(tile, y4c, 224);
  v128.store(tile, y5a, 240);
  v128.store(tile, y5b, 256);
  v128.store(tile, y5c, 272);
  v128.store(tile, y6a, 288);
  v128.store(tile, y6b, 304);
  v128.store(tile, y6c, 320);
  v128.store(tile, y7a, 336);
  v128.store(tile, y7b, 352);
  v128.store(tile, y7c, 368);
}

function multiply4x12(a0: usize, b: usize, k: u32, tile: usize): void {
  let y0a = zero(), y0b = zero(), y0c = zero();
  let y1a = zero(), y1b = zero(), y1c = zero();
  let y2a = zero(), y2b = zero(), y2c = zero();
  let y3a = zero(), y3b = zero(), y3c = zero();
  for (const stop = b + k * 48; b < stop; b += 96) {
    {
      const ba = v128.load(b, 0), bb = v128.load(b, 16), bc = v128.load(b, 32);
      const x0 = v128.load32_splat(a0, 0);
      y0a = f32x4.relaxed_madd(x0, ba, y0a);
      y0b = f32x4.relaxed_madd(x0, bb, y0b);
      y0c = f32x4.relaxed_madd(x0, bc, y0c);
      const x1 = v128.load32_splat(a0, 4);
      y1a = f32x4.relaxed_madd(x1, ba, y1a);
      y1b = f32x4.relaxed_madd(x1, bb, y1b);
      y1c = f32x4.relaxed_madd(x1, bc, y1c);
      const x2 = v128.load32_splat(a0, 8);
      y2a = f32x4.relaxed_madd(x2, ba, y2a);
      y2b = f32x4.relaxed_madd(x2, bb, y2b);
      y2c = f32x4.relaxed_madd(x2, bc, y2c);
      const x3 = v128.load32_splat(a0, 12);
      y3a = f32x4.relaxed_madd(x3, ba, y3a);
      y3b = f32x4.relaxed_madd(x3, bb, y3b);
      y3c = f32x4.relaxed_madd(x3, bc, y3c);
    }
    {
      const ba = v128.load(b, 48), bb = v128.load(b, 64), bc = v128.load(b, 80);
      const x0 = v128.load32_splat(a0, 16);
      y0a = f32x4.relaxed_madd(x0, ba, y0a);
      y0b = f32x4.relaxed_madd(x0, bb, y0b);
      y0c = f32x4.relaxed_madd(x0, bc, y0c);
      const x1 = v128.load32_splat(a0, 20);
      y1a = f32x4.relaxed_madd(x1, ba, y1a);
      y1b = f32x4.relaxed_madd(x1, bb, y1b);
      y1c = f32x4.relaxed_madd(x1, bc, y1c);
      const x2 = v128.load32_splat(a0, 24);
      y2a = f32x4.relaxed_madd(x2, ba, y2a);
      y2b = f32x4.relaxed_madd(x2, bb, y2b);
      y2c = f32x4.relaxed_madd(x2, bc, y2c);
      const x3 = v128.load32_splat(a0, 28);
      y3a = f32x4.relaxed_madd(x3, ba, y3a);
      y3b = f32x4.relaxed_madd(x3, bb, y3b);
      y3c = f32x4.relaxed_madd(x3, bc, y3c);
    }
    a0 += 32;
  }
  v128.store(tile, y0a, 0);
  v128.store(tile, y0b, 16);
  v128.store(tile, y0c, 32);
  v128.store(tile, y1a, 48);
  v128.store(tile, y1b, 64);
  v128.store(tile, y1c, 80);
  v128.store(tile, y2a, 96);
  v128.store(tile, y2b, 112);
  v128.store(tile, y2c, 128);
  v128.store(tile, y3a, 144);
  v128.store(tile, y3b, 160);
  v128.store(tile, y3c, 176);
}
