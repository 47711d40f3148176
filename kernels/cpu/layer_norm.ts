// y[r, :] = weight (x - mean) / sqrt(variance + eps) + bias (Ba, Kiros & Hinton 2016); statistics (rows, 2): mean, 1 /
// sqrt(…)

import { rowNormalize, rowStatistics } from "./rows";

export function layer_norm(
  x: usize,
  weight: usize,
  bias: usize,
  y: usize,
  statistics: usize,
  rows: u32,
  columns: u32,
  eps: f32,
  begin: u32,
  end: u32,
): void {
  for (let row = begin; row < end; row++) {
    const at = row * columns << 2;
    rowStatistics(x + at, columns, eps, statistics + (row << 3));
    rowNormalize(x + at, weight, bias, y + at, columns, statistics + (row << 3));
  }
}
