// Axes by number, as PyTorch counts them: from 0, or from the end with negative numbers.

import { type Shape, shapeText } from "../tensor/mod.ts";

/** The axis from 0. @throws RangeError naming the op, the axis and the shape */
export function axisOf(op: string, axis: number, shape: Shape): number {
  const rank = shape.length;
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw new RangeError(
    `${op}: axis ${axis} is not one of shape ${shapeText(shape)}; axes go from ${-rank} to ${rank - 1}.`,
  );
}

/** Axes from 0, in order; all of them where none are named. @throws RangeError where one is outside, or named twice */
export function axesOf(op: string, axes: readonly number[] | undefined, shape: Shape): number[] {
  if (!axes) return shape.map((_, axis) => axis);
  const found = axes.map((axis) => axisOf(op, axis, shape)).sort((a, b) => a - b);
  const twice = found.find((axis, i) => axis === found[i + 1]);
  if (twice === undefined) return found;
  throw new RangeError(`${op}: axis ${twice} of shape ${shapeText(shape)} is named twice.`);
}

/** The order of axes that puts `last` behind the others. */
export function orderWithLast(last: readonly number[], rank: number): number[] {
  const others = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !last.includes(axis));
  return [...others, ...last];
}

/** The order that undoes another one. */
export function inverseOrder(order: readonly number[]): number[] {
  const inverse = order.slice();
  order.forEach((axis, place) => inverse[axis] = place);
  return inverse;
}

/** The shape after a reduction: without the axes, or with lengths of 1 in their places. */
export function reducedShape(shape: Shape, axes: readonly number[], keepdim: boolean): number[] {
  return keepdim
    ? shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
    : shape.filter((_, axis) => !axes.includes(axis));
}
