// losses[r] = (1 - s) w_label (lse - x_label) + s / columns Σ_c w_c (lse - x_c) with x = logits[r], lse = logsumexp(x),
// s = smoothing and w the class weights (1 where `weighted` is 0, Σ w = totalWeight); 0 where the label is ignoreIndex.
// The maximum is subtracted before the logarithm is added, so logits of 1e4 cost no precision. A label that is not a
// column gives NaN. statistics[r] = lse.

import { logOf } from "./log";
import { rowMax, sumOfExponentials } from "./rows";
import { loadPart, sumLanes, zero } from "./vectors";

export function cross_entropy(
  logits: usize,
  labels: usize,
  weights: usize,
  losses: usize,
  statistics: usize,
  rows: u32,
  columns: u32,
  ignoreIndex: i32,
  smoothing: f32,
  weighted: u32,
  totalWeight: f32,
  begin: u32,
  end: u32,
): void {
  for (let row: usize = begin; row < end; row++) {
    const x = logits + (row * columns << 2);
    const label = load<i32>(labels + (row << 2));
    const largest = rowMax(x, columns);
    const logSum = logOf(sumOfExponentials(x, columns, largest));
    store<f32>(statistics + (row << 2), largest + logSum);
    let loss: f32 = NaN;
    if (label == ignoreIndex) loss = 0;
    else if (u32(label) < columns) {
      const at: usize = usize(label) << 2;
      const weight: f32 = weighted ? load<f32>(weights + at) : 1;
      loss = (1 - smoothing) * weight * (logSum - (load<f32>(x + at) - largest));
      if (smoothing > 0) {
        const below = sumBelow(x, columns, largest, weighted ? weights : 0);
        loss += smoothing / f32(columns) * (totalWeight * logSum - below);
      }
    }
    store<f32>(losses + (row << 2), loss);
  }
}

/** Σ w (x - largest), with weights of 1 where there are none. */
function sumBelow(x: usize, columns: u32, largest: f32, weights: usize): f32 {
  const m = f32x4.splat(largest);
  let w = f32x4.splat(1);
  let sum = zero();
  const stop = columns << 2;
  for (let i: usize = 0; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    if (weights) w = loadPart(weights + i, count, zero());
    sum = f32x4.relaxed_madd(f32x4.sub(loadPart(x + i, count, m), m), w, sum);
  }
  return sumLanes(sum);
}
