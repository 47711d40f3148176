// A gradient that is to be scaled by its norm: AdamW does that while it reads it, anybody else who asks for `grad` gets it scaled. On its own
// the pass over all gradients takes as long as a quarter of the optimizer's.

import { NO_CLIPPING } from "../backend/kernels.ts";
import { type LazyGradient, own, type Tensor, update } from "../tensor/mod.ts";

/** A gradient and how it is clipped: times min(1, maxNorm / (norm + 1e-6)). */
export interface Clipping {
  readonly gradient: Tensor;
  readonly norm: Tensor;
  readonly maxNorm: number;
}

export class ClippedGradient implements LazyGradient, Clipping {
  readonly norm: Tensor;

  /** @param gradient taken over */
  constructor(readonly gradient: Tensor, norm: Tensor, readonly maxNorm: number) {
    this.norm = own(norm.alias());
  }

  dense(): Tensor {
    const { gradient, norm, maxNorm } = this;
    update("clip", [norm], [gradient], { size: gradient.size, maxNorm });
    return gradient.alias();
  }

  dispose(): void {
    this.gradient.dispose();
    this.norm.dispose();
  }
}

/** A gradient that is not clipped. @param zero any tensor that holds 0, the same for a whole step */
export function unclipped(gradient: Tensor, zero: Tensor): Clipping {
  return { gradient, norm: zero, maxNorm: NO_CLIPPING };
}

/** A parameter's gradient with its clipping, if it has one; `zero` as above. */
export function clippingOf(param: Tensor, zero: Tensor): Clipping | null {
  if (param.gradient instanceof ClippedGradient) return param.gradient;
  return param.grad && unclipped(param.grad, zero);
}
