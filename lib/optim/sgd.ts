// Stochastic gradient descent with momentum (Sutskever et al. 2013, in PyTorch's form).

import { type Tensor, update } from "../tensor/mod.ts";
import { withL2 } from "./adam.ts";
import {
  Optimizer,
  type OptimizerOptions,
  type ParamGroup,
  type ParamGroupInput,
  scaled,
  type Update,
} from "./optimizer.ts";

/** Settings of SGD. */
export interface SGDOptions extends OptimizerOptions {
  /** Share of the last velocity that is kept. */
  momentum: number;
  /** Share of the gradient that is kept out of the velocity. */
  dampening: number;
  /** Whether the step looks ahead along the new velocity (Nesterov); needs momentum and no dampening. */
  nesterov: boolean;
}

/** parameter -= lr · velocity, velocity = momentum · velocity + (1 - dampening) · gradient. Weight decay is L2. */
export class SGD extends Optimizer<SGDOptions> {
  constructor(params: Iterable<Tensor> | Iterable<ParamGroupInput<SGDOptions>>, options: Partial<SGDOptions> = {}) {
    super(params, { lr: 1e-3, momentum: 0, dampening: 0, nesterov: false, weightDecay: 0 }, options);
  }

  protected override check(group: ParamGroup<SGDOptions>): void {
    super.check(group);
    this.checkAtLeast0("momentum", group.momentum);
    if (group.nesterov && !(group.momentum > 0 && group.dampening === 0)) {
      throw new RangeError(
        `SGD: nesterov with momentum ${group.momentum} and dampening ${group.dampening}; it needs momentum above 0 and dampening 0.`,
      );
    }
  }

  protected override update(updates: readonly Update<SGDOptions>[]): void {
    for (const { param, group } of updates) {
      const direction = this.#direction(param, group);
      update("accumulate", [scaled(direction, -group.lr)], [param], { size: param.size });
    }
  }

  #direction(param: Tensor, group: ParamGroup<SGDOptions>): Tensor {
    const size = param.size;
    const gradient = withL2(param, group.weightDecay);
    if (group.momentum === 0) return gradient;
    // the first velocity is the gradient itself, undamped
    const own = this.stateOf(param, () => ({ momentum_buffer: scaled(gradient, 1) }));
    const velocity = own.tensors.momentum_buffer;
    if (own.step++ > 0) {
      update("accumulate", [scaled(velocity, group.momentum - 1)], [velocity], { size });
      update("accumulate", [scaled(gradient, 1 - group.dampening)], [velocity], { size });
    }
    if (!group.nesterov) return velocity;
    const ahead = scaled(velocity, group.momentum);
    update("accumulate", [gradient], [ahead], { size });
    return ahead;
  }
}
