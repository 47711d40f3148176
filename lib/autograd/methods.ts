// The differentiable methods of Tensor under PyTorch's names: `x.add(y)`, `loss.backward()`. Attached here, as tensor/ knows neither ops
// nor graph. What a method computes, and its gradient, is in lib/ops.

import {
  abs,
  add,
  argmax,
  div,
  exchangedAxes,
  exp,
  gather,
  gelu,
  geluTanh,
  log,
  logSoftmax,
  maskedFill,
  matmul,
  type MatmulOptions,
  max,
  mean,
  mul,
  type Op,
  permute,
  relu,
  reshape,
  scale,
  sigmoid,
  silu,
  slice,
  softmax,
  sqrt,
  sub,
  sum,
  tanh,
} from "../ops/mod.ts";
import { scope, type Shape, Tensor, tensor } from "../tensor/mod.ts";
import { apply } from "./apply.ts";
import { backward } from "./backward.ts";
import { noGrad } from "./grad_mode.ts";

/** An axis or several; negative ones count from the end. */
type Axes = number | readonly number[];

interface Reduce {
  /** Keeps the reduced axes, with a length of 1. */
  keepdim?: boolean;
}

const methods = {
  /** Computes the gradient of this one number (or, given dL/dthis, of L) with respect to every parameter that led to it. */
  backward(this: Tensor, gradient?: Tensor): void {
    backward(this, gradient);
  },

  // ---- arithmetic; shapes are broadcast, and the other one may be a number
  add(this: Tensor, other: Tensor | number): Tensor {
    return combine(add, this, other);
  },
  sub(this: Tensor, other: Tensor | number): Tensor {
    return combine(sub, this, other);
  },
  mul(this: Tensor, other: Tensor | number): Tensor {
    return typeof other === "number" ? this.scale(other) : apply(mul, [this, other]);
  },
  div(this: Tensor, other: Tensor | number): Tensor {
    return combine(div, this, other);
  },
  /** factor · this. */
  scale(this: Tensor, factor: number): Tensor {
    return apply(scale, [this], { factor });
  },
  neg(this: Tensor): Tensor {
    return this.scale(-1);
  },
  square(this: Tensor): Tensor {
    return apply(mul, [this, this]);
  },
  exp(this: Tensor): Tensor {
    return apply(exp, [this]);
  },
  /** The natural logarithm. */
  log(this: Tensor): Tensor {
    return apply(log, [this]);
  },
  sqrt(this: Tensor): Tensor {
    return apply(sqrt, [this]);
  },
  abs(this: Tensor): Tensor {
    return apply(abs, [this]);
  },

  // ---- activations
  relu(this: Tensor): Tensor {
    return apply(relu, [this]);
  },
  /** x Φ(x), by erf, or in the form with tanh. */
  gelu(this: Tensor, { approximate = "none" }: { approximate?: "none" | "tanh" } = {}): Tensor {
    return apply(approximate === "tanh" ? geluTanh : gelu, [this]);
  },
  silu(this: Tensor): Tensor {
    return apply(silu, [this]);
  },
  sigmoid(this: Tensor): Tensor {
    return apply(sigmoid, [this]);
  },
  tanh(this: Tensor): Tensor {
    return apply(tanh, [this]);
  },
  softmax(this: Tensor, axis = -1): Tensor {
    return apply(softmax, [this], { axis });
  },
  logSoftmax(this: Tensor, axis = -1): Tensor {
    return apply(logSoftmax, [this], { axis });
  },

  // ---- reductions; over all values, shape (), where no axis is named
  sum(this: Tensor, axes?: Axes, { keepdim = false }: Reduce = {}): Tensor {
    return apply(sum, [this], { axes: list(axes), keepdim });
  },
  mean(this: Tensor, axes?: Axes, { keepdim = false }: Reduce = {}): Tensor {
    return apply(mean, [this], { axes: list(axes), keepdim });
  },
  /** The variance: the mean of squared distances from the mean, over n - 1 where `unbiased` (PyTorch's default). */
  var(this: Tensor, axes?: Axes, { unbiased = true, keepdim = false }: Reduce & { unbiased?: boolean } = {}): Tensor {
    return scope(() => {
      const mean = noGrad(() => this.mean(axes, { keepdim: true })); // distances from it add up to 0, and so does its gradient
      const squares = this.sub(mean).square();
      const biased = squares.mean(axes, { keepdim });
      const n = this.size / biased.size;
      return unbiased ? biased.scale(n / (n - 1)) : biased;
    });
  },
  /** The largest value along an axis, or of all. Where it lies is told by `argmax`. */
  max(this: Tensor, axis?: number, { keepdim = false }: Reduce = {}): Tensor {
    if (axis !== undefined) return apply(max, [this], { axis, keepdim });
    return scope(() => apply(max, [this.reshape([this.size])], { axis: 0 }));
  },
  /** The first place of the largest value along an axis, or in all values, int32. */
  argmax(this: Tensor, axis?: number, { keepdim = false }: Reduce = {}): Tensor {
    if (axis !== undefined) return argmax(this, { axis, keepdim });
    return scope(() => argmax(this.alias([this.size]), { axis: 0 }));
  },

  // ---- products
  /** The matrix product over the last two axes; the axes before are broadcast. */
  matmul(this: Tensor, other: Tensor, options: MatmulOptions = {}): Tensor {
    return apply(matmul, [this, other], options);
  },

  // ---- shape and order
  /** The same values under another shape; one length may be -1. */
  reshape(this: Tensor, shape: Shape): Tensor {
    return apply(reshape, [this], { shape });
  },
  /** Two axes exchanged. */
  transpose(this: Tensor, axisA: number, axisB: number): Tensor {
    return apply(permute, [this], { axes: exchangedAxes(this.shape, axisA, axisB) });
  },
  /** The axes in another order: axis i of the result is axis axes[i] of this. */
  permute(this: Tensor, axes: readonly number[]): Tensor {
    return apply(permute, [this], { axes });
  },
  /** The places from `start` up to, not including, `end` of an axis; negative ones count from the end. */
  slice(this: Tensor, axis: number, start: number, end = Infinity): Tensor {
    return apply(slice, [this], { axis, start, end });
  },
  /** One place of an axis, which is then gone. @throws RangeError where the axis has no such place */
  select(this: Tensor, axis: number, index: number): Tensor {
    const length = this.shape.at(axis) ?? 0;
    if (!Number.isInteger(index) || index < -length || index >= length) {
      throw new RangeError(`select: index ${index} is outside axis ${axis} of ${this}.`);
    }
    const start = index < 0 ? index + length : index;
    return scope(() => {
      const part = apply(slice, [this], { axis, start, end: start + 1 });
      return part.reshape(part.shape.toSpliced(axis, 1));
    });
  },
  /** Values picked along an axis by an int32 tensor: y[i, j] = this[i, index[i, j]] for axis 1 of two. */
  gather(this: Tensor, axis: number, index: Tensor): Tensor {
    return apply(gather, [this, index], { axis });
  },
  /** `value` where the int32 mask is not 0, else this; the mask may be repeated to this shape. */
  maskedFill(this: Tensor, mask: Tensor, value: number): Tensor {
    return apply(maskedFill, [this, mask], { value });
  },
};

type Methods = typeof methods;

declare module "../tensor/tensor.ts" {
  interface Tensor extends Methods {}
}

Object.assign(Tensor.prototype, methods);

function combine(op: Op, x: Tensor, other: Tensor | number): Tensor {
  if (other instanceof Tensor) return apply(op, [x, other]);
  const constant = tensor(other);
  const y = apply(op, [x, constant]);
  constant.dispose();
  return y;
}

function list(axes: Axes | undefined): readonly number[] | undefined {
  return typeof axes === "number" ? [axes] : axes;
}
