import { rowsAndColumns, run, scope, type Tensor } from "../tensor/mod.ts";
import { axisOf, inverseOrder, orderWithLast, reducedShape } from "./axes.ts";
import { assertShapes, type Op } from "./op.ts";
import { inOrder } from "./view.ts";

export interface AxisOptions {
  axis: number;
  keepdim?: boolean;
}

/** The largest value along an axis (NaN where there is one); its gradient goes to the first place that holds it. */
export const max: Op<AxisOptions> = {
  name: "max",
  forward([x], options) {
    const { y, index } = rowMax("max", x, options);
    return { y, saved: [index] };
  },
  backward(dy, { saved: [index], shapes: [shape], options: { axis } }) {
    const order = orderWithLast([axisOf("max", axis, shape)], shape.length);
    const moved = order.map((from) => shape[from]);
    const [dx] = run("gather_grad", [index, dy], [moved], { ...rowsAndColumns(moved), count: 1 });
    return [inOrder(dx, inverseOrder(order), "max")];
  },
};

/** Where the largest value along an axis is, int32; the first place of several. It has no gradient. */
export function argmax(x: Tensor, options: AxisOptions): Tensor {
  const { y, index } = rowMax("argmax", x, options);
  y.dispose();
  return index;
}

function rowMax(op: string, x: Tensor, { axis, keepdim = false }: AxisOptions): { y: Tensor; index: Tensor } {
  const last = axisOf(op, axis, x.shape);
  assertShapes(op, x.shape[last] > 0, `axis ${axis} must hold at least one value`, x);
  const shape = reducedShape(x.shape, [last], keepdim);
  return scope(() => {
    const moved = inOrder(x, orderWithLast([last], x.shape.length), op);
    const [y, index] = run("row_max", [moved], [shape, shape], rowsAndColumns(moved.shape));
    return { y, index };
  });
}
