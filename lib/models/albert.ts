// ALBERT (Lan et al. 2020): BERT with far fewer parameters. Embeddings are narrow and projected (section 3.1, factorization), all layers of a
// group are one and the same (cross-layer sharing), and the second task of its pretraining is the order of two sentences.

import { Dropout, type Embedding, type Layer, LayerNorm, Linear, type Packing } from "../nn/mod.ts";
import { scope, type Tensor } from "../tensor/mod.ts";
import type { ModelInputs, TextInputs } from "./batch.ts";
import { BertEmbeddings, type BertSizes, bertSizes } from "./bert.ts";
import { headRateIn, layersIn, type ModelConfig, numLabelsOf, rateIn, sizeIn } from "./config.ts";
import { EncoderLayer, EncoderModel, type LayerParts } from "./encoder.ts";
import { MaskedLMModel, SequenceClassificationModel, TokenClassificationModel, TwoTaskModel } from "./heads.ts";
import type { ForwardOptions, ModelOutput } from "./model.ts";
import { TiedProjection } from "./tied_projection.ts";

const DEFAULTS = {
  vocab_size: 30000,
  embedding_size: 128,
  hidden_size: 4096,
  num_hidden_groups: 1,
  num_attention_heads: 64,
  intermediate_size: 16384,
  inner_group_num: 1,
  hidden_act: "gelu_new",
  hidden_dropout_prob: 0,
  attention_probs_dropout_prob: 0,
  classifier_dropout_prob: 0.1,
};

interface AlbertSizes extends BertSizes {
  readonly embeddingSize: number;
  /** How many sets of parameters the layers share. */
  readonly groups: number;
  /** Layers in a group, all run for each layer of the count. */
  readonly innerLayers: number;
  readonly classifierDropout: number;
}

/** The numbers of a config, checked. @throws RangeError naming the field, its value and what it must be */
function albertSizes(config: ModelConfig): AlbertSizes {
  const full = { ...DEFAULTS, ...config };
  const sizes = {
    ...bertSizes(full),
    embeddingSize: sizeIn(full, "embedding_size"),
    groups: layersIn(full, "num_hidden_groups"),
    innerLayers: layersIn(full, "inner_group_num"),
    classifierDropout: rateIn(full, "classifier_dropout_prob"),
  };
  if (sizes.groups <= sizes.layers) return sizes;
  throw new RangeError(
    `config.json: num_hidden_groups is ${sizes.groups}; it must be at most num_hidden_layers ${sizes.layers}.`,
  );
}

/** BERT's layer, but that nothing is dropped of what the feed-forward net adds. */
class AlbertLayer extends EncoderLayer {
  readonly fullLayerLayerNorm: LayerNorm;
  readonly attention: {
    readonly query: Linear;
    readonly key: Linear;
    readonly value: Linear;
    readonly dense: Linear;
    readonly LayerNorm: LayerNorm;
  };
  readonly ffn: Linear;
  readonly ffnOutput: Linear;

  constructor({ hiddenSize, intermediateSize, heads, eps, hiddenDropout, attentionDropout, activation }: AlbertSizes) {
    super({ heads, activation, dropout: { attention: attentionDropout, joined: hiddenDropout, narrowed: 0 } });
    const square = () => new Linear(hiddenSize, hiddenSize);
    this.fullLayerLayerNorm = new LayerNorm(hiddenSize, eps);
    this.attention = {
      query: square(),
      key: square(),
      value: square(),
      dense: square(),
      LayerNorm: new LayerNorm(hiddenSize, eps),
    };
    this.ffn = new Linear(hiddenSize, intermediateSize);
    this.ffnOutput = new Linear(intermediateSize, hiddenSize);
  }

  protected get parts(): LayerParts {
    const { query, key, value, dense, LayerNorm } = this.attention;
    return {
      query,
      key,
      value,
      join: dense,
      joinNorm: LayerNorm,
      widen: this.ffn,
      narrow: this.ffnOutput,
      narrowNorm: this.fullLayerLayerNorm,
    };
  }
}

interface AlbertEncoder {
  readonly embeddingHiddenMappingIn: Linear;
  readonly albertLayerGroups: readonly { readonly albertLayers: readonly AlbertLayer[] }[];
}

/** ALBERT without a head. */
export class AlbertModel extends EncoderModel {
  readonly inputNames = ["input_ids", "attention_mask", "token_type_ids"];
  readonly embeddings: BertEmbeddings;
  readonly encoder: AlbertEncoder;
  /** Null below heads that read every token. */
  readonly pooler: Linear | null;
  protected readonly sizes: AlbertSizes;
  protected override readonly layersPerState: number;

  constructor(config: ModelConfig, { addPoolingLayer = true } = {}) {
    super(config);
    const sizes = this.sizes = albertSizes(config);
    const { hiddenSize, embeddingSize, groups, innerLayers } = sizes;
    this.layersPerState = innerLayers;
    this.embeddings = new BertEmbeddings({ ...sizes, hiddenSize: embeddingSize });
    const group = () => ({ albertLayers: Array.from({ length: innerLayers }, () => new AlbertLayer(sizes)) });
    this.encoder = {
      embeddingHiddenMappingIn: new Linear(embeddingSize, hiddenSize),
      albertLayerGroups: Array.from({ length: groups }, group),
    };
    this.pooler = addPoolingLayer ? new Linear(hiddenSize, hiddenSize) : null;
  }

  /** The same few layers again and again: layer i belongs to group ⌊i · groups / layers⌋. */
  protected get layers(): readonly EncoderLayer[] {
    const { layers, groups } = this.sizes;
    const groupOf = (i: number) => this.encoder.albertLayerGroups[Math.floor(i / (layers / groups))];
    return Array.from({ length: layers }, (_, i) => groupOf(i).albertLayers).flat();
  }

