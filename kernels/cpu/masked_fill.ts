// y = value where mask is not 0, else x

import { loadPart, storePart, zero } from "./vectors";

export function masked_fill(
  x: usize,
  mask: usize,
  y: usize,
  size: u32,
  value: f32,
  begin: u32,
  end: u32,
): void {
  const filler = f32x4.splat(value);
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    const isKept = i32x4.eq(loadPart(mask + i, count, zero()), zero());
    storePart(y + i, count, v128.bitselect(loadPart(x + i, count, zero()), filler, isKept));
  }
}
