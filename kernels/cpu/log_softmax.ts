// y[r, :] = x[r, :] - logsumexp(x[r]). The maximum is taken off first: y of logits near 1e4 keeps its digits.

import { logOf } from "./log";
import { rowMax, rowShift, sumOfExponentials } from "./rows";

export function log_softmax(x: usize, y: usize, rows: u32, columns: u32, begin: u32, end: u32): void {
  for (let row: usize = begin; row < end; row++) {
    const at = row * columns << 2;
    const largest = rowMax(x + at, columns);
    rowShift(x + at, y + at, columns, largest, logOf(sumOfExponentials(x + at, columns, largest)));
  }
}
