// dx = dy s (1 + x (1 - s)) with s = σ(x)

import { logistic } from "./sigmoid";
import { loadPart, storePart, zero } from "./vectors";

export function silu_grad(x: usize, dy: usize, dx: usize, size: u32, begin: u32, end: u32): void {
  const one = f32x4.splat(1);
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    const v = loadPart(x + i, count, zero());
    const s = logistic(v);
    const slope = f32x4.mul(s, f32x4.relaxed_madd(v, f32x4.sub(one, s), one));
    storePart(dx + i, count, f32x4.mul(loadPart(dy + i, count, zero()), slope));
  }
}
