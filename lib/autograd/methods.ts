// The differentiable methods of Tensor: `x.add(y)`, `loss.backward()`. Attached here, as tensor/ knows neither ops nor graph.

import { add, gelu, matmul, type MatmulOptions, reshape, scale, softmax, sum, tanh } from "../ops/mod.ts";
import { type Shape, Tensor } from "../tensor/mod.ts";
import { apply } from "./apply.ts";
import { backward } from "./backward.ts";

const methods = {
  /** Computes the gradient of this one number (or, given dL/dthis, of L) with respect to every parameter that led to it. */
  backward(this: Tensor, gradient?: Tensor): void {
    backward(this, gradient);
  },
  /** this + other, of one shape. */
  add(this: Tensor, other: Tensor): Tensor {
    return apply(add, [this, other]);
  },
  /** factor · this. */
  scale(this: Tensor, factor: number): Tensor {
    return apply(scale, [this], { factor });
  },
  /** The matrix product over the last two axes. */
  matmul(this: Tensor, other: Tensor, options: MatmulOptions = {}): Tensor {
    return apply(matmul, [this, other], options);
  },
  /** The same values under another shape; one length may be -1. */
  reshape(this: Tensor, shape: Shape): Tensor {
    return apply(reshape, [this], { shape });
  },
  /** Softmax over the last axis. */
  softmax(this: Tensor): Tensor {
    return apply(softmax, [this]);
  },
  gelu(this: Tensor): Tensor {
    return apply(gelu, [this]);
  },
  tanh(this: Tensor): Tensor {
    return apply(tanh, [this]);
  },
  /** The sum of all values, shape (). */
  sum(this: Tensor): Tensor {
    return apply(sum, [this], { factor: 1 });
  },
  /** The mean of all values, shape (). */
  mean(this: Tensor): Tensor {
    return apply(sum, [this], { factor: 1 / this.size });
  },
};

type Methods = typeof methods;

declare module "../tensor/tensor.ts" {
  interface Tensor extends Methods {}
}

Object.assign(Tensor.prototype, methods);
