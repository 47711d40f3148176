// Functions of several tensors, under PyTorch's names where it has one.

import { concat as concatOp } from "../ops/mod.ts";
import { scope, type Tensor } from "../tensor/mod.ts";
import { apply } from "./apply.ts";

/** Tensors one after the other along an axis; all other lengths must be the same. */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  return apply(concatOp, tensors, { axis });
}

/** Tensors of one shape along a new axis. @throws RangeError where shapes differ, or the axis has no place among theirs */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  const rank = tensors[0]?.shape.length ?? 0;
  const at = axis < 0 ? axis + rank + 1 : axis;
  if (!Number.isInteger(axis) || at < 0 || at > rank) {
    throw new RangeError(`stack: axis ${axis} is not one of the ${rank + 1} that the result has.`);
  }
  return scope(() => concat(tensors.map((tensor) => tensor.reshape(tensor.shape.toSpliced(at, 0, 1))), at));
}
