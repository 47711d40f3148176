// y = x keepScale where the element is kept, else 0 (Srivastava et al. 2014); which are kept: random.ts

import { counters, hash, keepsFirst, keepsLast, nextCounters, roundUp8 } from "./random";
import { loadPart, storePart, zero } from "./vectors";

export function dropout(
  x: usize,
  y: usize,
  rows: u32,
  columns: u32,
  threshold: u32,
  keepScale: f32,
  seed: u32,
  begin: u32,
  end: u32,
): void {
  const rowBytes = columns << 2;
  if (threshold == 0) {
    memory.copy(y + begin * rowBytes, x + begin * rowBytes, (end - begin) * rowBytes);
    return;
  }
  const limit = i32x4.splat(threshold);
  const factor = f32x4.splat(keepScale);
  for (let row = begin; row < end; row++) {
    let counter = counters(seed, row * (roundUp8(columns) >> 3));
    let i = row * rowBytes;
    const stop = i + rowBytes;
    for (; i + 32 <= stop; i += 32) {
      const h = hash(counter);
      counter = nextCounters(counter);
      v128.store(y + i, f32x4.mul(v128.load(x + i), v128.and(keepsFirst(h, limit), factor)));
      v128.store(y + i, f32x4.mul(v128.load(x + i, 16), v128.and(keepsLast(h, limit), factor)), 16);
    }
    if (i == stop) continue;
    const h = hash(counter);
    const left = (stop - i) >> 2;
    const first = f32x4.mul(loadPart(x + i, left, zero()), v128.and(keepsFirst(h, limit), factor));
    storePart(y + i, left, first);
    if (left <= 4) continue;
    const last = f32x4.mul(loadPart(x + i + 16, left - 4, zero()), v128.and(keepsLast(h, limit), factor));
    storePart(y + i + 16, left - 4, last);
  }
}
