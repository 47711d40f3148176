// One step of AdamW for some rows of a table, those that have a gradient; see adamw. Row i of the gradient belongs to row
// ids[i] of parameter, m and v. Units are rows of the gradient.

import { stepAdamW } from "./adamw";

export function adamw_rows(
  gradient: usize,
  ids: usize,
  parameter: usize,
  m: usize,
  v: usize,
  rows: u32,
  columns: u32,
  beta1: f32,
  beta2: f32,
  oneMinusBeta1: f32,
  oneMinusBeta2: f32,
  decay: f32,
  stepSize: f32,
  inverseSqrtCorrection2: f32,
  eps: f32,
  begin: u32,
  end: u32,
): void {
  const rowBytes: usize = columns << 2;
  for (let row = begin; row < end; row++) {
    const to = usize(load<u32>(ids + (row << 2))) * rowBytes;
    stepAdamW(
      gradient + row * rowBytes,
      parameter + to,
      m + to,
      v + to,
      1,
      beta1,
      beta2,
      oneMinusBeta1,
      oneMinusBeta2,
      decay,
      stepSize,
      inverseSqrtCorrection2,
      eps,
      0,
      columns,
    );
  }
}
