// Adam (Kingma & Ba 2015) and AdamW (Loshchilov & Hutter 2019), step by step as PyTorch takes them.

import { RowGradient } from "../ops/mod.ts";
import { full, type Tensor, update, updateAll, type UpdateCall } from "../tensor/mod.ts";
import { type AdamNumbers, AdamRows } from "./adam_rows.ts";
import { amsgradStep } from "./amsgrad.ts";
import { type Clipping, clippingOf, unclipped } from "./clipped_gradient.ts";
import {
  Optimizer,
  type OptimizerOptions,
  type ParamGroup,
  type ParamGroupInput,
  scaled,
  type Update,
} from "./optimizer.ts";

/** Settings of Adam and AdamW. */
export interface AdamOptions extends OptimizerOptions {
  /** Decay of the running mean of gradients, and of their squares. */
  betas: readonly [number, number];
  /** Added to the root of the second moment, after its bias correction. */
  eps: number;
  /** Whether steps divide by the largest second moment so far. */
  amsgrad: boolean;
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

  /** Counts a step of a parameter and gives what it takes; `decay` multiplies the parameter first. */
  protected advance(param: Tensor, group: AdamOptions, decay: number) {
    const zeros = () => full(param.shape, 0);
    const own = this.stateOf(param, () => ({
      exp_avg: zeros(),
      exp_avg_sq: zeros(),
      ...(group.amsgrad && { max_exp_avg_sq: zeros() }),
    }));
    const stepsBefore = own.step++;
    const { exp_avg, exp_avg_sq, max_exp_avg_sq } = own.tensors;
    const moments = [exp_avg, exp_avg_sq] as const;
    return { stepsBefore, moments, largest: max_exp_avg_sq, numbers: numbersOf(group, own.step, decay) };
  }
}

/** Adam with decoupled weight decay: parameters shrink by lr · weightDecay, whatever their gradient. */
export class AdamW extends AdamFamily {
  /** Of tables of which only some rows had a gradient in their last step, by their first moment. */
  readonly #rows = new WeakMap<Tensor, AdamRows>();

  constructor(params: Iterable<Tensor> | Iterable<ParamGroupInput<AdamOptions>>, options: Partial<AdamOptions> = {}) {
    super(params, { lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0.01, amsgrad: false }, options);
  }

  protected override update(updates: readonly Update<AdamOptions>[]): void {
    const dense: UpdateCall<"adamw">[] = [];
    const zero = full([], 0);
    for (const { param, group } of updates) {
      const { stepsBefore, moments, largest, numbers } = this.advance(param, group, 1 - group.lr * group.weightDecay);
      if (param.gradient instanceof RowGradient && !largest) {
        const rows = this.#rows.get(moments[0]) ?? new AdamRows(param, moments, stepsBefore);
        this.#rows.set(moments[0], rows);
        rows.step(param.gradient, numbers);
        continue;
      }
      this.#rows.delete(moments[0]);
      const clipping = clippingOf(param, zero);
      if (!clipping) continue;
      if (largest) amsgradStep(param, clipping, moments, largest, numbers);
      else dense.push(adamCall(param, clipping, moments, numbers));
    }
    updateAll("adamw", dense);
  }
}

/** Adam with L2 regularization: weightDecay · parameter is added to the gradient before the moments see it. */
export class Adam extends AdamFamily {
  constructor(params: Iterable<Tensor> | Iterable<ParamGroupInput<AdamOptions>>, options: Partial<AdamOptions> = {}) {
    super(params, { lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, amsgrad: false }, options);
  }

  protected override update(updates: readonly Update<AdamOptions>[]): void {
    const calls: UpdateCall<"adamw">[] = [];
    const zero = full([], 0);
    for (const { param, group } of updates) {
      const { moments, largest, numbers } = this.advance(param, group, 1);
      const gradient = unclipped(withL2(param, group.weightDecay), zero);
      if (largest) amsgradStep(param, gradient, moments, largest, numbers);
      else calls.push(adamCall(param, gradient, moments, numbers));
    }
    updateAll("adamw", calls);
  }
}

function adamCall(
  param: Tensor,
  { gradient, norm, maxNorm }: Clipping,
  moments: readonly [Tensor, Tensor],
  numbers: AdamNumbers,
): UpdateCall<"adamw"> {
  const uniforms = { size: param.size, ...numbers, maxNorm };
  return { inputs: [gradient, norm], targets: [param, ...moments], uniforms };
}

/** gradient + weightDecay · parameter; the gradient itself where there is no decay. @throws Error where there is no gradient */
export function withL2(param: Tensor, weightDecay: number): Tensor {
  if (!param.grad) throw new Error(`withL2: a parameter of shape (${param.shape.join(", ")}) has no gradient.`);
  if (weightDecay === 0) return param.grad;
  const regularized = scaled(param, weightDecay);
  update("accumulate", [param.grad], [regularized], { size: param.size });
  return regularized;
}

/** The numbers of step `step`, which counts from 1; corrections are taken in float64. */
function numbersOf({ lr, betas: [beta1, beta2], eps }: AdamOptions, step: number, decay: number): AdamNumbers {
  return {
    beta1,
    beta2,
    oneMinusBeta1: 1 - beta1,
    oneMinusBeta2: 1 - beta2,
    decay,
    stepSize: lr / (1 - beta1 ** step),
    inverseSqrtCorrection2: 1 / Math.sqrt(1 - beta2 ** step),
    eps,
  };
}
