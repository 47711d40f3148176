// What tells a transformer where in its sequence a token stands, added to the embeddings.

import { keep, scope, type Tensor, tensor } from "../tensor/mod.ts";
import { normal, parameter } from "./init.ts";
import { Module } from "./module.ts";

/** Sine and cosine of a frequency side by side, as in the paper, or all sines before all cosines. */
export type SinusoidLayout = "interleaved" | "concatenated";

/**
 * Position p in sine and cosine waves, (length, dim): sin(p / 10000^(2i/dim)) and the cosine of the same (Vaswani et al. 2017, section 3.5).
 * @throws RangeError where dim is odd
 */
export function sinusoidalPositions(length: number, dim: number, layout: SinusoidLayout = "interleaved"): Tensor {
  if (dim % 2 !== 0) {
    throw new RangeError(`sinusoidalPositions: dim is ${dim}; it must be even, half sines, half cosines.`);
  }
  const half = dim / 2;
  const values = new Float32Array(length * dim);
  for (let position = 0; position < length; position++) {
    for (let i = 0; i < half; i++) {
      const angle = position / 10000 ** (2 * i / dim);
      const [sine, cosine] = layout === "interleaved" ? [2 * i, 2 * i + 1] : [i, half + i];
      values[position * dim + sine] = Math.sin(angle);
      values[position * dim + cosine] = Math.cos(angle);
    }
  }
  return tensor(values, [length, dim]);
}

/** Adds fixed waves to x (batch, length, dim); nothing to train. */
export class SinusoidalPositions extends Module {
  readonly #table: Tensor;

  constructor(maxLength: number, dim: number, layout: SinusoidLayout = "interleaved") {
    super();
    this.#table = keep(sinusoidalPositions(maxLength, dim, layout));
  }

  /** @throws RangeError where x is longer than maxLength */
  forward(x: Tensor): Tensor {
    return addPositions("SinusoidalPositions", x, this.#table);
  }

  override dispose(): void {
    this.#table.dispose();
  }
}

/** Adds a learned vector for each position to x (batch, length, dim), as BERT and GPT do. */
export class LearnedPositions extends Module {
  readonly weight: Tensor;

  constructor(maxLength: number, dim: number) {
    super();
    this.weight = parameter([maxLength, dim], normal(0.02));
  }

  /** @throws RangeError where x is longer than maxLength */
  forward(x: Tensor): Tensor {
    return addPositions("LearnedPositions", x, this.weight);
  }
}

function addPositions(name: string, x: Tensor, table: Tensor): Tensor {
  const length = x.shape.at(-2) ?? 0;
  const [maxLength, dim] = table.shape;
  if (x.shape.at(-1) === dim && length <= maxLength) return scope(() => x.add(table.slice(0, 0, length)));
  throw new RangeError(`${name}: x is ${x}; it must be (batch, length, ${dim}) with at most ${maxLength} positions.`);
}
