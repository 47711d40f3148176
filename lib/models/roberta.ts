// RoBERTa (Liu et al. 2019): BERT trained longer, on more, without the next-sentence task. Three things differ in the model: positions are
// counted from after the padding id, classifiers have a layer of their own instead of a pooler, and there is one segment only.

import { Dropout, type Embedding, type Layer, LayerNorm, Linear, type Packing, packValues } from "../nn/mod.ts";
import type { Tensor } from "../tensor/mod.ts";
import type { TextInputs } from "./batch.ts";
import { BertEmbeddings, type BertSizes, bertSizes, PooledEncoderModel } from "./bert.ts";
import { headRateIn, type ModelConfig, numLabelsOf } from "./config.ts";
import { ClassificationHead, MaskedLMModel, SequenceClassificationModel, TokenClassificationModel } from "./heads.ts";
import { TiedProjection } from "./tied_projection.ts";

interface RobertaSizes extends BertSizes {
  readonly padTokenId: number;
}

/** The numbers of a config, checked. Positions begin after the padding id, so a text can be that much shorter. */
function robertaSizes(config: ModelConfig): RobertaSizes {
  const { padTokenId, ...sizes } = bertSizes(config, { vocab_size: 50265, pad_token_id: 1 });
  if (padTokenId === null) {
    throw new RangeError(`config.json: pad_token_id is null; it must be a number, as positions are counted from it.`);
  }
  if (sizes.maxPositions > padTokenId + 1) return { ...sizes, padTokenId };
  throw new RangeError(
    `config.json: max_position_embeddings is ${sizes.maxPositions}; it must be more than pad_token_id ${padTokenId} + 1, where positions begin.`,
  );
}

/** BERT's embeddings with another way to count: token i of those that are not padding stands at padding id + i (from 1), padding at its id. */
class RobertaEmbeddings extends BertEmbeddings {
  readonly #padTokenId: number;

  constructor(sizes: RobertaSizes) {
    super(sizes, sizes.padTokenId);
    this.#padTokenId = sizes.padTokenId;
  }

  protected override positions({ batch, length, ids }: TextInputs, packing: Packing): Tensor {
    const positions = new Int32Array(ids.length);
    for (let row = 0; row < batch; row++) {
      let position = this.#padTokenId;
      for (let place = row * length; place < (row + 1) * length; place++) {
        positions[place] = ids[place] === this.#padTokenId ? this.#padTokenId : ++position;
      }
    }
    return packValues(positions, packing);
  }
}

/** RoBERTa without a head. */
export class RobertaModel extends PooledEncoderModel<RobertaEmbeddings> {
  constructor(config: ModelConfig, { addPoolingLayer = true } = {}) {
    const sizes = robertaSizes(config);
    const ofText = { ...sizes, maxPositions: sizes.maxPositions - sizes.padTokenId - 1 };
    super(config, ofText, new RobertaEmbeddings(sizes), addPoolingLayer);
  }
}

/** RoBERTa with a classifier of two layers on the state of <s>. */
export class RobertaForSequenceClassification extends SequenceClassificationModel<RobertaModel> {
  readonly roberta: RobertaModel;
  classifier: Layer;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, hiddenDropout } = robertaSizes(config);
    this.roberta = new RobertaModel(config, { addPoolingLayer: false });
    this.classifier = new ClassificationHead({
      hiddenSize,
      numLabels: numLabelsOf(config),
      dropout: headRateIn(config, "classifier_dropout", hiddenDropout),
      activation: (x) => x.tanh(),
    });
  }

  get baseModel(): RobertaModel {
    return this.roberta;
  }

  protected classify(first: Tensor): Tensor {
    return this.classifier.forward(first);
  }
}

/** RoBERTa with a linear classifier on every token's state. */
export class RobertaForTokenClassification extends TokenClassificationModel<RobertaModel> {
  readonly roberta: RobertaModel;
  readonly dropout: Dropout;
  classifier: Layer;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, hiddenDropout } = robertaSizes(config);
    this.roberta = new RobertaModel(config, { addPoolingLayer: false });
    this.dropout = new Dropout(headRateIn(config, "classifier_dropout", hiddenDropout));
    this.classifier = new Linear(hiddenSize, numLabelsOf(config));
  }

  get baseModel(): RobertaModel {
    return this.roberta;
  }
}

/** From a state to the word; its activation is GELU whatever the config says. */
class RobertaLMHead extends TiedProjection {
  readonly dense: Linear;
  readonly layerNorm: LayerNorm;

  constructor({ vocabSize, hiddenSize, eps }: RobertaSizes) {
    super(vocabSize);
    this.dense = new Linear(hiddenSize, hiddenSize);
    this.layerNorm = new LayerNorm(hiddenSize, eps);
  }

  /** (tokens, hidden) -> (tokens, vocabulary) */
  predict(hidden: Tensor, words: Embedding): Tensor {
    return this.project(this.layerNorm.forward(this.dense.forward(hidden).gelu()), words);
  }
}

/** RoBERTa that fills masks. */
export class RobertaForMaskedLM extends MaskedLMModel<RobertaModel> {
  readonly roberta: RobertaModel;
  readonly lmHead: RobertaLMHead;

  constructor(config: ModelConfig) {
    super(config);
    this.roberta = new RobertaModel(config, { addPoolingLayer: false });
    this.lmHead = new RobertaLMHead(robertaSizes(config));
  }

  get baseModel(): RobertaModel {
    return this.roberta;
  }

  override get tiedNames(): Readonly<Record<string, string>> {
    return {
      "lm_head.decoder.weight": "roberta.embeddings.word_embeddings.weight",
      "lm_head.decoder.bias": "lm_head.bias",
    };
  }

  protected predict(hidden: Tensor): Tensor {
    return this.lmHead.predict(hidden, this.roberta.wordEmbeddings);
  }
}
