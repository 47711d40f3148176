// BERT (Devlin et al. 2019): embeddings, an encoder of post-norm layers, and a pooler. Written to be read beside the paper.
// The layer itself and the way through all of them are in encoder.ts, the heads in bert_heads.ts.

import { Dropout, Embedding, LayerNorm, Linear, Module, type Packing, packValues } from "../nn/mod.ts";
import { type Tensor, tensor } from "../tensor/mod.ts";
import type { TextInputs } from "./batch.ts";
import {
  activationIn,
  assertEncoder,
  assertHeads,
  layersIn,
  type ModelConfig,
  padTokenIn,
  rateIn,
  scalarIn,
  sizeIn,
} from "./config.ts";
import { EncoderLayer, EncoderModel, type LayerParts } from "./encoder.ts";

const DEFAULTS = {
  vocab_size: 30522,
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 3072,
  hidden_act: "gelu",
  max_position_embeddings: 512,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
  hidden_dropout_prob: 0.1,
  attention_probs_dropout_prob: 0.1,
  pad_token_id: 0,
};

/** The numbers of a config with BERT's names for them, checked. */
export interface BertSizes {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly intermediateSize: number;
  readonly maxPositions: number;
  readonly typeVocabSize: number;
  readonly eps: number;
  readonly hiddenDropout: number;
  readonly attentionDropout: number;
  readonly padTokenId: number | null;
  readonly activation: (x: Tensor) => Tensor;
}

/** @param defaults where a family's differ from BERT's @throws RangeError naming the field, its value and what it must be */
export function bertSizes(config: ModelConfig, defaults: Readonly<Record<string, unknown>> = {}): BertSizes {
  const full = { ...DEFAULTS, ...defaults, ...config };
  assertEncoder(full);
  const vocabSize = sizeIn(full, "vocab_size");
  const sizes = {
    vocabSize,
    hiddenSize: sizeIn(full, "hidden_size"),
    layers: layersIn(full, "num_hidden_layers"),
    heads: sizeIn(full, "num_attention_heads"),
    intermediateSize: sizeIn(full, "intermediate_size"),
    maxPositions: sizeIn(full, "max_position_embeddings"),
    typeVocabSize: sizeIn(full, "type_vocab_size"),
    eps: scalarIn(full, "layer_norm_eps"),
    hiddenDropout: rateIn(full, "hidden_dropout_prob"),
    attentionDropout: rateIn(full, "attention_probs_dropout_prob"),
    padTokenId: padTokenIn(full, vocabSize),
    activation: activationIn(full, "hidden_act"),
  };
  assertHeads("hidden_size", sizes.hiddenSize, "num_attention_heads", sizes.heads);
  return sizes;
}

type EmbeddingSizes = Omit<BertSizes, "layers" | "heads" | "intermediateSize" | "attentionDropout" | "activation">;

/** Section 3, figure 2: token, position and segment embeddings, added and normalized. */
export class BertEmbeddings extends Module {
  readonly wordEmbeddings: Embedding;
  readonly positionEmbeddings: Embedding;
  readonly tokenTypeEmbeddings: Embedding;
  readonly LayerNorm: LayerNorm;
  readonly dropout: Dropout;

  constructor(sizes: EmbeddingSizes, positionPadding: number | null = null) {
    super();
    const { vocabSize, hiddenSize, maxPositions, typeVocabSize, eps, hiddenDropout, padTokenId } = sizes;
    this.wordEmbeddings = new Embedding(vocabSize, hiddenSize, padTokenId);
    this.positionEmbeddings = new Embedding(maxPositions, hiddenSize, positionPadding);
    this.tokenTypeEmbeddings = new Embedding(typeVocabSize, hiddenSize);
    this.LayerNorm = new LayerNorm(hiddenSize, eps);
    this.dropout = new Dropout(hiddenDropout);
  }

  /** -> (tokens, hidden) */
  forward(inputs: TextInputs, packing: Packing): Tensor {
    const words = this.wordEmbeddings.forward(packValues(inputs.ids, packing));
    const positions = this.positionEmbeddings.forward(this.positions(inputs, packing));
    const types = this.tokenTypeEmbeddings.forward(packValues(inputs.types, packing));
    return this.dropout.forward(this.LayerNorm.forward(words.add(types).add(positions)));
  }

