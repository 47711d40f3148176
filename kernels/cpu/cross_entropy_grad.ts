// dlogits[r, :] = (mass softmax(logits[r]) - target) dy factor, zeros where the label is ignoreIndex. With w as in
// cross_entropy, target_c = w_c (smoothing / columns, and 1 - smoothing more where c is the label), mass = Σ target. The
// softmax is taken anew instead of as e^(logits - statistics): the rounded logsumexp of logits near 1e4 would be off
// by 5e-4.

import { softmaxRow } from "./rows";
import { loadPart, storePart, zero } from "./vectors";

export function cross_entropy_grad(
  logits: usize,
  labels: usize,
  weights: usize,
  statistics: usize,
  dy: usize,
  dlogits: usize,
  rows: u32,
  columns: u32,
  ignoreIndex: i32,
  smoothing: f32,
  weighted: u32,
  totalWeight: f32,
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
    let mass: f32 = 1;
    let peak: f32 = 1 - smoothing;
    if (weighted && u32(label) < columns) {
      peak *= load<f32>(weights + (usize(label) << 2));
      mass = peak + uniform * totalWeight;
    }
    if (label == ignoreIndex || mass == 0) {
      memory.fill(y, 0, rowBytes);
      continue;
    }
    const scale = factor * load<f32>(perRow ? dy + (row << 2) : dy);
    softmaxRow(logits + row * rowBytes, y, columns);
    // the target is divided by its mass before it is taken off, so that a probability near 1 leaves its exact rest
    if (u32(label) < columns) {
      const at = y + (usize(label) << 2);
      store<f32>(at, load<f32>(at) - peak / mass);
    }
    subtractAndScale(y, rowBytes, uniform / mass, weighted ? weights : 0, scale * mass);
  }
}

/** y = (y - uniform w) scale, with weights of 1 where there are none. */
function subtractAndScale(y: usize, rowBytes: usize, uniform: f32, weights: usize, scale: f32): void {
  const s = f32x4.splat(scale);
  let target = f32x4.splat(uniform);
  for (let i: usize = 0; i < rowBytes; i += 16) {
    const count = (rowBytes - i) >> 2;
    if (weights) target = f32x4.mul(f32x4.splat(uniform), loadPart(weights + i, count, zero()));
    storePart(y + i, count, f32x4.mul(f32x4.sub(loadPart(y + i, count, zero()), target), s));
  }
}
