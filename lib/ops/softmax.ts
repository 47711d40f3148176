import { rowsAndColumns, run } from "../tensor/mod.ts";
import type { Op } from "./op.ts";

/** Softmax over the last axis: exp(x - max) / sum. Rows masked in full (-inf) give zeros, as there is nothing to attend to. */
export const softmax: Op = {
  name: "softmax",
  forward([x]) {
    const [y] = run("softmax", [x], [x.shape], rowsAndColumns(x.shape)); // (…, n) -> (…, n)
    return { y, saved: [y] };
  },
  backward: (dy, { saved: [y] }) => run("softmax_grad", [y, dy], [y.shape], rowsAndColumns(y.shape)),
};