  /** Where each token stands: its column in the padded row, (tokens). */
  protected positions({ length }: TextInputs, { places }: Packing): Tensor {
    return tensor(places.map((place) => place % length));
  }
}

/** One layer of the encoder. */
class BertLayer extends EncoderLayer {
  readonly attention: {
    readonly self: { readonly query: Linear; readonly key: Linear; readonly value: Linear };
    readonly output: { readonly dense: Linear; readonly LayerNorm: LayerNorm };
  };
  readonly intermediate: { readonly dense: Linear };
  readonly output: { readonly dense: Linear; readonly LayerNorm: LayerNorm };

  constructor({ hiddenSize, intermediateSize, heads, eps, hiddenDropout, attentionDropout, activation }: BertSizes) {
    super({
      heads,
      activation,
      dropout: { attention: attentionDropout, joined: hiddenDropout, narrowed: hiddenDropout },
    });
    const square = () => new Linear(hiddenSize, hiddenSize);
    this.attention = {
      self: { query: square(), key: square(), value: square() },
      output: { dense: square(), LayerNorm: new LayerNorm(hiddenSize, eps) },
    };
    this.intermediate = { dense: new Linear(hiddenSize, intermediateSize) };
    this.output = { dense: new Linear(intermediateSize, hiddenSize), LayerNorm: new LayerNorm(hiddenSize, eps) };
  }

  protected get parts(): LayerParts {
    const { self, output } = this.attention;
    return {
      ...self,
      join: output.dense,
      joinNorm: output.LayerNorm,
      widen: this.intermediate.dense,
      narrow: this.output.dense,
      narrowNorm: this.output.LayerNorm,
    };
  }
}

/** The layers, under the names that BERT and its nearest kin keep them. */
export interface BertEncoder {
  readonly layer: readonly EncoderLayer[];
}

export function bertEncoder(sizes: BertSizes): BertEncoder {
  return { layer: Array.from({ length: sizes.layers }, () => new BertLayer(sizes)) };
}

/** Section 3.1: the [CLS] token's state through one tanh layer, (batch, hidden) -> (batch, hidden). */
class BertPooler extends Module {
  readonly dense: Linear;

  constructor(hiddenSize: number) {
    super();
    this.dense = new Linear(hiddenSize, hiddenSize);
  }

  forward(first: Tensor): Tensor {
    return this.dense.forward(first).tanh();
  }
}

/** Embeddings, layers and a pooler: BERT, and what differs from it in its embeddings alone. */
export abstract class PooledEncoderModel<Embeddings extends BertEmbeddings> extends EncoderModel {
  readonly inputNames = ["input_ids", "attention_mask", "token_type_ids"];
  readonly encoder: BertEncoder;
  /** Null below heads that do not read it. */
  readonly pooler: BertPooler | null;

  constructor(
    config: ModelConfig,
    protected readonly sizes: BertSizes,
    readonly embeddings: Embeddings,
    addPoolingLayer: boolean,
  ) {
    super(config);
    this.encoder = bertEncoder(sizes);
    this.pooler = addPoolingLayer ? new BertPooler(sizes.hiddenSize) : null;
  }

  protected get layers(): readonly EncoderLayer[] {
    return this.encoder.layer;
  }

  get wordEmbeddings(): Embedding {
    return this.embeddings.wordEmbeddings;
  }

  protected embed(inputs: TextInputs, packing: Packing): Tensor {
    return this.embeddings.forward(inputs, packing);
  }

  override pool(first: Tensor): Tensor | undefined {
    return this.pooler?.forward(first);
  }
}

/** BERT without a head. */
export class BertModel extends PooledEncoderModel<BertEmbeddings> {
  constructor(config: ModelConfig, { addPoolingLayer = true } = {}) {
    const sizes = bertSizes(config);
    super(config, sizes, new BertEmbeddings(sizes), addPoolingLayer);
  }
}
