// From scores to predicted classes.

import { rowsOf, type Scores } from "./numbers.ts";

/** Index of the largest score of each row: logits (rows, classes) to classes (rows,). Ties go to the first, as in NumPy. */
export function argmax(scores: Scores): Int32Array {
  return Int32Array.from(
    rowsOf(scores, "argmax"),
    (row) => row.reduce((best, score, i) => score > row[best] ? i : best, 0),
  );
}
