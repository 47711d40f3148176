// The packed panels that the product of gemm.ts reads: `width` numbers (rows of a, or columns of b) side by side, step after step along
// the shared axis, so that the innermost loop walks straight through memory. Missing rows are zeros. The number of steps is even.

import { loadPart, storePart, zero } from "./vectors";

/**
 * Packs `steps` steps of `count` vectors that lie along the shared axis: vector i starts at source + i stride (in bytes).
 * a as it is stored, or b stored transposed.
 */
export function packAlong(source: usize, stride: usize, count: u32, steps: u32, width: u32, panel: usize): void {
  const rowBytes = width << 2;
  for (let i: u32 = 0; i < width; i += 4) {
    const from = source + i * stride;
    const present = i < count ? count - i : 0;
    let to = panel + (i << 2);
    for (let step: u32 = 0; step < steps; step += 4) {
      const left = steps - step;
      const at = from + (step << 2);
      const r0 = present > 0 ? loadPart(at, left, zero()) : zero();
      const r1 = present > 1 ? loadPart(at + stride, left, zero()) : zero();
      const r2 = present > 2 ? loadPart(at + 2 * stride, left, zero()) : zero();
      const r3 = present > 3 ? loadPart(at + 3 * stride, left, zero()) : zero();
      // a 4 x 4 transposition: pairs of rows interleaved, then pairs of pairs
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store(to + rowBytes, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
      if (left > 2) {
        v128.store(to + 2 * rowBytes, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
        v128.store(to + 3 * rowBytes, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
      }
      to += 4 * rowBytes;
    }
  }
}

/**
 * Packs `steps` steps of `count` numbers that lie side by side: step s starts at source + s stride (in bytes).
 * b as it is stored, or a stored transposed.
 */
export function packAcross(source: usize, stride: usize, count: u32, steps: u32, width: u32, panel: usize): void {
  let from = source;
  for (let step: u32 = 0; step < steps; step++) {
    for (let i: u32 = 0; i < width; i += 4) {
      v128.store(panel, i < count ? loadPart(from + (i << 2), count - i, zero()) : zero());
      panel += 16;
    }
    from += stride;
  }
  if (steps & 1) { for (let i: u32 = 0; i < width; i += 4, panel += 16) v128.store(panel, zero()); }
}
