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
  let s0 = zero(), s1 = zero();
  let d0 = zero(), d1 = zero();
  let i: usize = 0;
  for (; i + 32 <= stop; i += 32) {
    const g0 = f32x4.mul(v128.load(dy + i), v128.load(weight + i));
    const g1 = f32x4.mul(v128.load(dy + i, 16), v128.load(weight + i, 16));
    s0 = f32x4.add(s0, g0);
    s1 = f32x4.add(s1, g1);
    d0 = f32x4.relaxed_madd(g0, f32x4.sub(v128.load(x + i), mean), d0);
    d1 = f32x4.relaxed_madd(g1, f32x4.sub(v128.load(x + i, 16), mean), d1);
  }
  for (; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    const g = f32x4.mul(loadPart(dy + i, count, zero()), loadPart(weight + i, count, zero()));
    s0 = f32x4.add(s0, g);
    d0 = f32x4.relaxed_madd(g, f32x4.sub(loadPart(x + i, count, mean), mean), d0);
  }
  const r = load<f32>(statistics, 4);
  const meanOfG = f32x4.splat(sumLanes(f32x4.add(s0, s1)) / f32(columns));
  const slope = f32x4.splat(sumLanes(f32x4.add(d0, d1)) * r * r / f32(columns)); // of n Σ g n / columns in x
  for (i = 0; i + 16 <= stop; i += 16) {
    const g = f32x4.mul(v128.load(dy + i), v128.load(weight + i));
    const centred = f32x4.relaxed_nmadd(f32x4.sub(v128.load(x + i), mean), slope, f32x4.sub(g, meanOfG));
    v128.store(dx + i, f32x4.mul(centred, rstd));
  }
  if (i == stop) return;
  const count = (stop - i) >> 2;
  const g = f32x4.mul(loadPart(dy + i, count, zero()), loadPart(weight + i, count, zero()));
  const offset = f32x4.sub(loadPart(x + i, count, mean), mean);
  storePart(dx + i, count, f32x4.mul(f32x4.relaxed_nmadd(offset, slope, f32x4.sub(g, meanOfG)), rstd));
}
