import { run, type Shape, sizeOf, type Tensor } from "../tensor/mod.ts";
import { axesOf, reducedShape } from "./axes.ts";
import type { Op } from "./op.ts";
import { sumOver } from "./reduce.ts";
import { expanded, readView, whole } from "./view.ts";

export interface ReduceOptions {
  /** The axes to reduce; all where left out. Negative ones count from the end. */
  axes?: readonly number[];
  /** Keeps the reduced axes, with a length of 1. */
  keepdim?: boolean;
}

/** Σ x over axes. */
export const sum: Op<ReduceOptions> = {
  name: "sum",
  forward: ([x], { axes, keepdim = false }) => ({ y: reduce("sum", x, axes, keepdim, 1), saved: [] }),
  backward: (dy, { shapes: [shape], options: { axes } }) => [spread(dy, shape, axesOf("sum", axes, shape), 1)],
};

/** The mean of x over axes; NaN over none at all. */
export const mean: Op<ReduceOptions> = {
  name: "mean",
  forward([x], { axes, keepdim = false }) {
    const count = countOver(x.shape, axesOf("mean", axes, x.shape));
    return { y: reduce("mean", x, axes, keepdim, 1 / count), saved: [] };
  },
  backward(dy, { shapes: [shape], options: { axes: named } }) {
    const axes = axesOf("mean", named, shape);
    return [spread(dy, shape, axes, 1 / countOver(shape, axes))];
  },
};

function reduce(op: string, x: Tensor, named: readonly number[] | undefined, keepdim: boolean, factor: number): Tensor {
  const axes = axesOf(op, named, x.shape);
  return sumOver(x, axes, factor, reducedShape(x.shape, axes, keepdim));
}

function countOver(shape: Shape, axes: readonly number[]): number {
  return sizeOf(axes.map((axis) => shape[axis]));
}

/** factor dy in every place that was added up. */
function spread(dy: Tensor, shape: Shape, axes: readonly number[], factor: number): Tensor {
  const view = whole(reducedShape(shape, axes, true));
  const small = factor === 1 ? dy : run("scale", [dy], [dy.shape], { size: dy.size, factor })[0];
  return readView(small, expanded(view, shape), "sum");
}
