// y (rows, n) = x (rows, k) weightᵀ + bias; weight (n, k). The result starts as the bias, and the product is added to
// it: a product that starts from zeros would write them in the same way. Units are tiles.

import { product } from "./product";
import { countTileRows, countTiles, partStart, TILE_ROW_STEP, tileColumnStep } from "./tiles";

/** Units of work of a call. */
export function linear_units(rows: u32, n: u32, k: u32): u32 {
  return countTiles(rows, n, k);
}

export function linear(
  x: usize,
  weight: usize,
  bias: usize,
  y: usize,
  rows: u32,
  n: u32,
  k: u32,
  begin: u32,
  end: u32,
): void {
  const tiles = countTiles(rows, n, k);
  const tileRows = countTileRows(rows, n, tiles);
  const tileColumns = tiles / tileRows;
  for (let tile = begin; tile < end; tile++) {
    const row = partStart(rows, tileRows, tile / tileColumns, TILE_ROW_STEP);
    const height = partStart(rows, tileRows, tile / tileColumns + 1, TILE_ROW_STEP) - row;
    const column = partStart(n, tileColumns, tile % tileColumns, tileColumnStep());
    const width = partStart(n, tileColumns, tile % tileColumns + 1, tileColumnStep()) - column;
    const to = y + (row * n + column << 2);
    for (let i: u32 = 0; i < height; i++) memory.copy(to + (i * n << 2), bias + (column << 2), width << 2);
    product(
      false,
      true,
      height,
      width,
      k,
      1,
      x + (row * k << 2),
      k,
      weight + (column * k << 2),
      k,
      1,
      to,
      n,
    );
  }
}
