import { rowsAndColumns, run, scope, type Tensor } from "../tensor/mod.ts";
import { axisOf, inverseOrder, orderWithLast } from "./axes.ts";
import type { Op } from "./op.ts";
import { inOrder } from "./view.ts";

/** Softmax over an axis: exp(x - max) / sum. Rows masked in full (-inf) give zeros, as there is nothing to attend to. */
export const softmax: Op<{ axis: number }> = rowOp("softmax", "softmax", "softmax_grad");

/** ln softmax over an axis: x - logsumexp(x), which keeps its digits where the probability itself rounds to 0. */
export const logSoftmax: Op<{ axis: number }> = rowOp("logSoftmax", "log_softmax", "log_softmax_grad");

/** An op on rows along any axis: that axis is put last (nothing is copied where it is), and the result back in order. */
function rowOp(
  name: string,
  kernel: "softmax" | "log_softmax",
  gradient: "softmax_grad" | "log_softmax_grad",
): Op<{ axis: number }> {
  const orderOf = (axis: number, { shape }: Tensor) => orderWithLast([axisOf(name, axis, shape)], shape.length);
  return {
    name,
    forward: ([x], { axis }) =>
      scope(() => {
        const order = orderOf(axis, x);
        const rows = inOrder(x, order, name);
        const [y] = run(kernel, [rows], [rows.shape], rowsAndColumns(rows.shape)); // (…, n) -> (…, n)
        return { y: inOrder(y, inverseOrder(order), name), saved: [y] };
      }),
    backward(dy, { saved: [y], options: { axis } }) {
      const order = orderOf(axis, dy);
      const [dx] = run(gradient, [y, inOrder(dy, order, name)], [y.shape], rowsAndColumns(y.shape));
      return [inOrder(dx, inverseOrder(order), name)];
    },
  };
}
