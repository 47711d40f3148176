// The product of two matrices without a BLAS: a block of b is packed into panels that stay in the second cache, and the
// rows of a walk past them, eight at a time (Goto & van de Geijn 2008, "Anatomy of High-Performance Matrix
// Multiplication"; blocks.ts has the innermost loops).

import { multiply4x12, multiply8x12 } from "./blocks";
import { packAcross, packAlong } from "./packing";
import { scratch } from "./runtime";
import { loadPart, storePart, zero } from "./vectors";

const ROWS: u32 = 8;
const COLUMNS: u32 = 12;
/** Steps along the shared axis in one block: a panel of b (12 KiB) and one of a (8 KiB) stay in the first cache. */
const DEPTH: u32 = 256;
/** Columns of b in one block, at most: 384 KiB. */
const WIDTH: u32 = 384;
/** With fewer rows a panel of b is not used often enough to be packed. */
const ROWS_WORTH_PACKING: u32 = 16;

const B_BYTES: usize = DEPTH * WIDTH * 4;
const A_BYTES: usize = DEPTH * ROWS * 4;
const TILE_BYTES: usize = ROWS * COLUMNS * 4;
/** Scratch memory that gemm uses, from its start. */
export const GEMM_BYTES: usize = B_BYTES + A_BYTES + TILE_BYTES;

/**
 * y (m, n) = alpha op(a) op(b) + beta y with beta 0 or 1; lda, ldb and ldy are row lengths of what is stored, in
 * numbers.
 */
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
  const blocks = (n + WIDTH - 1) / WIDTH;
  const widest = (n / max(1, blocks) + COLUMNS) / COLUMNS * COLUMNS; // blocks of about the same width
  for (let column: u32 = 0; column < n; column += min(WIDTH, widest)) {
    const width = min(min(WIDTH, widest), n - column);
    for (let step: u32 = 0; step < k; step += DEPTH) {
      const depth = min(DEPTH, k - step);
      const fromA = a + ((transposeA ? step * lda : step) << 2);
      const fromB = b + ((transposeB ? column * ldb + step : step * ldb + column) << 2);
      const isPacked = transposeB || (depth & 1) != 0 || m > ROWS_WORTH_PACKING;
      packB(isPacked, transposeB, fromB, ldb, depth, width);
      const adds = step > 0 || beta != 0;
      multiply(m, width, depth, alpha, transposeA, fromA, lda, isPacked, fromB, ldb, adds, y + (column << 2), ldy);
    }
  }
}

@inline
function roundUp2(n: u32): u32 {
  return n + (n & 1);
}

/** Packs the panels of b, or the last one alone where it has fewer than 12 columns. */
function packB(isPacked: bool, transposed: bool, b: usize, ldb: u32, depth: u32, width: u32): void {
  const panelBytes = roundUp2(depth) * COLUMNS << 2;
  const first: u32 = isPacked ? 0 : width - width % COLUMNS;
  let panel = scratch + first / COLUMNS * panelBytes;
  for (let j = first; j < width; j += COLUMNS, panel += panelBytes) {
    if (transposed) packAlong(b + (j * ldb << 2), ldb << 2, width - j, depth, COLUMNS, panel);
    else packAcross(b + (j << 2), ldb << 2, width - j, depth, COLUMNS, panel);
  }
}

/**
 * All rows of a with one block of b. Rows that are stored across, ragged, or of odd length are packed first, the others
 * read in place.
 */
function multiply(
  m: u32,
  width: u32,
  depth: u32,
  alpha: f32,
  transposeA: bool,
  a: usize,
  lda: u32,
  isPackedB: bool,
  b: usize,
  ldb: u32,
  adds: bool,
  y: usize,
  ldy: u32,
): void {
  const panelA = scratch + B_BYTES;
  for (let i: u32 = 0; i < m; i += ROWS) {
    const rows = min(ROWS, m - i);
    const isWhole = rows == 8 || rows == 4;
    const isPacked = transposeA || (depth & 1) != 0 || !isWhole;
    const height: u32 = rows > 4 ? 8 : 4;
    let fromA = a + (i * lda << 2);
    if (isPacked) {
      if (transposeA) packAcross(a + (i << 2), lda << 2, rows, depth, height, panelA);
      else packAlong(fromA, lda << 2, rows, depth, height, panelA);
      fromA = panelA;
    }
    const rowStride = isPacked ? 4 : lda << 2;
    const stepStride = isPacked ? height << 2 : 4;
    multiplyRows(
      fromA,
      rowStride,
      stepStride,
      rows,
      width,
      depth,
      alpha,
      isPackedB,
      b,
      ldb,
      adds,
      y + (i * ldy << 2),
      ldy,
    );
  }
}

function multiplyRows(
  a: usize,
  rowStride: usize,
  stepStride: usize,
  rows: u32,
  width: u32,
  depth: u32,
  alpha: f32,
  isPackedB: bool,
  b: usize,
  ldb: u32,
  adds: bool,
  y: usize,
  ldy: u32,
): void {
  const steps = roundUp2(depth);
  const tile = scratch + B_BYTES + A_BYTES;
  let panel = scratch;
  for (let j: u32 = 0; j < width; j += COLUMNS, panel += steps * COLUMNS << 2) {
    const columns = min(COLUMNS, width - j);
    const isPacked = isPackedB || columns < COLUMNS;
    const fromB = isPacked ? panel : b + (j << 2);
    const stride = isPacked ? COLUMNS << 2 : ldb << 2;
    const isWhole = columns == COLUMNS && (rows == 8 || rows == 4);
    const to = isWhole ? y + (j << 2) : tile;
    const rowBytes = isWhole ? ldy << 2 : COLUMNS << 2;
    if (rows > 4) multiply8x12(a, rowStride, stepStride, fromB, stride, steps, alpha, isWhole && adds, to, rowBytes);
    else multiply4x12(a, rowStride, stepStride, fromB, stride, steps, alpha, isWhole && adds, to, rowBytes);
    if (!isWhole) storeTile(tile, rows, columns, adds, y + (j << 2), ldy << 2);
  }
}

/** y = tile, or y += tile, for a tile at an edge. */
function storeTile(tile: usize, rows: u32, columns: u32, adds: bool, y: usize, rowBytes: usize): void {
  for (let i: u32 = 0; i < rows; i++, y += rowBytes, tile += COLUMNS << 2) {
    for (let j: u32 = 0; j < columns; j += 4) {
      const at = y + (j << 2);
      const before = adds ? loadPart(at, columns - j, zero()) : zero();
      storePart(at, columns - j, f32x4.add(v128.load(tile + (j << 2)), before));
    }
  }
}
