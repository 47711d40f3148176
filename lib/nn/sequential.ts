import type { Tensor } from "../tensor/mod.ts";
import { Module } from "./module.ts";

/** A module that maps one tensor to another. */
export type Layer = Module & { forward(x: Tensor): Tensor };

/** Layers one after the other. Their parameters are named by place, as in PyTorch: 0.weight, 0.bias, 2.weight … */
export class Sequential extends Module {
  readonly [place: number]: Layer;
  readonly length: number;
  readonly #layers: readonly Layer[];

  constructor(...layers: Layer[]) {
    super();
    this.#layers = layers;
    this.length = layers.length;
    Object.assign(this, layers);
  }

  forward(x: Tensor): Tensor {
    return this.#layers.reduce((y, layer) => layer.forward(y), x);
  }

  [Symbol.iterator](): Iterator<Layer> {
    return this.#layers.values();
  }
}
