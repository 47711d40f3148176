// What every model shares: its config, its outputs, fresh weights, and the loss of a classifier.

import { Embedding, functional, initialize, LayerNorm, Linear, Module, normal, ones, zeros } from "../nn/mod.ts";
import { Tensor, tensor } from "../tensor/mod.ts";
import { type Batch, ints } from "./batch.ts";

/** The content of a config.json, keys as in the file. */
export interface ModelConfig {
  readonly model_type: string;
  readonly [key: string]: unknown;
}

export interface ForwardOptions {
  /** Also return the embeddings' output and each layer's, (batch, length, hidden). */
  readonly outputHiddenStates?: boolean;
  /** Also return each layer's attention probabilities, (batch, heads, length, length). */
  readonly outputAttentions?: boolean;
}

export interface ModelOutput {
  readonly hiddenStates?: readonly Tensor[];
  readonly attentions?: readonly Tensor[];
}

export interface SequenceClassifierOutput extends ModelOutput {
  /** Where the batch has labels; shape (). */
  readonly loss?: Tensor;
  /** (batch, numLabels). */
  readonly logits: Tensor;
}

/** Which weights came from the file, as Transformers' warning tells. */
export interface LoadReport {
  /** Parameters the file does not hold: newly initialized, to be trained. */
  readonly missing: readonly string[];
  /** Tensors of the file that the model has no place for. */
  readonly unexpected: readonly string[];
  /** Tensors that have another shape there, with `ignoreMismatchedSizes`: newly initialized as well. */
  readonly mismatched: readonly MismatchedTensor[];
}

export interface MismatchedTensor {
  /** The model's name of it. */
  readonly name: string;
  /** The shape in the file, and the model's. */
  readonly stored: readonly number[];
  readonly expected: readonly number[];
}

/** A model with a config; its parameters carry Transformers' names. `savePretrained` is attached in saving.ts, as no file is touched here. */
export abstract class PreTrainedModel extends Module {
  /** The columns of a batch that `forward` reads. */
  abstract readonly inputNames: readonly string[];

  /** Which weights were loaded and which are new; null for a model from a config. */
  loadReport: LoadReport | null = null;

  constructor(readonly config: ModelConfig) {
    super();
  }

  /**
   * Other names that files give to a parameter: in a masked LM the last layer's weight is the word embeddings'. By that other name, the
   * one in `namedParameters`.
   */
  get tiedNames(): Readonly<Record<string, string>> {
    return {};
  }

  abstract forward(batch: Batch, options?: ForwardOptions): ModelOutput;

  /** Gives all parameters, or those named, the values a new model starts from: normal weights, zero biases, LayerNorm 1 and 0. */
  initWeights(names?: ReadonlySet<string>): void {
    const std = numberIn(this.config, "initializer_range", 0.02);
    for (const [prefix, module] of this.namedModules()) {
      const set = (name: string, tensor: Tensor, init: (values: Float32Array) => void) => {
        if (!names || names.has(`${prefix}.${name}`)) initialize(tensor, init);
      };
      if (module instanceof Linear) {
        set("weight", module.weight, normal(std));
        if (module.bias) set("bias", module.bias, zeros);
      } else if (module instanceof LayerNorm) {
        set("weight", module.weight, ones);
        set("bias", module.bias, zeros);
      } else if (module instanceof Embedding) {
        const { paddingIdx, weight } = module;
        set("weight", weight, (values) => {
          normal(std)(values);
          if (paddingIdx !== null) values.fill(0, paddingIdx * weight.shape[1], (paddingIdx + 1) * weight.shape[1]);
        });
      }
    }
  }
}

/** A number of the config. @throws TypeError naming the field and what it holds */
export function numberIn(config: ModelConfig, key: string, fallback?: number): number {
  const value = config[key] ?? fallback;
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw new TypeError(`config.json: ${key} is ${JSON.stringify(config[key])}; it must be a number of at least 0.`);
}

/** How many labels the head has: `num_labels`, else as many as `id2label` names, else 2 as in Transformers. */
export function numLabelsOf(config: ModelConfig): number {
  const names = config.id2label;
  if (config.num_labels === undefined && typeof names === "object" && names !== null) return Object.keys(names).length;
  return numberIn(config, "num_labels", 2);
}

/** The classifier's loss: cross-entropy of (batch, numLabels) logits, or the mean squared error where there is one label (regression). */
export function classificationLoss(logits: Tensor, batch: Batch): Tensor | undefined {
  const column = batch.labels;
  if (column === undefined) return undefined;
  const [rows, numLabels] = logits.shape;
  if (numLabels === 1) {
    const target = column instanceof Tensor
      ? tensor(Float32Array.from(column.hostData ?? []), [rows, 1])
      : tensor(column, [rows, 1]);
    return functional.mseLoss(logits, target);
  }
  const { values, shape } = ints(batch, "labels")!;
  if (values.length !== rows) {
    throw new RangeError(
      `labels has shape (${shape.join(", ")}); it must hold one label for each of the batch's ${rows} rows.`,
    );
  }
  return functional.crossEntropy(logits, tensor(values));
}
