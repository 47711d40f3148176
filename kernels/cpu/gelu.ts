// y = x Φ(x) = x / 2 (1 + erf(x / √2)) (Hendrycks & Gimpel 2016), the exact form

import { aboveErfBound, erfOfHalf, halved } from "./erf";
import { loadPart, storePart, zero } from "./vectors";

@inline
function activate(x: v128): v128 {
  const bounded = aboveErfBound(x);
  const half = halved(bounded);
  return f32x4.relaxed_madd(half, erfOfHalf(bounded), half);
}

export function gelu(x: usize, y: usize, size: u32, begin: u32, end: u32): void {
  let i = begin << 2;
  const stop = end << 2;
  for (; i + 32 <= stop; i += 32) {
    const first = activate(v128.load(x + i));
    const second = activate(v128.load(x + i, 16));
    v128.store(y + i, first);
    v128.store(y + i, second, 16);
  }
  for (; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    storePart(y + i, count, activate(loadPart(x + i, count, zero())));
  }
}
