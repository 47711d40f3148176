// y (batch, m, n) = a (m, k) b (k, n); stored (k, m) where transposeA, (n, k) where transposeB. Units are tiles of each
// matrix in turn.

import { product } from "./product";
import { countTileRows, countTiles, partStart, TILE_ROW_STEP, tileColumnStep } from "./tiles";

/** Units of work of a call. */
export function matmul_units(batch: u32, m: u32, n: u32, k: u32): u32 {
  return batch * tilesOf(batch, m, n, k);
}

// a batch has enough to share by itself
function tilesOf(batch: u32, m: u32, n: u32, k: u32): u32 {
  return batch == 1 ? countTiles(m, n, k) : 1;
}

export function matmul(
  a: usize,
  b: usize,
  y: usize,
  batch: u32,
  m: u32,
  n: u32,
  k: u32,
  transposeA: u32,
  transposeB: u32,
  strideA: u32,
  strideB: u32,
  begin: u32,
  end: u32,
): void {
  const tiles = tilesOf(batch, m, n, k);
  const tileRows = countTileRows(m, n, tiles);
  const tileColumns = tiles / tileRows;
  const lda = transposeA ? m : k;
  const ldb = transposeB ? k : n;
  for (let unit = begin; unit < end; unit++) {
    const matrix = unit / tiles;
    const tile = unit % tiles;
    const row = partStart(m, tileRows, tile / tileColumns, TILE_ROW_STEP);
    const rows = partStart(m, tileRows, tile / tileColumns + 1, TILE_ROW_STEP) - row;
    const column = partStart(n, tileColumns, tile % tileColumns, tileColumnStep());
    const columns = partStart(n, tileColumns, tile % tileColumns + 1, tileColumnStep()) - column;
    const fromA = a + (matrix * strideA + (transposeA ? row : row * k) << 2);
    const fromB = b + (matrix * strideB + (transposeB ? column * k : column) << 2);
    const to = y + ((matrix * m + row) * n + column << 2);
    product(transposeA != 0, transposeB != 0, rows, columns, k, 1, fromA, lda, fromB, ldb, 0, to, n);
  }
}
