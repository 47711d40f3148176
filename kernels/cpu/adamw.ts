// AdamW with decoupled weight decay (Loshchilov & Hutter 2019), one pass over parameter, m, v and gradient; the numbers
// that change from step to step come ready made. The gradient is clipped on the way, as clip would. |m| below 1e-30 and
// v below 1e-37 become 0: the moments of a row without gradient would decay into denormals, which cost 44 times as much,
// and WebAssembly cannot flush them.

import { loadPart, storePart, zero } from "./vectors";

export function adamw(
  gradient: usize,
  norm: usize,
  parameter: usize,
  m: usize,
  v: usize,
  size: u32,
  beta1: f32,
  beta2: f32,
  oneMinusBeta1: f32,
  oneMinusBeta2: f32,
  decay: f32,
  stepSize: f32,
  inverseSqrtCorrection2: f32,
  eps: f32,
  maxNorm: f32,
  begin: u32,
  end: u32,
): void {
  const factor = min<f32>(1, maxNorm / (load<f32>(norm) + 1e-6)); // WebAssembly's min keeps NaN
  stepAdamW(
    gradient,
    parameter,
    m,
    v,
    factor,
    beta1,
    beta2,
    oneMinusBeta1,
    oneMinusBeta2,
    decay,
    stepSize,
    inverseSqrtCorrection2,
    eps,
    begin,
    end,
  );
}

/** Numbers `begin` to `end`; the gradient is multiplied by `factor` first. */
export function stepAdamW(
  gradient: usize,
  parameter: usize,
  m: usize,
  v: usize,
  factor: f32,
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
  const clipping = f32x4.splat(factor);
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const c1 = f32x4.splat(oneMinusBeta1);
  const c2 = f32x4.splat(oneMinusBeta2);
  const keep = f32x4.splat(decay);
  const step = f32x4.splat(stepSize);
  const correction = f32x4.splat(inverseSqrtCorrection2);
  const epsilon = f32x4.splat(eps);
  const smallestM = f32x4.splat(1e-30);
  const smallestV = f32x4.splat(1e-37);
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    const g = f32x4.mul(loadPart(gradient + i, count, zero()), clipping);
    let first = f32x4.relaxed_madd(loadPart(m + i, count, zero()), b1, f32x4.mul(g, c1));
    first = v128.andnot(first, f32x4.lt(f32x4.abs(first), smallestM));
    let second = f32x4.relaxed_madd(loadPart(v + i, count, zero()), b2, f32x4.mul(f32x4.mul(g, g), c2));
    second = v128.andnot(second, f32x4.lt(second, smallestV));
    const update = f32x4.div(first, f32x4.relaxed_madd(f32x4.sqrt(second), correction, epsilon));
    const kept = f32x4.mul(loadPart(parameter + i, count, zero()), keep);
    storePart(m + i, count, first);
    storePart(v + i, count, second);
    storePart(parameter + i, count, f32x4.relaxed_nmadd(step, update, kept));
  }
}
