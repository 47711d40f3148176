// y = √x, NaN below 0

import { loadPart, storePart, zero } from "./vectors";

export function sqrt(x: usize, y: usize, size: u32, begin: u32, end: u32): void {
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    storePart(y + i, count, f32x4.sqrt(loadPart(x + i, count, zero())));
  }
}
