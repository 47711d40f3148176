// dx[r, :] = y (dy - Σ y dy)

import { loadPart, sumLanes, zero } from "./vectors";

export function softmax_grad(y: usize, dy: usize, dx: usize, rows: u32, columns: u32, begin: u32, end: u32): void {
  const rowBytes = columns << 2;
  for (let row = begin; row < end; row++) {
    const start = row * rowBytes;
    const stop = start + rowBytes;
    let sum = zero();
    let i = start;
    for (; i + 16 <= stop; i += 16) sum = f32x4.relaxed_madd(v128.load(y + i), v128.load(dy + i), sum);
    if (i < stop) {
      const count = (stop - i) >> 2;
      sum = f32x4.relaxed_madd(loadPart(y + i, count, zero()), loadPart(dy + i, count, zero()), sum);
    }
    const dot = sumLanes(sum);
    const d = f32x4.splat(dot);
    i = start;
    for (; i + 16 <= stop; i += 16) {
      v128.store(dx + i, f32x4.mul(v128.load(y + i), f32x4.sub(v128.load(dy + i), d)));
    }
    for (; i < stop; i += 4) store<f32>(dx + i, load<f32>(y + i) * (load<f32>(dy + i) - dot));
  }
}
