import { apply } from "../autograd/mod.ts";
import { dropout, type DropoutOptions } from "../ops/mod.ts";
import { globalRandom, type Tensor } from "../tensor/mod.ts";
import { Module } from "./module.ts";

/** Zeros values with probability p in training; hands them through in evaluation (Srivastava et al. 2014). */
export class Dropout extends Module {
  constructor(readonly p = 0.5) {
    super();
  }

  forward(x: Tensor): Tensor {
    const options = this.draw();
    return options.p === 0 ? x : apply(dropout, [x], options);
  }

  /** What a fused op needs for one mask: p as it applies now, and a fresh seed. */
  draw(): DropoutOptions {
    const p = this.training ? this.p : 0;
    return { p, seed: p === 0 ? 0 : globalRandom.bits() };
  }
}
