import { apply } from "../autograd/mod.ts";
import { type DropoutOptions, layerNorm, residualLayerNorm } from "../ops/mod.ts";
import type { Tensor } from "../tensor/mod.ts";
import { ones, parameter, zeros } from "./init.ts";
import { Module } from "./module.ts";

/** Normalizes the last axis to mean 0 and variance 1, then scales and shifts it (Ba, Kiros & Hinton 2016). */
export class LayerNorm extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor;

  constructor(size: number, readonly eps = 1e-5) {
    super();
    this.weight = parameter([size], ones);
    this.bias = parameter([size], zeros);
  }

  forward(x: Tensor): Tensor {
    return apply(layerNorm, [x, this.weight, this.bias], { eps: this.eps });
  }

  /** LayerNorm(dropout(x) + residual), in one pass. */
  addAndNorm(x: Tensor, residual: Tensor, dropout: DropoutOptions): Tensor {
    return apply(residualLayerNorm, [x, residual, this.weight, this.bias], { eps: this.eps, dropout });
  }
}
