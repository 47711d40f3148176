// Tensors are contiguous. Other orders, parts and repetitions of their values are made by one kernel, copy_strided, from a View: which
// places of a tensor are meant, by lengths and strides. Views are arithmetic alone; readView and writeView move the values.

import { STRIDED_AXES } from "../backend/kernels.ts";
import { empty, sameShape, type Shape, shapeText, sizeOf, Tensor, update } from "../tensor/mod.ts";

/** Places of a contiguous tensor: element (i, j, …) is at offset + i strides[0] + j strides[1] + …; a stride of 0 repeats. */
export interface View {
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** All of a tensor, in its own order. */
export function whole(shape: Shape): View {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  return { shape, strides, offset: 0 };
}

/** The same places with the axes in another order. */
export function permuted({ shape, strides, offset }: View, order: readonly number[]): View {
  return { shape: order.map((axis) => shape[axis]), strides: order.map((axis) => strides[axis]), offset };
}

/** Repeated along axes of length 1 and along new ones in front, to `shape`; the shapes must fit (see broadcastShape). */
export function expanded({ shape: from, strides, offset }: View, shape: Shape): View {
  const added = shape.length - from.length;
  return {
    shape,
    strides: shape.map((_, axis) => (axis < added || from[axis - added] === 1 ? 0 : strides[axis - added])),
    offset,
  };
}

/** The part of an axis from `start`, `length` long. */
export function narrowed({ shape, strides, offset }: View, axis: number, start: number, length: number): View {
  return { shape: shape.with(axis, length), strides, offset: offset + start * strides[axis] };
}

/** A new tensor of the values in a view of x. Nothing is copied where they are all of x in its own order. */
export function readView(x: Tensor, view: View, createdBy: string): Tensor {
  if (isWhole(x, view)) return x.alias(view.shape, createdBy);
  // whole numbers stay readable on the host, unless they are repeated: that is the device's work
  if (x.hostData && sizeOf(view.shape) <= x.size) {
    return new Tensor(null, view.shape, x.dtype, createdBy, readHost(x.hostData, view));
  }
  const y = empty(view.shape, x.dtype, createdBy, x.backend);
  move(x, view, y, whole(view.shape));
  return y;
}

/** Writes the values of x over those in a view of y. */
export function writeView(x: Tensor, y: Tensor, view: View): void {
  move(x, whole(view.shape), y, view);
}

/** x with its axes in another order; x itself where that is its own. */
export function inOrder(x: Tensor, order: readonly number[], createdBy: string): Tensor {
  if (order.every((axis, place) => axis === place)) return x;
  return readView(x, permuted(whole(x.shape), order), createdBy);
}

function isWhole(x: Tensor, { shape, strides, offset }: View): boolean {
  const own = whole(shape).strides;
  const isInOrder = shape.every((length, axis) => length === 1 || strides[axis] === own[axis]);
  return isInOrder && offset === 0 && sizeOf(shape) === x.size;
}

function move(x: Tensor, from: View, y: Tensor, to: View): void {
  if (!sameShape(from.shape, to.shape)) {
    throw new RangeError(`copy: ${shapeText(from.shape)} cannot be written to ${shapeText(to.shape)}.`);
  }
  if (sizeOf(from.shape) === 0) return;
  const axes = mergedAxes(from, to);
  if (axes.length > STRIDED_AXES) {
    throw new RangeError(
      `${y.createdBy}: shape ${shapeText(from.shape)} needs a copy over ${axes.length} axes; ` +
        `at most ${STRIDED_AXES} can be, so reshape it to fewer first.`,
    );
  }
  while (axes.length < STRIDED_AXES) axes.unshift({ length: 1, strideX: 1, strideY: 1 }); // 0 would repeat
  const [a0, a1, a2, a3, a4, a5] = axes;
  update("copy_strided", [x], [y], {
    ...{ length0: a0.length, strideX0: a0.strideX, strideY0: a0.strideY },
    ...{ length1: a1.length, strideX1: a1.strideX, strideY1: a1.strideY },
    ...{ length2: a2.length, strideX2: a2.strideX, strideY2: a2.strideY },
    ...{ length3: a3.length, strideX3: a3.strideX, strideY3: a3.strideY },
    ...{ length4: a4.length, strideX4: a4.strideX, strideY4: a4.strideY },
    ...{ length5: a5.length, strideX5: a5.strideX, strideY5: a5.strideY },
    ...{ offsetX: from.offset, offsetY: to.offset },
  });
}

interface Axis {
  readonly length: number;
  readonly strideX: number;
  readonly strideY: number;
}

/** The axes of a copy, without those of length 1, and with neighbours that follow each other in both views as one. */
function mergedAxes(from: View, to: View): Axis[] {
  const merged: Axis[] = [];
  from.shape.forEach((length, i) => {
    if (length === 1) return;
    const [strideX, strideY] = [from.strides[i], to.strides[i]];
    const before = merged.at(-1);
    if (before && before.strideX === strideX * length && before.strideY === strideY * length) {
      merged[merged.length - 1] = { length: before.length * length, strideX, strideY };
    } else merged.push({ length, strideX, strideY });
  });
  return merged;
}

function readHost(values: Int32Array, { shape, strides, offset }: View): Int32Array {
  const read = new Int32Array(sizeOf(shape));
  let next = 0;
  const walk = (axis: number, at: number) => {
    if (axis === shape.length) {
      read[next++] = values[at];
      return;
    }
    for (let i = 0; i < shape[axis]; i++) walk(axis + 1, at + i * strides[axis]);
  };
  walk(0, offset);
  return read;
}
