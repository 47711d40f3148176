// losses = (1 - target) x - min(x, 0) + ln(1 + e^-|x|): the cross-entropy of σ(x) against target, without the overflow of ln σ(x)

import { expNegative } from "./exp";
import { lnOf } from "./log";

export function bce_with_logits(
  x: usize,
  target: usize,
  losses: usize,
  size: u32,
  begin: u32,
  end: u32,
): void {
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 4) {
    const v = load<f32>(x + i);
    const e = f32x4.extract_lane(expNegative(f32x4.neg(f32x4.abs(f32x4.splat(v)))), 0);
    const overlap = f32(lnOf(1 + f64(e)));
    store<f32>(losses + i, (1 - load<f32>(target + i)) * v - (v < 0 ? v : 0) + overlap);
  }
}
