// ELECTRA (Clark et al. 2020): BERT's encoder on narrower embeddings, pretrained to tell which words a small generator replaced (section 2).
// Checkpoints are discriminators, but for the generators that `ElectraForMaskedLM` reads.

import {
  Dropout,
  type Embedding,
  functional,
  type Layer,
  LayerNorm,
  Linear,
  type Packing,
  selectRows,
} from "../nn/mod.ts";
import { scope, type Tensor, tensor } from "../tensor/mod.ts";
import type { ModelInputs, TextInputs } from "./batch.ts";
import { BertEmbeddings, type BertEncoder, bertEncoder, type BertSizes, bertSizes } from "./bert.ts";
import { headRateIn, type ModelConfig, numLabelsOf, sizeIn } from "./config.ts";
import { type EncoderLayer, EncoderModel } from "./encoder.ts";
import {
  ClassificationHead,
  HeadedModel,
  MaskedLMModel,
  SequenceClassificationModel,
  TokenClassificationModel,
} from "./heads.ts";
import { tokenLabels } from "./losses.ts";
import type { ForwardOptions, TokenClassifierOutput } from "./model.ts";
import { TiedProjection } from "./tied_projection.ts";

const DEFAULTS = { embedding_size: 128, hidden_size: 256, num_attention_heads: 4, intermediate_size: 1024 };

interface ElectraSizes extends BertSizes {
  readonly embeddingSize: number;
}

/** The numbers of a config, checked. @throws RangeError naming the field, its value and what it must be */
function electraSizes(config: ModelConfig): ElectraSizes {
  return { ...bertSizes(config, DEFAULTS), embeddingSize: sizeIn({ ...DEFAULTS, ...config }, "embedding_size") };
}

/** ELECTRA without a head. */
export class ElectraModel extends EncoderModel {
  readonly inputNames = ["input_ids", "attention_mask", "token_type_ids"];
  readonly embeddings: BertEmbeddings;
  /** Null where embeddings are as wide as states. */
  readonly embeddingsProject: Linear | null;
  readonly encoder: BertEncoder;
  protected readonly sizes: ElectraSizes;

  constructor(config: ModelConfig) {
    super(config);
    const sizes = this.sizes = electraSizes(config);
    const { hiddenSize, embeddingSize } = sizes;
    this.embeddings = new BertEmbeddings({ ...sizes, hiddenSize: embeddingSize });
    this.embeddingsProject = embeddingSize === hiddenSize ? null : new Linear(embeddingSize, hiddenSize);
    this.encoder = bertEncoder(sizes);
  }

  protected get layers(): readonly EncoderLayer[] {
    return this.encoder.layer;
  }

  get wordEmbeddings(): Embedding {
    return this.embeddings.wordEmbeddings;
  }

  protected embed(inputs: TextInputs, packing: Packing): Tensor {
    const narrow = this.embeddings.forward(inputs, packing); // (tokens, embedding)
    return this.embeddingsProject?.forward(narrow) ?? narrow; // (tokens, hidden)
  }
}

/** ELECTRA with a classifier of two layers on the [CLS] state; its activation is GELU whatever the config says. */
export class ElectraForSequenceClassification extends SequenceClassificationModel<ElectraModel> {
  readonly electra: ElectraModel;
  classifier: Layer;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, hiddenDropout } = electraSizes(config);
    this.electra = new ElectraModel(config);
    this.classifier = new ClassificationHead({
      hiddenSize,
      numLabels: numLabelsOf(config),
      dropout: headRateIn(config, "classifier_dropout", hiddenDropout),
      activation: (x) => x.gelu(),
    });
  }

  get baseModel(): ElectraModel {
    return this.electra;
  }

  protected classify(first: Tensor): Tensor {
    return this.classifier.forward(first);
  }
}

