// dx[r, :] = (g - (Σ g + n Σ g n) / columns) / sqrt(…) with g = dy weight and n = (x - mean) / sqrt(variance + eps)

import { loadPart, storePart, sumLanes, zero } from "./vectors";

export function layer_norm_grad(
  dy: usize,
  x: usize,
  statistics: usize,
  weight: usize,
  dx: usize,
  rows: u32,
  columns: u32,
  begin: u32,
  end: u32,
): void {
  for (let row = begin; row < end; row++) {
    const at = row * columns << 2;
    rowGradient(dy + at, x + at, weight, dx + at, columns, statistics + (row << 3));
  }
}

function rowGradient(dy: usize, x: usize, weight: usize, dx: usize, columns: u32, statistics: usize): void {
  const mean = v128.load32_splat(statistics);
  const rstd = v128.load32_splat(statistics, 4);
  const stop = columns << 2;
  const whole = stop & ~15;
  const left = (stop - whole) >> 2;
  let sum = zero();
  let dot = zero();
  for (let i: usize = 0; i < whole; i += 16) {
    const g = f32x4.mul(v128.load(dy + i), v128.load(weight + i));
    sum = f32x4.add(sum, g);
    dot = f32x4.relaxed_madd(g, f32x4.mul(f32x4.sub(v128.load(x + i), mean), rstd), dot);
  }
  if (left) {
    const g = f32x4.mul(loadPart(dy + whole, left, zero()), loadPart(weight + whole, left, zero()));
    sum = f32x4.add(sum, g);
    dot = f32x4.relaxed_madd(g, f32x4.mul(f32x4.sub(loadPart(x + whole, left, mean), mean), rstd), dot);
  }
  const scale: f32 = 1 / f32(columns);
  const meanOfG = f32x4.splat(sumLanes(sum) * scale);
  const meanOfDot = f32x4.splat(sumLanes(dot) * scale);
  for (let i: usize = 0; i < whole; i += 16) {
    const g = f32x4.mul(v128.load(dy + i), v128.load(weight + i));
    const n = f32x4.mul(f32x4.sub(v128.load(x + i), mean), rstd);
    v128.store(dx + i, f32x4.mul(rstd, f32x4.sub(f32x4.relaxed_nmadd(n, meanOfDot, g), meanOfG)));
  }
  if (left) {
    const g = f32x4.mul(loadPart(dy + whole, left, zero()), loadPart(weight + whole, left, zero()));
    const n = f32x4.mul(f32x4.sub(loadPart(x + whole, left, mean), mean), rstd);
    storePart(dx + whole, left, f32x4.mul(rstd, f32x4.sub(f32x4.relaxed_nmadd(n, meanOfDot, g), meanOfG)));
  }
}
