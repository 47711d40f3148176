// y (1) = factor Σ x

import { longSum } from "./rows";

export function sum(x: usize, y: usize, size: u32, factor: f32, begin: u32, end: u32): void {
  store<f32>(y, f32(longSum(x, size) * f64(factor)));
}
