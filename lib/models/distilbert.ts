// DistilBERT (Sanh et al. 2019): BERT with half the layers, without segment embeddings and without a pooler (section 3), and its heads.

import { Dropout, Embedding, type Layer, LayerNorm, Linear, Module, type Packing, packValues } from "../nn/mod.ts";
import { type Tensor, tensor } from "../tensor/mod.ts";
import type { TextInputs } from "./batch.ts";
import {
  activationIn,
  assertHeads,
  layersIn,
  type ModelConfig,
  numLabelsOf,
  padTokenIn,
  rateIn,
  sizeIn,
} from "./config.ts";
import { EncoderLayer, EncoderModel, type LayerParts } from "./encoder.ts";
import { MaskedLMModel, SequenceClassificationModel, TokenClassificationModel } from "./heads.ts";
import { TiedProjection } from "./tied_projection.ts";

const DEFAULTS = {
  vocab_size: 30522,
  max_position_embeddings: 512,
  n_layers: 6,
  n_heads: 12,
  dim: 768,
  hidden_dim: 3072,
  dropout: 0.1,
  attention_dropout: 0.1,
  activation: "gelu",
  seq_classif_dropout: 0.2,
  pad_token_id: 0,
};

/** Fixed here, as no field of the config says it. */
const EPS = 1e-12;

type DistilBertSizes = ReturnType<typeof distilBertSizes>;

/** The numbers of a config, checked. @throws RangeError naming the field, its value and what it must be */
function distilBertSizes(config: ModelConfig) {
  const full = { ...DEFAULTS, ...config };
  const vocabSize = sizeIn(full, "vocab_size");
  const sizes = {
    vocabSize,
    maxPositions: sizeIn(full, "max_position_embeddings"),
    layers: layersIn(full, "n_layers"),
    heads: sizeIn(full, "n_heads"),
    hiddenSize: sizeIn(full, "dim"),
    intermediateSize: sizeIn(full, "hidden_dim"),
    dropout: rateIn(full, "dropout"),
    attentionDropout: rateIn(full, "attention_dropout"),
    classifierDropout: rateIn(full, "seq_classif_dropout"),
    padTokenId: padTokenIn(full, vocabSize),
    activation: activationIn(full, "activation"),
  };
  assertHeads("dim", sizes.hiddenSize, "n_heads", sizes.heads);
  return sizes;
}

/** Words and positions, added and normalized. */
class DistilBertEmbeddings extends Module {
  readonly wordEmbeddings: Embedding;
  readonly positionEmbeddings: Embedding;
  readonly LayerNorm: LayerNorm;
  readonly dropout: Dropout;

  constructor({ vocabSize, hiddenSize, maxPositions, padTokenId, dropout }: DistilBertSizes) {
    super();
    this.wordEmbeddings = new Embedding(vocabSize, hiddenSize, padTokenId);
    this.positionEmbeddings = new Embedding(maxPositions, hiddenSize);
    this.LayerNorm = new LayerNorm(hiddenSize, EPS);
    this.dropout = new Dropout(dropout);
  }

  /** -> (tokens, hidden) */
  forward({ ids, length }: TextInputs, packing: Packing): Tensor {
    const words = this.wordEmbeddings.forward(packValues(ids, packing));
    const positions = this.positionEmbeddings.forward(tensor(packing.places.map((place) => place % length)));
    return this.dropout.forward(this.LayerNorm.forward(words.add(positions)));
  }
}

/** BERT's layer, but that nothing is dropped of what attention adds. */
class DistilBertLayer extends EncoderLayer {
  readonly attention: { readonly qLin: Linear; readonly kLin: Linear; readonly vLin: Linear; readonly outLin: Linear };
  readonly saLayerNorm: LayerNorm;
  readonly ffn: { readonly lin1: Linear; readonly lin2: Linear };
  readonly outputLayerNorm: LayerNorm;

  constructor({ hiddenSize, intermediateSize, heads, activation, dropout, attentionDropout }: DistilBertSizes) {
    super({ heads, activation, dropout: { attention: attentionDropout, joined: 0, narrowed: dropout } });
    const square = () => new Linear(hiddenSize, hiddenSize);
    this.attention = { qLin: square(), kLin: square(), vLin: square(), outLin: square() };
    this.saLayerNorm = new LayerNorm(hiddenSize, EPS);
    this.ffn = { lin1: new Linear(hiddenSize, intermediateSize), lin2: new Linear(intermediateSize, hiddenSize) };
    this.outputLayerNorm = new LayerNorm(hiddenSize, EPS);
  }

