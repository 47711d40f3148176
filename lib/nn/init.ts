// Initial values of parameters. A model whose weights are about to be loaded is built inside `withoutInit`, which leaves them unset.

import { getBackend } from "../backend/current.ts";
import { globalRandom, keep, type Shape, sizeOf, Tensor } from "../tensor/mod.ts";
import { Storage } from "../tensor/storage.ts";

/** Fills the values of a new parameter. */
export type Initializer = (values: Float32Array) => void;

let skip = false;

/** Builds modules whose parameters get their values later: their memory is reserved, its content is undefined. */
export function withoutInit<R>(build: () => R): R {
  const before = skip;
  skip = true;
  try {
    return build();
  } finally {
    skip = before;
  }
}

/** A parameter: float32, kept out of every scope, with a gradient. */
export function parameter(shape: Shape, init: Initializer): Tensor {
  const storage = Storage.allocate(getBackend(), sizeOf(shape), `parameter (${shape.join(", ")})`);
  const made = keep(new Tensor(storage, shape, "float32", "parameter"));
  made.requiresGrad = true;
  if (!skip) initialize(made, init);
  return made;
}

/** Gives a parameter new values. */
export function initialize(parameter: Tensor, init: Initializer): void {
  const values = new Float32Array(parameter.size);
  init(values);
  parameter.write(values);
}

export const zeros: Initializer = (values) => void values.fill(0);
export const ones: Initializer = (values) => void values.fill(1);

/** Normal numbers around 0. */
export function normal(std: number): Initializer {
  return (values) => {
    for (let i = 0; i < values.length; i++) values[i] = std * globalRandom.normal();
  };
}

/** Uniform numbers in ±1 / sqrt(fanIn): PyTorch's default for Linear (He et al. 2015 with a = sqrt(5)). */
export function uniformFanIn(fanIn: number): Initializer {
  return uniform(1 / Math.sqrt(fanIn));
}

/** Uniform numbers in ±sqrt(6 / (fanIn + fanOut)) (Glorot & Bengio 2010): PyTorch's default for attention's projections. */
export function xavierUniform(fanIn: number, fanOut: number): Initializer {
  return uniform(Math.sqrt(6 / (fanIn + fanOut)));
}

function uniform(bound: number): Initializer {
  return (values) => {
    for (let i = 0; i < values.length; i++) values[i] = bound * (2 * globalRandom.uniform() - 1);
  };
}