/** ELECTRA with a linear classifier on every token's state. */
export class ElectraForTokenClassification extends TokenClassificationModel<ElectraModel> {
  readonly electra: ElectraModel;
  readonly dropout: Dropout;
  classifier: Layer;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, hiddenDropout } = electraSizes(config);
    this.electra = new ElectraModel(config);
    this.dropout = new Dropout(headRateIn(config, "classifier_dropout", hiddenDropout));
    this.classifier = new Linear(hiddenSize, numLabelsOf(config));
  }

  get baseModel(): ElectraModel {
    return this.electra;
  }
}

/** The generator (section 2): a masked LM whose last state is narrowed to the embeddings. */
export class ElectraForMaskedLM extends MaskedLMModel<ElectraModel> {
  readonly electra: ElectraModel;
  readonly generatorPredictions: { readonly LayerNorm: LayerNorm; readonly dense: Linear };
  readonly generatorLmHead: TiedProjection;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, embeddingSize, vocabSize, eps } = electraSizes(config);
    this.electra = new ElectraModel(config);
    this.generatorPredictions = {
      LayerNorm: new LayerNorm(embeddingSize, eps),
      dense: new Linear(hiddenSize, embeddingSize),
    };
    this.generatorLmHead = new TiedProjection(vocabSize);
  }

  get baseModel(): ElectraModel {
    return this.electra;
  }

  override get tiedNames(): Readonly<Record<string, string>> {
    return { "generator_lm_head.weight": "electra.embeddings.word_embeddings.weight" };
  }

  protected predict(hidden: Tensor): Tensor {
    const { dense, LayerNorm } = this.generatorPredictions;
    const narrow = LayerNorm.forward(dense.forward(hidden).gelu()); // (tokens, embedding)
    return this.generatorLmHead.project(narrow, this.electra.wordEmbeddings);
  }
}

/** The discriminator (section 2): for every token, whether it was replaced. */
export class ElectraForPreTraining extends HeadedModel<ElectraModel> {
  readonly electra: ElectraModel;
  readonly discriminatorPredictions: { readonly dense: Linear; readonly densePrediction: Linear };
  readonly #activation: (x: Tensor) => Tensor;

  constructor(config: ModelConfig) {
    super(config);
    const { hiddenSize, activation } = electraSizes(config);
    this.electra = new ElectraModel(config);
    this.discriminatorPredictions = {
      dense: new Linear(hiddenSize, hiddenSize),
      densePrediction: new Linear(hiddenSize, 1),
    };
    this.#activation = activation;
  }

  get baseModel(): ElectraModel {
    return this.electra;
  }

  /**
   * Logits (batch, length), above 0 where a token looks replaced, zeros at padded places. Labels (batch, length) are 0 (original) and
   * 1 (replaced); those at padded places do not count.
   */
  forward(inputs: ModelInputs, options: ForwardOptions = {}): TokenClassifierOutput {
    return scope(() => {
      const labels = tokenLabels(inputs);
      const { hidden, packing, mask, pad, hiddenStates, attentions } = this.electra.encode(inputs, options);
      const { dense, densePrediction } = this.discriminatorPredictions;
      const scores = densePrediction.forward(this.#activation(dense.forward(hidden))); // (tokens, 1)
      const padded = pad(scores);
      const logits = padded.reshape(padded.shape.slice(0, 2));
      return { loss: labels && replacedLoss(scores, labels, packing, mask), logits, hiddenStates, attentions };
    });
  }
}

/** The mean binary cross-entropy of the real tokens, 0 where there is none: scores (tokens, 1), labels and mask (batch · length). */
function replacedLoss(scores: Tensor, labels: Int32Array, { places }: Packing, mask: Int32Array): Tensor {
  const rows = Int32Array.from(places.keys()).filter((row) => mask[places[row]]);
  const targets = Float32Array.from(rows, (row) => labels[places[row]]);
  const real = selectRows(scores, tensor(rows)); // (real tokens, 1)
  const sum = functional.binaryCrossEntropyWithLogits(real, tensor(targets, real.shape), { reduction: "sum" });
  return sum.scale(1 / Math.max(1, rows.length));
}
