import { apply } from "../autograd/mod.ts";
import { linear } from "../ops/mod.ts";
import type { Tensor } from "../tensor/mod.ts";
import { parameter, uniformFanIn } from "./init.ts";
import { Module } from "./module.ts";

/** y = x Wᵀ + b: (…, inFeatures) -> (…, outFeatures). */
export class Linear extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor;

  constructor(inFeatures: number, outFeatures: number) {
    super();
    this.weight = parameter([outFeatures, inFeatures], uniformFanIn(inFeatures));
    this.bias = parameter([outFeatures], uniformFanIn(inFeatures));
  }

  forward(x: Tensor): Tensor {
    return apply(linear, [x, this.weight, this.bias]);
  }
}
