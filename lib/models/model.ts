// What every model shares: its config, its outputs, and fresh weights.

import { Embedding, initialize, LayerNorm, Linear, Module, normal, ones, zeros } from "../nn/mod.ts";
import type { Tensor } from "../tensor/mod.ts";
import type { ModelInputs } from "./batch.ts";
import { type ModelConfig, scalarIn } from "./config.ts";
import { TiedProjection } from "./tied_projection.ts";

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

export interface BaseModelOutput extends ModelOutput {
  /** (batch, length, hidden), zeros at padded places. */
  readonly lastHiddenState: Tensor;
  /** (batch, hidden), in families with a pooler. */
  readonly poolerOutput?: Tensor;
}

interface LossAndLogits extends ModelOutput {
  /** Where the batch has labels; shape (). */
  readonly loss?: Tensor;
  readonly logits: Tensor;
}

/** Logits are (batch, numLabels). */
export type SequenceClassifierOutput = LossAndLogits;

/** Logits are (batch, length, numLabels). */
export type TokenClassifierOutput = LossAndLogits;

/** Logits are (batch, length, vocabulary). */
export type MaskedLMOutput = LossAndLogits;

/** What the heads of a pretraining give; which logits there are is the family's to say. */
export interface PreTrainingOutput extends ModelOutput {
  /** Where the batch has the labels of every task; shape (). */
  readonly loss?: Tensor;
  /** Of the masked words (batch, length, vocabulary): BERT, ALBERT. */
  readonly predictionLogits?: Tensor;
  /** Whether the second sentence follows the first (batch, 2): BERT. */
  readonly seqRelationshipLogits?: Tensor;
  /** Whether the sentences are in order (batch, 2): ALBERT. */
  readonly sopLogits?: Tensor;
  /** Of the masked words, in families that have no other task, or of replaced tokens (batch, length): ELECTRA. */
  readonly logits?: Tensor;
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

  abstract forward(inputs: ModelInputs, options?: ForwardOptions): ModelOutput;

  /** Gives all parameters, or those named, the values a new model starts from: normal weights, zero biases, LayerNorm 1 and 0. */
  initWeights(names?: ReadonlySet<string>): void {
    const std = scalarIn({ initializer_range: 0.02, ...this.config }, "initializer_range");
    for (const [prefix, module] of this.namedModules()) {
      const set = (name: string, tensor: Tensor, init: (values: Float32Array) => void) => {
        if (!names || names.has(prefix ? `${prefix}.${name}` : name)) initialize(tensor, init);
      };
      if (module instanceof Linear) {
        set("weight", module.weight, normal(std));
        if (module.bias) set("bias", module.bias, zeros);
      } else if (module instanceof LayerNorm) {
        set("weight", module.weight, ones);
        set("bias", module.bias, zeros);
      } else if (module instanceof TiedProjection) {
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

/** A model with the heads it was pretrained with. */
export interface PreTrainingModel extends PreTrainedModel {
  forward(inputs: ModelInputs, options?: ForwardOptions): PreTrainingOutput;
}
