// y (1) = factor Σ x: pieces of 4,096 in float32 lanes, the pieces in float64

import { rowSum } from "./rows";

export function sum(x: usize, y: usize, size: u32, factor: f32, begin: u32, end: u32): void {
  let total: f64 = 0;
  for (let i: u32 = 0; i < size; i += 4096) total += rowSum(x + (i << 2), min(4096, size - i));
  store<f32>(y, f32(total * f64(factor)));
}
