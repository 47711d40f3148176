// dx = dy s (1 + x (1 - s) u') with s = σ(2u), u' = d 2u / dx; see gelu_tanh

import { twiceInner, twiceInnerSlope } from "./gelu_tanh";
import { logistic } from "./sigmoid";
import { loadPart, storePart, zero } from "./vectors";

export function gelu_tanh_grad(x: usize, dy: usize, dx: usize, size: u32, begin: u32, end: u32): void {
  const one = f32x4.splat(1);
  const far = f32x4.splat(20); // beyond, s is 0 or 1 and x² might not be finite
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    const v = f32x4.pmax(f32x4.pmin(loadPart(x + i, count, zero()), far), f32x4.neg(far));
    const s = logistic(twiceInner(v));
    const bend = f32x4.mul(f32x4.mul(v, f32x4.sub(one, s)), twiceInnerSlope(v));
    storePart(dx + i, count, f32x4.mul(loadPart(dy + i, count, zero()), f32x4.relaxed_madd(s, bend, s)));
  }
}
