// dlogits[r, :] = (softmax(logits[r]) - target) dy factor, zeros where the label is ignoreIndex. The softmax is taken
// anew instead of as e^(logits - statistics): the rounded logsumexp of logits near 1e4 would be off by 5e-4.

import { softmaxRow } from "./rows";

export function cross_entropy_grad(
  logits: usize,
  labels: usize,
  statistics: usize,
  dy: usize,
  dlogits: usize,
  rows: u32,
  columns: u32,
  ignoreIndex: i32,
  smoothing: f32,
  perRow: u32,
  factor: f32,
  begin: u32,
  end: u32,
): void {
  const rowBytes: usize = columns << 2;
  const uniform = smoothing / f32(columns);
  for (let row: usize = begin; row < end; row++) {
    const y = dlogits + row * rowBytes;
    const label = load<i32>(labels + (row << 2));
    if (label == ignoreIndex) {
      memory.fill(y, 0, rowBytes);
      continue;
    }
    const scale = factor * load<f32>(perRow ? dy + (row << 2) : dy);
    softmaxRow(logits + row * rowBytes, y, columns);
    if (u32(label) < columns) {
      const at = y + (usize(label) << 2);
      store<f32>(at, load<f32>(at) - (1 - smoothing));
    }
    const target = f32x4.splat(uniform);
    const s = f32x4.splat(scale);
    let i: usize = 0;
    for (; i + 16 <= rowBytes; i += 16) v128.store(y + i, f32x4.mul(f32x4.sub(v128.load(y + i), target), s));
    for (; i < rowBytes; i += 4) store<f32>(y + i, (load<f32>(y + i) - uniform) * scale);
  }
}