  protected get parts(): LayerParts {
    const { qLin, kLin, vLin, outLin } = this.attention;
    return {
      query: qLin,
      key: kLin,
      value: vLin,
      join: outLin,
      joinNorm: this.saLayerNorm,
      widen: this.ffn.lin1,
      narrow: this.ffn.lin2,
      narrowNorm: this.outputLayerNorm,
    };
  }
}

/** DistilBERT without a head. */
export class DistilBertModel extends EncoderModel {
  readonly inputNames = ["input_ids", "attention_mask"];
  readonly embeddings: DistilBertEmbeddings;
  readonly transformer: { readonly layer: readonly DistilBertLayer[] };
  protected readonly sizes: DistilBertSizes;

  constructor(config: ModelConfig) {
    super(config);
    const sizes = this.sizes = distilBertSizes(config);
    this.embeddings = new DistilBertEmbeddings(sizes);
    this.transformer = { layer: Array.from({ length: sizes.layers }, () => new DistilBertLayer(sizes)) };
  }

  protected get layers(): readonly EncoderLayer[] {
    return this.transformer.layer;
  }

  get wordEmbeddings(): Embedding {
    return this.embeddings.wordEmbeddings;
  }

  protected embed(inputs: TextInputs, packing: Packing): Tensor {
    return this.embeddings.forward(inputs, packing);
  }
}

/** DistilBERT with a classifier of two layers on the [CLS] state. */
export class DistilBertForSequenceClassification extends SequenceClassificationModel<DistilBertModel> {
  readonly distilbert: DistilBertModel;
  readonly preClassifier: Linear;
  classifier: Layer;
  readonly dropout: Dropout;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, classifierDropout } = distilBertSizes(config);
    this.distilbert = new DistilBertModel(config);
    this.preClassifier = new Linear(hiddenSize, hiddenSize);
    this.classifier = new Linear(hiddenSize, numLabelsOf(config));
    this.dropout = new Dropout(classifierDropout);
  }

  get baseModel(): DistilBertModel {
    return this.distilbert;
  }

  protected classify(first: Tensor): Tensor {
    return this.classifier.forward(this.dropout.forward(this.preClassifier.forward(first).relu()));
  }
}

/** DistilBERT with a linear classifier on every token's state. */
export class DistilBertForTokenClassification extends TokenClassificationModel<DistilBertModel> {
  readonly distilbert: DistilBertModel;
  readonly dropout: Dropout;
  classifier: Layer;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, dropout } = distilBertSizes(config);
    this.distilbert = new DistilBertModel(config);
    this.dropout = new Dropout(dropout);
    this.classifier = new Linear(hiddenSize, numLabelsOf(config));
  }

  get baseModel(): DistilBertModel {
    return this.distilbert;
  }
}

/** DistilBERT that fills masks. */
export class DistilBertForMaskedLM extends MaskedLMModel<DistilBertModel> {
  readonly distilbert: DistilBertModel;
  readonly vocabTransform: Linear;
  readonly vocabLayerNorm: LayerNorm;
  readonly vocabProjector: TiedProjection;
  readonly #activation: (x: Tensor) => Tensor;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, vocabSize, activation } = distilBertSizes(config);
    this.distilbert = new DistilBertModel(config);
    this.vocabTransform = new Linear(hiddenSize, hiddenSize);
    this.vocabLayerNorm = new LayerNorm(hiddenSize, EPS);
    this.vocabProjector = new TiedProjection(vocabSize);
    this.#activation = activation;
  }

  get baseModel(): DistilBertModel {
    return this.distilbert;
  }

  override get tiedNames(): Readonly<Record<string, string>> {
    return { "vocab_projector.weight": "distilbert.embeddings.word_embeddings.weight" };
  }

  protected predict(hidden: Tensor): Tensor {
    const x = this.vocabLayerNorm.forward(this.#activation(this.vocabTransform.forward(hidden)));
    return this.vocabProjector.project(x, this.distilbert.wordEmbeddings);
  }
}
