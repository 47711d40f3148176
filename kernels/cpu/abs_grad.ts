// dx = dy sign(x), 0 where x is 0

import { loadPart, storePart, zero } from "./vectors";

export function abs_grad(x: usize, dy: usize, dx: usize, size: u32, begin: u32, end: u32): void {
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    const v = loadPart(x + i, count, zero());
    const g = loadPart(dy + i, count, zero());
    const up = v128.and(g, f32x4.gt(v, zero()));
    const down = v128.and(g, f32x4.lt(v, zero()));
    storePart(dx + i, count, f32x4.sub(up, down));
  }
}
