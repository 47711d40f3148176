// y = x σ(x) (Elfwing, Uchibe & Doya 2017)

import { logistic } from "./sigmoid";
import { loadPart, storePart, zero } from "./vectors";

export function silu(x: usize, y: usize, size: u32, begin: u32, end: u32): void {
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    const v = loadPart(x + i, count, zero());
    storePart(y + i, count, f32x4.mul(v, logistic(v)));
  }
}
