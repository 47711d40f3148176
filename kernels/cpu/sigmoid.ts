// y = σ(x) = 1 / (1 + e^-x), taken from e^-|x| so that nothing overflows

import { expNegative } from "./exp";
import { loadPart, storePart, zero } from "./vectors";

const ONE = memory.data<f32>([1.0], 16);

@inline
export function logistic(x: v128): v128 {
  const one = v128.load32_splat(ONE);
  const e = expNegative(f32x4.neg(f32x4.abs(x)));
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(x, zero())), f32x4.add(one, e));
}

export function sigmoid(x: usize, y: usize, size: u32, begin: u32, end: u32): void {
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    storePart(y + i, count, logistic(loadPart(x + i, count, zero())));
  }
}
