// dx = dy (Φ(x) + x φ(x)), φ the normal density

import { geluSlope } from "./erf";
import { loadPart, storePart, zero } from "./vectors";

export function gelu_grad(x: usize, dy: usize, dx: usize, size: u32, begin: u32, end: u32): void {
  let i = begin << 2;
  const stop = end << 2;
  for (; i + 32 <= stop; i += 32) {
    const first = f32x4.mul(v128.load(dy + i), geluSlope(v128.load(x + i)));
    const second = f32x4.mul(v128.load(dy + i, 16), geluSlope(v128.load(x + i, 16)));
    v128.store(dx + i, first);
    v128.store(dx + i, second, 16);
  }
  for (; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    const gradient = f32x4.mul(loadPart(dy + i, count, zero()), geluSlope(loadPart(x + i, count, zero())));
    storePart(dx + i, count, gradient);
  }
}