  get wordEmbeddings(): Embedding {
    return this.embeddings.wordEmbeddings;
  }

  protected embed(inputs: TextInputs, packing: Packing): Tensor {
    const narrow = this.embeddings.forward(inputs, packing); // (tokens, embedding)
    return this.encoder.embeddingHiddenMappingIn.forward(narrow); // (tokens, hidden)
  }

  override pool(first: Tensor): Tensor | undefined {
    return this.pooler?.forward(first).tanh();
  }
}

/** ALBERT with a linear classifier on the pooled [CLS] state. */
export class AlbertForSequenceClassification extends SequenceClassificationModel<AlbertModel> {
  readonly albert: AlbertModel;
  readonly dropout: Dropout;
  classifier: Layer;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, classifierDropout } = albertSizes(config);
    this.albert = new AlbertModel(config);
    this.dropout = new Dropout(classifierDropout);
    this.classifier = new Linear(hiddenSize, numLabelsOf(config));
  }

  get baseModel(): AlbertModel {
    return this.albert;
  }

  protected classify(first: Tensor): Tensor {
    return this.classifier.forward(this.dropout.forward(this.albert.pooled(first)));
  }
}

/** ALBERT with a linear classifier on every token's state. */
export class AlbertForTokenClassification extends TokenClassificationModel<AlbertModel> {
  readonly albert: AlbertModel;
  readonly dropout: Dropout;
  classifier: Layer;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, hiddenDropout } = albertSizes(config);
    this.albert = new AlbertModel(config, { addPoolingLayer: false });
    this.dropout = new Dropout(headRateIn(config, "classifier_dropout_prob", hiddenDropout));
    this.classifier = new Linear(hiddenSize, numLabelsOf(config));
  }

  get baseModel(): AlbertModel {
    return this.albert;
  }
}

/** From a state to the word: narrowed to the embeddings, then by the word embeddings. */
class AlbertPredictions extends TiedProjection {
  readonly LayerNorm: LayerNorm;
  readonly dense: Linear;
  readonly #activation: (x: Tensor) => Tensor;

  constructor({ vocabSize, hiddenSize, embeddingSize, eps, activation }: AlbertSizes) {
    super(vocabSize);
    this.LayerNorm = new LayerNorm(embeddingSize, eps);
    this.dense = new Linear(hiddenSize, embeddingSize);
    this.#activation = activation;
  }

  /** (tokens, hidden) -> (tokens, vocabulary) */
  predict(hidden: Tensor, words: Embedding): Tensor {
    const narrow = this.LayerNorm.forward(this.#activation(this.dense.forward(hidden))); // (tokens, embedding)
    return this.project(narrow, words);
  }
}

const TIED_NAMES = {
  "predictions.decoder.weight": "albert.embeddings.word_embeddings.weight",
  "predictions.decoder.bias": "predictions.bias",
};

/** ALBERT that fills masks. */
export class AlbertForMaskedLM extends MaskedLMModel<AlbertModel> {
  readonly albert: AlbertModel;
  readonly predictions: AlbertPredictions;

  constructor(config: ModelConfig) {
    super(config);
    this.albert = new AlbertModel(config, { addPoolingLayer: false });
    this.predictions = new AlbertPredictions(albertSizes(config));
  }

  get baseModel(): AlbertModel {
    return this.albert;
  }

  override get tiedNames(): Readonly<Record<string, string>> {
    return TIED_NAMES;
  }

  protected predict(hidden: Tensor): Tensor {
    return this.predictions.predict(hidden, this.albert.wordEmbeddings);
  }
}

export interface AlbertForPreTrainingOutput extends ModelOutput {
  /** The sum of both tasks' losses, where the batch has the labels of both; shape (). */
  readonly loss?: Tensor;
  /** (batch, length, vocabulary), zeros at padded places. */
  readonly predictionLogits: Tensor;
  /** (batch, 2): that the sentences are in order, that they are swapped. */
  readonly sopLogits: Tensor;
}

/** ALBERT with both tasks of its pretraining (section 3.1): masked words, and whether two sentences are in order. */
export class AlbertForPreTraining extends TwoTaskModel<AlbertModel> {
  readonly albert: AlbertModel;
  readonly predictions: AlbertPredictions;
  readonly sopClassifier: { readonly dropout: Dropout; readonly classifier: Linear };
  protected readonly sentenceLabel = "sentence_order_label";

  constructor(config: ModelConfig) {
    super(config);
    const sizes = albertSizes(config);
    this.albert = new AlbertModel(config);
    this.predictions = new AlbertPredictions(sizes);
    this.sopClassifier = {
      dropout: new Dropout(sizes.classifierDropout),
      classifier: new Linear(sizes.hiddenSize, numLabelsOf(config)),
    };
  }

  get baseModel(): AlbertModel {
    return this.albert;
  }

  override get tiedNames(): Readonly<Record<string, string>> {
    return TIED_NAMES;
  }

  /** Labels are `labels` (batch, length), of which -100 counts for nothing, and `sentence_order_label` (batch), 1 where swapped. */
  forward(inputs: ModelInputs, options: ForwardOptions = {}): AlbertForPreTrainingOutput {
    return scope(() => {
      const { sentenceLogits: sopLogits, ...output } = this.bothTasks(inputs, options);
      return { ...output, sopLogits };
    });
  }

  protected predict(hidden: Tensor): Tensor {
    return this.predictions.predict(hidden, this.albert.wordEmbeddings);
  }

  protected judge(first: Tensor): Tensor {
    const { dropout, classifier } = this.sopClassifier;
    return classifier.forward(dropout.forward(this.albert.pooled(first)));
  }
}
