// The models that steps are timed on and the batch they are fed, the same on every side.

import type { ModelConfig } from "lib";

export interface StepSize {
  readonly layers: number;
  readonly hidden: number;
  readonly heads: number;
  readonly intermediate: number;
  readonly batch: number;
  /** Tokens a sequence. Every sequence is full, so packing gains nothing. */
  readonly length: number;
  readonly vocabulary: number;
}

export const sizes = {
  small: { layers: 2, hidden: 128, heads: 2, intermediate: 512, batch: 16, length: 64, vocabulary: 1000 },
  distil: { layers: 6, hidden: 768, heads: 12, intermediate: 3072, batch: 8, length: 64, vocabulary: 30522 },
  minilm: { layers: 6, hidden: 384, heads: 12, intermediate: 1536, batch: 16, length: 64, vocabulary: 30522 },
} as const satisfies Record<string, StepSize>;

/** Of AdamW, on every side; weight decay is PyTorch's 0.01. */
export const LEARNING_RATE = 2e-5;

export type SizeName = keyof typeof sizes;

/** @throws RangeError where there is no such size */
export function sizeNamed(name: string): SizeName {
  const known: readonly string[] = Object.keys(sizes);
  if (isSizeName(name)) return name;
  throw new RangeError(`The size is "${name}"; it must be one of ${known.join(", ")}.`);
}

function isSizeName(name: string): name is SizeName {
  return Object.hasOwn(sizes, name);
}

/** The config.json of a BERT of this size; `dropout` is the probability everywhere. */
export function configOf(size: StepSize, dropout: number): ModelConfig {
  return {
    model_type: "bert",
    vocab_size: size.vocabulary,
    hidden_size: size.hidden,
    num_hidden_layers: size.layers,
    num_attention_heads: size.heads,
    intermediate_size: size.intermediate,
    max_position_embeddings: 512,
    hidden_dropout_prob: dropout,
    attention_probs_dropout_prob: dropout,
  };
}

/** Token ids (batch, length) and one of two labels a row; peers/step.py has the same line. */
export function batchOf({ batch, length, vocabulary }: StepSize): { ids: number[][]; labels: number[] } {
  const ids = Array.from(
    { length: batch },
    (_, i) => Array.from({ length }, (_, j) => 5 + (i * 7919 + j * 104729) % (vocabulary - 5)),
  );
  return { ids, labels: ids.map((_, i) => i % 2) };
}

/** Arithmetic of a training step for one token in millions of operations: 3 times the forward pass's products, embeddings left out. */
export function megaflopsPerToken({ layers, hidden, intermediate }: StepSize, length: number): number {
  const forward = layers * (2 * (4 * hidden ** 2 + 2 * hidden * intermediate) + 4 * length * hidden);
  return 3 * forward / 1e6;
}
