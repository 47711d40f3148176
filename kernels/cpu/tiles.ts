// How one product is shared by the threads: its result is cut into a grid of tiles, a tile being one unit of work. The
// grid depends on the sizes and on the number of threads only, so the same call always gives the same bits.

import { hasBlas, threads } from "./runtime";

/** Multiplications worth sharing, about 10 us: fewer are done by one thread. */
const SHARE: u64 = 1 << 17;
const SHARE_WITH_BLAS: u64 = 1 << 19;
/**
 * Where a tile keeps at least so many, each thread gets several, so that one that is slow or interrupted holds nobody
 * up. Measured on one thread: cut in 8, gemm.ts loses nothing; OpenBLAS loses 3 to 5 % from 2 to 4 tiles and as much
 * again to 8, as each tile packs its own.
 */
const TILE: u64 = 1 << 21;
const TILE_WITH_BLAS: u64 = 1 << 25;
const TILES_A_THREAD: u32 = 4;
const TILES_A_THREAD_WITH_BLAS: u32 = 2;

/** Tiles of an (m, n) product over k. */
export function countTiles(m: u32, n: u32, k: u32): u32 {
  if (threads == 1) return 1;
  const work = u64(m) * u64(n) * u64(k);
  const most = threads * (hasBlas ? TILES_A_THREAD_WITH_BLAS : TILES_A_THREAD);
  if (work / most >= (hasBlas ? TILE_WITH_BLAS : TILE)) return most;
  const shares = work / (hasBlas ? SHARE_WITH_BLAS : SHARE);
  return max(1, u32(min<u64>(shares, threads)));
}

/**
 * Tiles one below the other, a divisor of `tiles`. Each row of tiles reads all of b and each column all of a, so the
 * cut is made where that is least: few rows (fewer than about 100 a thread) are cut by columns. Where two cuts are
 * equal the one with more rows is taken, as rows are cut at smaller steps and so into parts of the same size.
 */
export function countTileRows(m: u32, n: u32, tiles: u32): u32 {
  let best: u32 = 1;
  let least = u64.MAX_VALUE;
  for (let rows: u32 = 1; rows <= tiles; rows++) {
    if (tiles % rows) continue;
    const reads = u64(rows) * u64(n) + u64(tiles / rows) * u64(m);
    if (reads <= least) {
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

/** Tiles start at multiples of the register blocks of gemm.ts or of OpenBLAS. */
export const TILE_ROW_STEP: u32 = 8;

@inline
export function tileColumnStep(): u32 {
  return hasBlas ? 48 : 12;
}
