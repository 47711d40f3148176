import { rowsAndColumns, run, scope, type Tensor } from "../tensor/mod.ts";
import { axisOf, inverseOrder, orderWithLast } from "./axes.ts";
import { assertDType, assertShapes, type Op } from "./op.ts";
import { inOrder } from "./view.ts";

/**
 * Values picked along an axis: for axis 1 of two, y[i, j] = x[i, index[i, j]]. Inputs x, and index int32 with x's lengths on all other
 * axes; y has the shape of index. Repeated places accumulate in the gradient.
 * @throws RangeError naming an index outside the axis, where the values are known on the host
 */
export const gather: Op<{ axis: number }> = {
  name: "gather",
  forward([x, index], { axis: named }) {
    const axis = axisOf("gather", named, x.shape);
    const isSame = index.shape.length === x.shape.length &&
      index.shape.every((length, at) => at === axis || length === x.shape[at]);
    assertShapes("gather", isSame, `all lengths but those of axis ${axis} must be the same`, x, index);
    assertDType("gather", "int32", "index", index);
    assertIndices(index, x.shape[axis]);
    const order = orderWithLast([axis], x.shape.length);
    return scope(() => {
      const [rows, places] = [inOrder(x, order, "gather"), inOrder(index, order, "gather")];
      const [y] = run("gather", [rows, places], [places.shape], sizes(rows.shape, places));
      return { y: inOrder(y, inverseOrder(order), "gather"), saved: [places] };
    });
  },
  backward(dy, { saved: [places], shapes: [shape], options: { axis } }) {
    const order = orderWithLast([axisOf("gather", axis, shape)], shape.length);
    const moved = order.map((from) => shape[from]);
    const [dx] = run("gather_grad", [places, inOrder(dy, order, "gather")], [moved], sizes(moved, places));
    return [inOrder(dx, inverseOrder(order), "gather"), null];
  },
};

function sizes(shape: readonly number[], places: Tensor) {
  return { ...rowsAndColumns(shape), count: places.shape.at(-1) ?? 1 };
}

function assertIndices(index: Tensor, length: number): void {
  const outside = index.hostData?.find((place) => place < 0 || place >= length);
  if (outside === undefined) return;
  throw new RangeError(`gather: index ${outside} is outside the axis; places go from 0 to ${length - 1}.`);
}
