import { apply } from "../autograd/mod.ts";
import { linear } from "../ops/mod.ts";
import type { Tensor } from "../tensor/mod.ts";
import { parameter, uniformFanIn } from "./init.ts";
import { Module } from "./module.ts";

/** y = x Wᵀ + b: (…, inFeatures) -> (…, outFeatures). */
export class Linear extends Module {
  readonly weight: Tensor;
  /** Null where the layer was made without. */
  readonly bias: Tensor | null;

  constructor(inFeatures: number, outFeatures: number, { bias = true }: { bias?: boolean } = {}) {
    super();
    this.weight = parameter([outFeatures, inFeatures], uniformFanIn(inFeatures));
    this.bias = bias ? parameter([outFeatures], uniformFanIn(inFeatures)) : null;
  }

  forward(x: Tensor): Tensor {
    return apply(linear, this.bias ? [x, this.weight, this.bias] : [x, this.weight]);
  }
}
