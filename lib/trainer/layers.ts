// The parts of a model from its head down to its embeddings: the order in which they are thawed, and in which their rates fall.

import type { Module } from "../nn/mod.ts";
import { decayGroups } from "../optim/mod.ts";
import type { Tensor } from "../tensor/mod.ts";

type NamedParameter = [name: string, parameter: Tensor];

/**
 * Names of a model's parameters by depth, top first: what stands on the encoder, each layer from the last to the first, the embeddings.
 * Layers are told by the number in their names (`….layer.3.…`).
 */
export function layersOf(model: Module): string[][] {
  return parametersByDepth(model).map((part) => part.map(([name]) => name));
}

/** The rates of `layerwiseGroups`. */
export interface LayerwiseOptions {
  /** Rate of the head. */
  lr: number;
  /** What the rate of a part is multiplied by to get that of the part below it, above 0 and at most 1. */
  decay: number;
  /** Decoupled decay of all weights but biases and normalization; default 0. */
  weightDecay?: number;
}

/**
 * Groups for an optimizer whose rates fall from the head to the embeddings, as what lies deeper should change less ("discriminative
 * fine-tuning", Howard & Ruder 2018, section 3.2, with a decay of 1 / 2.6; BERT's kin take 0.8 to 0.95):
 * `optimizers: [new AdamW(layerwiseGroups(model, { lr: 5e-5, decay: 0.9 }))]`. A schedule scales all rates alike.
 * @throws RangeError where decay is out of its range
 */
export function layerwiseGroups(
  model: Module,
  { lr, decay, weightDecay = 0 }: LayerwiseOptions,
): { params: Tensor[]; lr: number; weightDecay: number }[] {
  if (!(decay > 0 && decay <= 1)) {
    throw new RangeError(`layerwiseGroups: decay is ${decay}; it must be above 0 and at most 1.`);
  }
  return parametersByDepth(model).flatMap((part, depth) =>
    decayGroups(part, weightDecay).filter(({ params }) => params.length > 0)
      .map((group) => ({ ...group, lr: lr * decay ** depth }))
  );
}

function parametersByDepth(model: Module): NamedParameter[][] {
  const head: NamedParameter[] = [], embeddings: NamedParameter[] = [], layers: NamedParameter[][] = [];
  for (const named of model.namedParameters()) {
    const layer = /(?:^|[._])layers?\.(\d+)\./.exec(named[0])?.[1];
    const isEmbedding = /(?:^|\.)embedding/.test(named[0]);
    const part = layer !== undefined ? layers[Number(layer)] ??= [] : isEmbedding ? embeddings : head;
    part.push(named);
  }
  return [head, ...layers.reverse(), embeddings].filter((part) => part !== undefined && part.length > 0);
}
