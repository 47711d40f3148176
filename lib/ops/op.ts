// What an op is: arithmetic on tensors, forward and backward together. It knows no device and records nothing; autograd's `apply` does.

import { type Shape, shapeText, type Tensor } from "../tensor/mod.ts";
import type { RowGradient } from "./row_gradient.ts";

/** The output, and the tensors that `backward` will ask for (inputs, the output, or intermediates). */
export interface Forward {
  readonly y: Tensor;
  readonly saved: readonly Tensor[];
}

/** What `backward` is given beside the upstream gradient. */
export interface Backward<Options> {
  /** What `forward` saved, in its order. */
  readonly saved: readonly Tensor[];
  readonly options: Options;
  /** The inputs' shapes. */
  readonly shapes: readonly Shape[];
  /** Which inputs want a gradient; the others may get null. */
  readonly needs: readonly boolean[];
}

/** dL/dx, or null where none was asked for. */
export type Gradient = Tensor | RowGradient | null;

/** An operation with its gradient. */
export interface Op<Options = undefined> {
  readonly name: string;
  /** @throws RangeError where shapes or dtypes do not fit: the op, both shapes and the rule */
  forward(inputs: readonly Tensor[], options: Options): Forward;
  /**
   * dL/dy -> dL/dx for each input, in their shapes. A gradient handed through unchanged is `dy.alias()`; that of a table of which few
   * rows were used may be a RowGradient.
   */
  backward(dy: Tensor, context: Backward<Options>): readonly Gradient[];
}

/** @throws RangeError with the op's name, both shapes and the rule */
export function assertShapes(op: string, fits: boolean, rule: string, ...tensors: readonly Tensor[]): void {
  if (fits) return;
  const shapes = tensors.map((tensor) => shapeText(tensor.shape)).join(" and ");
  throw new RangeError(`${op}: shapes ${shapes} do not fit; ${rule}.`);
}

/** @throws TypeError with the op's name, the tensor and the dtype it wants */
export function assertDType(op: string, dtype: Tensor["dtype"], name: string, tensor: Tensor): void {
  if (tensor.dtype === dtype) return;
  throw new TypeError(`${op}: ${name} ${shapeText(tensor.shape)} is ${tensor.dtype}; it must be ${dtype}.`);
}
