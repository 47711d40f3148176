// y = x (1 + tanh u) / 2 = x σ(2u) with u = √(2/π) (x + 0.044715 x³): the form of GELU that GPT-2 and ALBERT use (Hendrycks & Gimpel 2016)

import { logistic } from "./sigmoid";
import { loadPart, storePart, zero } from "./vectors";

const CONSTANTS = memory.data<f32>([
  1.5957691216, // 2 √(2/π)
  0.0713548163, // 0.044715 times the first
  0.2140644489, // three times the second
], 16);

/** 2u */
@inline
export function twiceInner(x: v128): v128 {
  const z = f32x4.mul(x, x);
  return f32x4.mul(x, f32x4.relaxed_madd(z, v128.load32_splat(CONSTANTS, 4), v128.load32_splat(CONSTANTS)));
}

/** d 2u / dx */
@inline
export function twiceInnerSlope(x: v128): v128 {
  const z = f32x4.mul(x, x);
  return f32x4.relaxed_madd(z, v128.load32_splat(CONSTANTS, 8), v128.load32_splat(CONSTANTS));
}

export function gelu_tanh(x: usize, y: usize, size: u32, begin: u32, end: u32): void {
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    const v = loadPart(x + i, count, zero());
    storePart(y + i, count, f32x4.mul(v, logistic(twiceInner(v))));
  }
}
