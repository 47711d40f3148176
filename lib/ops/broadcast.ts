// Broadcasting as NumPy and PyTorch do it: shapes are compared from their last axis on; a length of 1, or an axis that one of them lacks,
// is repeated. Tensors of one shape go straight to the kernel.

import { run, sameShape, scope, type Shape, type Tensor } from "../tensor/mod.ts";
import { assertDType, assertShapes } from "./op.ts";
import { sumOver } from "./reduce.ts";
import { expanded, readView, whole } from "./view.ts";

/** The shape that both are repeated to, or undefined where they do not fit. */
export function broadcastShape(a: Shape, b: Shape): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const lengthOf = (shape: Shape, axis: number) => shape[axis - rank + shape.length] ?? 1;
  const shape = Array.from({ length: rank }, (_, axis) => {
    const [lengthA, lengthB] = [lengthOf(a, axis), lengthOf(b, axis)];
    return lengthA === 1 ? lengthB : lengthB === 1 || lengthA === lengthB ? lengthA : NaN;
  });
  return shape.some(Number.isNaN) ? undefined : shape;
}

/** One of the kernels that take two tensors of one shape, on tensors that fit by broadcasting. */
export function elementwise(kernel: "add" | "sub" | "mul" | "div", a: Tensor, b: Tensor): Tensor {
  if (sameShape(a.shape, b.shape)) return run(kernel, [a, b], [a.shape], { size: a.size })[0];
  assertDType(kernel, "float32", "a", a);
  assertDType(kernel, "float32", "b", b);
  const shape = broadcastShape(a.shape, b.shape);
  assertShapes(kernel, shape !== undefined, "from the last axis on, lengths must be equal or one of them 1", a, b);
  return scope(() => {
    const [wideA, wideB] = [expandTo(a, shape!), expandTo(b, shape!)];
    return run(kernel, [wideA, wideB], [shape!], { size: wideA.size })[0];
  });
}

/** x repeated to a shape that it fits; x itself where that is its own. */
export function expandTo(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : readView(x, expanded(whole(x.shape), shape), "expand");
}

/** The gradient of what was repeated from `shape`: the sum over the axes along which it was. A new tensor, or an alias of dy. */
export function sumTo(dy: Tensor, shape: Shape): Tensor {
  if (sameShape(dy.shape, shape)) return dy.alias();
  const added = dy.shape.length - shape.length;
  const axes = dy.shape.map((_, axis) => axis)
    .filter((axis) => axis < added || (shape[axis - added] === 1 && dy.shape[axis] !== 1));
  return sumOver(dy, axes, 1, shape);
}
