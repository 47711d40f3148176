import { empty, type Shape, type Tensor } from "../tensor/mod.ts";
import { axisOf } from "./axes.ts";
import { assertDType, assertShapes, type Op } from "./op.ts";
import { narrowed, readView, type View, whole, writeView } from "./view.ts";

/** Tensors one after the other along an axis; all other lengths must be the same. */
export const concat: Op<{ axis: number }> = {
  name: "concat",
  forward(inputs, { axis: named }) {
    if (inputs.length === 0) throw new RangeError(`concat: no tensors were given; it takes at least one.`);
    const [first] = inputs;
    const axis = axisOf("concat", named, first.shape);
    inputs.forEach((input, i) => assertFits(first, input, axis, i));
    const shape = first.shape.with(axis, inputs.reduce((sum, input) => sum + input.shape[axis], 0));
    const y = empty(shape, first.dtype, "concat", first.backend);
    parts(shape, inputs.map((input) => input.shape), axis).forEach((view, i) => writeView(inputs[i], y, view));
    return { y, saved: [] };
  },
  backward(dy, { shapes, needs, options: { axis: named } }) {
    const views = parts(dy.shape, shapes, axisOf("concat", named, dy.shape));
    return views.map((view, i) => (needs[i] ? readView(dy, view, "concat") : null));
  },
};

/** Where each part lies. */
function parts(shape: Shape, shapes: readonly Shape[], axis: number): View[] {
  let start = 0;
  return shapes.map((part) => {
    const view = narrowed(whole(shape), axis, start, part[axis]);
    start += part[axis];
    return view;
  });
}

function assertFits(first: Tensor, input: Tensor, axis: number, i: number): void {
  const isSame = input.shape.length === first.shape.length &&
    input.shape.every((length, at) => at === axis || length === first.shape[at]);
  assertShapes("concat", isSame, `all lengths but those of axis ${axis} must be the same`, first, input);
  assertDType("concat", first.dtype, `tensor ${i}`, input);
}
