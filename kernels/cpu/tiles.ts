// How one product is shared by the threads: its result is cut into a grid of tiles, a tile being one unit of work. The grid depends on
// the sizes and on the number of threads only, so the same call always gives the same bits.

import { hasBlas, threads } from "./runtime";

/** Multiplications worth one share, about 10 us: fewer are done by one thread. */
const SHARE_WITH_BLAS: u64 = 1 << 19;
const SHARE: u64 = 1 << 17;

/** Tiles of an (m, n) product over k. */
export function countTiles(m: u32, n: u32, k: u32): u32 {
  const shares = u64(m) * u64(n) * u64(k) / (hasBlas ? SHARE_WITH_BLAS : SHARE);
  return max(1, min(threads, u32(min<u64>(shares, 0xffff))));
}

/**
 * Tiles one below the other, a divisor of `tiles`. Each row of tiles reads all of b and each column all of a, so the cut is made where that
 * is least: few rows (fewer than about 100 a thread) are cut by columns.
 */
export function countTileRows(m: u32, n: u32, tiles: u32): u32 {
  let best: u32 = 1;
  let least = u64.MAX_VALUE;
  for (let rows: u32 = 1; rows <= tiles; rows++) {
    if (tiles % rows) continue;
    const reads = u64(rows) * u64(n) + u64(tiles / rows) * u64(m);
    if (reads < least) {
      least = reads;
      best = rows;
    }
  }
  return best;
}

/** Where part `i` of `parts` of 0 … size begins, at a multiple of `step`. */
export function partStart(size: u32, parts: u32, i: u32, step: u32): u32 {
  if (i >= parts) return size;
  const start = u32(u64(size) * i / parts) + step - 1;
  return min(size, start - start % step);
}

/** Tiles start at multiples of the register blocks of gemm.ts and of OpenBLAS. */
export const TILE_ROW_STEP: u32 = 8;
export const TILE_COLUMN_STEP: u32 = 48;
