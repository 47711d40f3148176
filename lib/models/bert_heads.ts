// What stands on BERT: a classifier of texts or of tokens (section 4), and the two tasks it is pretrained with (section 3.1).

import { Dropout, type Layer, LayerNorm, Linear } from "../nn/mod.ts";
import { scope, type Tensor } from "../tensor/mod.ts";
import type { ModelInputs } from "./batch.ts";
import { BertModel, bertSizes } from "./bert.ts";
import { headRateIn, type ModelConfig, numLabelsOf } from "./config.ts";
import { MaskedLMModel, SequenceClassificationModel, TokenClassificationModel, TwoTaskModel } from "./heads.ts";
import type { ForwardOptions, ModelOutput } from "./model.ts";
import { TiedProjection } from "./tied_projection.ts";

/** BERT with a linear classifier on the pooled [CLS] state (section 4.1). */
export class BertForSequenceClassification extends SequenceClassificationModel<BertModel> {
  readonly bert: BertModel;
  readonly dropout: Dropout;
  classifier: Layer;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, hiddenDropout } = bertSizes(config);
    this.bert = new BertModel(config);
    this.dropout = new Dropout(headRateIn(config, "classifier_dropout", hiddenDropout));
    this.classifier = new Linear(hiddenSize, numLabelsOf(config));
  }

  get baseModel(): BertModel {
    return this.bert;
  }

  protected classify(first: Tensor): Tensor {
    return this.classifier.forward(this.dropout.forward(this.bert.pooled(first)));
  }
}

/** BERT with a linear classifier on every token's state (section 5.3). */
export class BertForTokenClassification extends TokenClassificationModel<BertModel> {
  readonly bert: BertModel;
  readonly dropout: Dropout;
  classifier: Layer;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, hiddenDropout } = bertSizes(config);
    this.bert = new BertModel(config, { addPoolingLayer: false });
    this.dropout = new Dropout(headRateIn(config, "classifier_dropout", hiddenDropout));
    this.classifier = new Linear(hiddenSize, numLabelsOf(config));
  }

  get baseModel(): BertModel {
    return this.bert;
  }
}

/** From a state to the word: one layer with activation and normalization, then the word embeddings. */
class BertPredictions extends TiedProjection {
  readonly transform: { readonly dense: Linear; readonly LayerNorm: LayerNorm };
  readonly #activation: (x: Tensor) => Tensor;

  constructor(config: ModelConfig) {
    const { vocabSize, hiddenSize, eps, activation } = bertSizes(config);
    super(vocabSize);
    this.transform = { dense: new Linear(hiddenSize, hiddenSize), LayerNorm: new LayerNorm(hiddenSize, eps) };
    this.#activation = activation;
  }

  /** (tokens, hidden) -> (tokens, vocabulary) */
  predict(hidden: Tensor, { wordEmbeddings }: BertModel): Tensor {
    const { dense, LayerNorm } = this.transform;
    return this.project(LayerNorm.forward(this.#activation(dense.forward(hidden))), wordEmbeddings);
  }
}

const TIED_NAMES = {
  "cls.predictions.decoder.weight": "bert.embeddings.word_embeddings.weight",
  "cls.predictions.decoder.bias": "cls.predictions.bias",
};

/** BERT that fills masks (section 3.1, task 1). */
export class BertForMaskedLM extends MaskedLMModel<BertModel> {
  readonly bert: BertModel;
  readonly cls: { readonly predictions: BertPredictions };

  constructor(config: ModelConfig) {
    super(config);
    this.bert = new BertModel(config, { addPoolingLayer: false });
    this.cls = { predictions: new BertPredictions(config) };
  }

  get baseModel(): BertModel {
    return this.bert;
  }

  override get tiedNames(): Readonly<Record<string, string>> {
    return TIED_NAMES;
  }

  protected predict(hidden: Tensor): Tensor {
    return this.cls.predictions.predict(hidden, this.bert);
  }
}

export interface BertForPreTrainingOutput extends ModelOutput {
  /** The sum of both tasks' losses, where the batch has the labels of both; shape (). */
  readonly loss?: Tensor;
  /** (batch, length, vocabulary), zeros at padded places. */
  readonly predictionLogits: Tensor;
  /** (batch, 2): that the second sentence follows the first, that it does not. */
  readonly seqRelationshipLogits: Tensor;
}

/** BERT with both tasks of its pretraining (section 3.1): masked words, and whether the second sentence follows the first. */
export class BertForPreTraining extends TwoTaskModel<BertModel> {
  readonly bert: BertModel;
  readonly cls: { readonly predictions: BertPredictions; readonly seqRelationship: Linear };
  protected readonly sentenceLabel = "next_sentence_label";

  constructor(config: ModelConfig) {
    super(config);
    this.bert = new BertModel(config);
    const { hiddenSize } = bertSizes(config);
    this.cls = { predictions: new BertPredictions(config), seqRelationship: new Linear(hiddenSize, 2) };
  }

  get baseModel(): BertModel {
    return this.bert;
  }

  override get tiedNames(): Readonly<Record<string, string>> {
    return TIED_NAMES;
  }

  /** Labels are `labels` (batch, length), of which -100 counts for nothing, and `next_sentence_label` (batch), 0 where it follows. */
  forward(inputs: ModelInputs, options: ForwardOptions = {}): BertForPreTrainingOutput {
    return scope(() => {
      const { sentenceLogits: seqRelationshipLogits, ...output } = this.bothTasks(inputs, options);
      return { ...output, seqRelationshipLogits };
    });
  }

  protected predict(hidden: Tensor): Tensor {
    return this.cls.predictions.predict(hidden, this.bert);
  }

  protected judge(first: Tensor): Tensor {
    return this.cls.seqRelationship.forward(this.bert.pooled(first));
  }
}
