import { type Shape, shapeText } from "../tensor/mod.ts";
import { axisOf, inverseOrder } from "./axes.ts";
import { assertShapes, type Op } from "./op.ts";
import { permuted, readView, whole } from "./view.ts";

/** The axes in another order: y's axis i is x's axis axes[i]. */
export const permute: Op<{ axes: readonly number[] }> = {
  name: "permute",
  forward([x], { axes }) {
    const order = axes.map((axis) => axisOf("permute", axis, x.shape));
    const namesEachOnce = order.length === x.shape.length && new Set(order).size === order.length;
    assertShapes("permute", namesEachOnce, `axes ${shapeText(axes)} must name each axis once`, x);
    return { y: readView(x, permuted(whole(x.shape), order), "permute"), saved: [] };
  },
  backward(dy, { shapes: [shape], options: { axes } }) {
    const order = inverseOrder(axes.map((axis) => axisOf("permute", axis, shape)));
    return [readView(dy, permuted(whole(dy.shape), order), "permute")];
  },
};

/** The order of axes in which two are exchanged. @throws RangeError where one is outside */
export function exchangedAxes(shape: Shape, axisA: number, axisB: number): number[] {
  const [a, b] = [axisOf("transpose", axisA, shape), axisOf("transpose", axisB, shape)];
  return shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis));
}
