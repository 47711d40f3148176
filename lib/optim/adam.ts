// Adam (Kingma & Ba 2015) and AdamW (Loshchilov & Hutter 2019), step by step as PyTorch takes them.

import { full, type Tensor, update } from "../tensor/mod.ts";
import { Optimizer, type OptimizerOptions, type ParamGroup, type ParamGroupInput, scaled } from "./optimizer.ts";

/** Settings of Adam and AdamW. */
export interface AdamOptions extends OptimizerOptions {
  /** Decay of the running mean of gradients, and of their squares. */
  betas: readonly [number, number];
  /** Added to the root of the second moment, after its bias correction. */
  eps: number;
}

abstract class AdamFamily extends Optimizer<AdamOptions> {
  protected override check(group: ParamGroup<AdamOptions>): void {
    super.check(group);
    this.checkAtLeast0("eps", group.eps);
    if (group.betas.every((beta) => beta >= 0 && beta < 1)) return;
    throw new RangeError(
      `${this.constructor.name}: betas are [${group.betas.join(", ")}]; each must be 0 or more and below 1.`,
    );
  }
}

/** Adam with decoupled weight decay: parameters shrink by lr · weightDecay, whatever their gradient. */
export class AdamW extends AdamFamily {
  constructor(params: Iterable<Tensor> | Iterable<ParamGroupInput<AdamOptions>>, options: Partial<AdamOptions> = {}) {
    super(params, { lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0.01 }, options);
  }

  protected override update(param: Tensor, gradient: Tensor, group: ParamGroup<AdamOptions>): void {
    const own = this.stateOf(param, () => moments(param));
    adam(param, gradient, own.tensors, ++own.step, group, 1 - group.lr * group.weightDecay);
  }
}

/** Adam with L2 regularization: weightDecay · parameter is added to the gradient before the moments see it. */
export class Adam extends AdamFamily {
  constructor(params: Iterable<Tensor> | Iterable<ParamGroupInput<AdamOptions>>, options: Partial<AdamOptions> = {}) {
    super(params, { lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0 }, options);
  }

  protected override update(param: Tensor, gradient: Tensor, group: ParamGroup<AdamOptions>): void {
    const own = this.stateOf(param, () => moments(param));
    adam(param, withL2(param, gradient, group.weightDecay), own.tensors, ++own.step, group, 1);
  }
}

/** gradient + weightDecay · parameter; the gradient itself where there is no decay. */
export function withL2(param: Tensor, gradient: Tensor, weightDecay: number): Tensor {
  if (weightDecay === 0) return gradient;
  const regularized = scaled(param, weightDecay);
  update("accumulate", [gradient], [regularized], { size: param.size });
  return regularized;
}

function moments(param: Tensor): Record<string, Tensor> {
  return { exp_avg: full(param.shape, 0), exp_avg_sq: full(param.shape, 0) };
}

/** One update in place; `decay` multiplies the parameter first. Corrections are taken in float64, `step` counts from 1. */
function adam(
  param: Tensor,
  gradient: Tensor,
  { exp_avg, exp_avg_sq }: Record<string, Tensor>,
  step: number,
  { lr, betas: [beta1, beta2], eps }: AdamOptions,
  decay: number,
): void {
  update("adamw", [gradient], [param, exp_avg, exp_avg_sq], {
    size: param.size,
    beta1,
    beta2,
    oneMinusBeta1: 1 - beta1,
    oneMinusBeta2: 1 - beta2,
    decay,
    stepSize: lr / (1 - beta1 ** step),
    inverseSqrtCorrection2: 1 / Math.sqrt(1 - beta2 ** step),
    eps,
  });
}
