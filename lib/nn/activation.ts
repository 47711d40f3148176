// Activations by the names that config.json and PyTorch's layers give them.

import { apply } from "../autograd/mod.ts";
import { gelu, geluTanh, type Op, relu, sigmoid, silu, tanh } from "../ops/mod.ts";
import type { Tensor } from "../tensor/mod.ts";
import { Module } from "./module.ts";

const activations: Readonly<Record<string, Op>> = {
  gelu,
  gelu_new: geluTanh,
  gelu_pytorch_tanh: geluTanh,
  relu,
  silu,
  swish: silu,
  tanh,
  sigmoid,
};

/** The activation of a name such as config.json's `hidden_act`. @throws RangeError naming those there are */
export function activation(name: string): (x: Tensor) => Tensor {
  if (!Object.hasOwn(activations, name)) {
    const names = Object.keys(activations).map((known) => JSON.stringify(known)).join(", ");
    throw new RangeError(`The activation ${JSON.stringify(name)} is not supported; these are: ${names}.`);
  }
  const op = activations[name];
  return (x) => apply(op, [x]);
}

/** An activation as a layer, for Sequential. */
class Activation extends Module {
  readonly #apply: (x: Tensor) => Tensor;

  constructor(readonly name: string) {
    super();
    this.#apply = activation(name);
  }

  forward(x: Tensor): Tensor {
    return this.#apply(x);
  }
}

export class GELU extends Activation {
  /** @param approximate "tanh" for the form of GPT-2 and ALBERT */
  constructor({ approximate = "none" }: { approximate?: "none" | "tanh" } = {}) {
    super(approximate === "tanh" ? "gelu_pytorch_tanh" : "gelu");
  }
}

export class ReLU extends Activation {
  constructor() {
    super("relu");
  }
}

export class SiLU extends Activation {
  constructor() {
    super("silu");
  }
}

export class Tanh extends Activation {
  constructor() {
    super("tanh");
  }
}

export class Sigmoid extends Activation {
  constructor() {
    super("sigmoid");
  }
}
