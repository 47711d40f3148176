// losses[r] = logsumexp(logits[r]) - Σ target logits[r] with target = (1 - smoothing) onehot + smoothing / columns, 0
// where the label is ignoreIndex. The maximum is subtracted before the logarithm is added, so logits of 1e4 cost no
// precision. A label that is not a column gives NaN. statistics[r] = logsumexp.

import { expNegative } from "./exp";
import { logOf } from "./log";
import { rowMax, rowSum } from "./rows";
import { loadPart, sumLanes, zero } from "./vectors";

export function cross_entropy(
  logits: usize,
  labels: usize,
  losses: usize,
  statistics: usize,
  rows: u32,
  columns: u32,
  ignoreIndex: i32,
  smoothing: f32,
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
      loss = logSum - (1 - smoothing) * (load<f32>(x + (usize(label) << 2)) - largest);
      if (smoothing > 0) loss -= smoothing * (rowSum(x, columns) / f32(columns) - largest);
    }
    store<f32>(losses + (row << 2), loss);
  }
}

function sumOfExponentials(x: usize, columns: u32, largest: f32): f32 {
  const m = f32x4.splat(largest);
  const lowest = f32x4.splat(-Infinity);
  let sum = zero();
  const stop = columns << 2;
  for (let i: usize = 0; i < stop; i += 16) {
    sum = f32x4.add(sum, expNegative(f32x4.sub(loadPart(x + i, (stop - i) >> 2, lowest), m)));
  }
  return sumLanes(sum);
}
