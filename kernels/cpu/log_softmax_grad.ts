// dx[r, :] = dy - e^y Σ dy

import { expNegative } from "./exp";
import { rowSum } from "./rows";
import { loadPart, storePart, zero } from "./vectors";

export function log_softmax_grad(y: usize, dy: usize, dx: usize, rows: u32, columns: u32, begin: u32, end: u32): void {
  const rowBytes: usize = columns << 2;
  for (let row: usize = begin; row < end; row++) {
    const start = row * rowBytes;
    const total = f32x4.splat(rowSum(dy + start, columns));
    const stop = start + rowBytes;
    for (let i = start; i < stop; i += 16) {
      const count = (stop - i) >> 2;
      const p = expNegative(loadPart(y + i, count, zero()));
      storePart(dx + i, count, f32x4.relaxed_nmadd(p, total, loadPart(dy + i, count, zero())));
    }
  }
}
