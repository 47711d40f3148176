// The steps of AdamW that some rows of a table missed because they had no gradient: rows index[i] … steps - 1 of history (decay,
// stepSize, inverseSqrtCorrection2) for row ids[i]. The same bits as adamw gives with a gradient of zeros, but parameter, m and v stay in
// registers from step to step. Units are entries of ids.

import { loadPart, storePart, zero } from "./vectors";

const ENTRY: usize = 12;

export function adamw_catch_up(
  ids: usize,
  index: usize,
  history: usize,
  parameter: usize,
  m: usize,
  v: usize,
  rows: u32,
  columns: u32,
  steps: u32,
  beta1: f32,
  beta2: f32,
  eps: f32,
  begin: u32,
  end: u32,
): void {
  const rowBytes: usize = columns << 2;
  const last = history + steps * ENTRY;
  for (let row = begin; row < end; row++) {
    const start = usize(load<u32>(ids + (row << 2))) * rowBytes;
    const first = history + load<u32>(index + (row << 2)) * ENTRY;
    for (let i = start; i < start + rowBytes; i += 16) {
      const count = u32(start + rowBytes - i) >> 2;
      catchUp(parameter + i, m + i, v + i, count, first, last, beta1, beta2, eps);
    }
  }
}

/** Up to four numbers. */
@inline
function catchUp(
  parameter: usize,
  m: usize,
  v: usize,
  count: u32,
  first: usize,
  last: usize,
  beta1: f32,
  beta2: f32,
  eps: f32,
): void {
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const epsilon = f32x4.splat(eps);
  const smallestM = f32x4.splat(1e-30);
  const smallestV = f32x4.splat(1e-37);
  let p = loadPart(parameter, count, zero());
  let mean = loadPart(m, count, zero());
  let square = loadPart(v, count, zero());
  if (!v128.any_true(v128.or(mean, square))) { // never touched: the weight decay is all there is
    for (let entry = first; entry < last; entry += ENTRY) p = f32x4.mul(p, v128.load32_splat(entry));
    storePart(parameter, count, p);
    return;
  }
  for (let entry = first; entry < last; entry += ENTRY) {
    mean = f32x4.mul(mean, b1);
    mean = v128.andnot(mean, f32x4.lt(f32x4.abs(mean), smallestM));
    square = f32x4.mul(square, b2);
    square = v128.andnot(square, f32x4.lt(square, smallestV));
    const root = f32x4.relaxed_madd(f32x4.sqrt(square), v128.load32_splat(entry, 8), epsilon);
    const kept = f32x4.mul(p, v128.load32_splat(entry));
    p = f32x4.relaxed_nmadd(v128.load32_splat(entry, 4), f32x4.div(mean, root), kept);
  }
  storePart(parameter, count, p);
  storePart(m, count, mean);
  storePart(v, count, square);
}
