// y[r] = factor Σ x[r, :]

import { longSum } from "./rows";

export function row_sum(x: usize, y: usize, rows: u32, columns: u32, factor: f32, begin: u32, end: u32): void {
  for (let row: usize = begin; row < end; row++) {
    store<f32>(y + (row << 2), f32(longSum(x + (row * columns << 2), columns) * f64(factor)));
  }
}
