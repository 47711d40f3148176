// y[r, :] = softmax(x[r, :]); a row of -inf gives zeros

import { softmaxRow } from "./rows";

export function softmax(x: usize, y: usize, rows: u32, columns: u32, begin: u32, end: u32): void {
  for (let row = begin; row < end; row++) {
    const at = row * columns << 2;
    softmaxRow(x + at, y + at, columns);
  }
}
