// The packed panels that gemm.ts reads: `width` numbers (rows of a, or columns of b) side by side, step after step
// along the shared axis, so that the innermost loop walks straight through memory. Missing rows are zeros, and so is a
// last step that makes their number even. Panels are made four numbers wide at a time.

import { loadPart, zero } from "./vectors";

/**
 * Packs `steps` steps of `count` vectors that lie along the shared axis: vector i starts at source + i stride
 * (in bytes). So lie the rows of a as it is stored, and the columns of b stored transposed.
 */
export function packAlong(source: usize, stride: usize, count: u32, steps: u32, width: u32, panel: usize): void {
  const rowBytes = width << 2;
  for (let i: u32 = 0; i < width; i += 4) {
    const from = source + i * stride;
    const to = panel + (i << 2);
    if (i + 4 <= count) packFourAlong(from, stride, steps, rowBytes, to);
    else packFewAlong(from, stride, i < count ? count - i : 0, steps, rowBytes, to);
  }
}

function packFourAlong(from: usize, stride: usize, steps: u32, rowBytes: usize, to: usize): void {
  const third = from + 2 * stride;
  let at: usize = 0;
  for (const whole = (steps & ~3) << 2; at < whole; at += 16, to += 4 * rowBytes) {
    const r0 = v128.load(from + at), r1 = v128.load(from + stride + at);
    const r2 = v128.load(third + at), r3 = v128.load(third + stride + at);
    storeTransposed(r0, r1, r2, r3, 4, rowBytes, to);
  }
  const left = steps & 3;
  if (left == 0) return;
  const r0 = loadPart(from + at, left, zero()), r1 = loadPart(from + stride + at, left, zero());
  const r2 = loadPart(third + at, left, zero()), r3 = loadPart(third + stride + at, left, zero());
  storeTransposed(r0, r1, r2, r3, left, rowBytes, to);
}

function packFewAlong(from: usize, stride: usize, count: u32, steps: u32, rowBytes: usize, to: usize): void {
  for (let step: u32 = 0; step < steps; step += 4, from += 16, to += 4 * rowBytes) {
    const left = steps - step;
    const r0 = count > 0 ? loadPart(from, left, zero()) : zero();
    const r1 = count > 1 ? loadPart(from + stride, left, zero()) : zero();
    const r2 = count > 2 ? loadPart(from + 2 * stride, left, zero()) : zero();
    storeTransposed(r0, r1, r2, zero(), left, rowBytes, to);
  }
}

/**
 * Stores the columns of four rows below each other: pairs of rows interleaved, then pairs of pairs. With up to two
 * steps left, two.
 */
@inline
function storeTransposed(r0: v128, r1: v128, r2: v128, r3: v128, left: u32, rowBytes: usize, to: usize): void {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to + rowBytes, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  if (left <= 2) return;
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to + 2 * rowBytes, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(to + 3 * rowBytes, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/**
 * Packs `steps` steps of `count` numbers that lie side by side: step s starts at source + s stride (in bytes).
 * So lie the columns of b as it is stored, and the rows of a stored transposed.
 */
export function packAcross(source: usize, stride: usize, count: u32, steps: u32, width: u32, panel: usize): void {
  const rowBytes = width << 2;
  const end = panel + steps * rowBytes;
  if (count >= width) {
    for (; panel < end; panel += rowBytes, source += stride) {
      v128.store(panel, v128.load(source));
      if (width > 4) v128.store(panel, v128.load(source, 16), 16);
      if (width > 8) v128.store(panel, v128.load(source, 32), 32);
    }
  } else {
    for (; panel < end; panel += rowBytes, source += stride) {
      for (let i: u32 = 0; i < width; i += 4) {
        const present = i < count ? count - i : 0;
        v128.store(panel + (i << 2), present ? loadPart(source + (i << 2), present, zero()) : zero());
      }
    }
  }
  if (steps & 1) memory.fill(panel, 0, rowBytes);
}
