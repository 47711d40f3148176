// BERT (Devlin et al. 2019): embeddings, an encoder of post-norm layers, and heads. Written to be read beside the paper.
// Tokens are packed: (tokens, hidden) holds the real tokens of all sequences, one after the other; see nn/packing.ts.

import { apply } from "../autograd/mod.ts";
import {
  activation,
  Dropout,
  Embedding,
  type Layer,
  LayerNorm,
  Linear,
  Module,
  pack,
  type Packing,
  packValues,
  selectRows,
  unpack,
  unpackProbabilities,
  withoutInit,
} from "../nn/mod.ts";
import { attention, attentionProbabilities } from "../ops/mod.ts";
import { scope, type Tensor, tensor } from "../tensor/mod.ts";
import { type Batch, type TextInputs, textInputs } from "./batch.ts";
import {
  classificationLoss,
  type ForwardOptions,
  type ModelConfig,
  type ModelOutput,
  numberIn,
  numLabelsOf,
  PreTrainedModel,
  type SequenceClassifierOutput,
} from "./model.ts";

/** The numbers of a BERT config, checked. */
interface BertSizes {
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
  readonly padTokenId: number;
  readonly activation: (x: Tensor) => Tensor;
}

function sizesOf(config: ModelConfig): BertSizes {
  const sizes = {
    vocabSize: numberIn(config, "vocab_size"),
    hiddenSize: numberIn(config, "hidden_size"),
    layers: numberIn(config, "num_hidden_layers"),
    heads: numberIn(config, "num_attention_heads"),
    intermediateSize: numberIn(config, "intermediate_size"),
    maxPositions: numberIn(config, "max_position_embeddings"),
    typeVocabSize: numberIn(config, "type_vocab_size", 2),
    eps: numberIn(config, "layer_norm_eps", 1e-12),
    hiddenDropout: numberIn(config, "hidden_dropout_prob", 0.1),
    attentionDropout: numberIn(config, "attention_probs_dropout_prob", 0.1),
    padTokenId: numberIn(config, "pad_token_id", 0),
    activation: activation(String(config.hidden_act ?? "gelu")),
  };
  if (sizes.hiddenSize % sizes.heads !== 0) {
    throw new RangeError(
      `config.json: hidden_size ${sizes.hiddenSize} is not a multiple of num_attention_heads ${sizes.heads}.`,
    );
  }
  const position = config.position_embedding_type ?? "absolute";
  if (position !== "absolute") {
    throw new RangeError(
      `config.json: position_embedding_type is ${JSON.stringify(position)}; "absolute" is supported.`,
    );
  }
  return sizes;
}

/** Section 3, figure 2: token, position and segment embeddings, added and normalized. */
class BertEmbeddings extends Module {
  readonly wordEmbeddings: Embedding;
  readonly positionEmbeddings: Embedding;
  readonly tokenTypeEmbeddings: Embedding;
  readonly LayerNorm: LayerNorm;
  readonly #dropout: Dropout;

  constructor(sizes: BertSizes) {
    super();
    const { vocabSize, hiddenSize, maxPositions, typeVocabSize, eps, hiddenDropout, padTokenId } = sizes;
    this.wordEmbeddings = new Embedding(vocabSize, hiddenSize, padTokenId);
    this.positionEmbeddings = new Embedding(maxPositions, hiddenSize);
    this.tokenTypeEmbeddings = new Embedding(typeVocabSize, hiddenSize);
    this.LayerNorm = new LayerNorm(hiddenSize, eps);
    this.#dropout = new Dropout(hiddenDropout);
  }

  /** -> (tokens, hidden) */
  forward(inputs: TextInputs, packing: Packing): Tensor {
    const words = this.wordEmbeddings.forward(packValues(inputs.ids, packing));
    const positions = this.positionEmbeddings.forward(tensor(packing.places.map((place) => place % inputs.length)));
    const types = this.tokenTypeEmbeddings.forward(packValues(inputs.types, packing));
    this.#dropout.training = this.training;
    return this.#dropout.forward(this.LayerNorm.forward(words.add(types).add(positions)));
  }
}

/** One layer of the encoder (Vaswani et al. 2017, section 3.1): self-attention, then a feed-forward net, each added and normalized. */
class BertLayer extends Module {
  readonly attention: {
    readonly self: { readonly query: Linear; readonly key: Linear; readonly value: Linear };
    readonly output: { readonly dense: Linear; readonly LayerNorm: LayerNorm };
  };
  readonly intermediate: { readonly dense: Linear };
  readonly output: { readonly dense: Linear; readonly LayerNorm: LayerNorm };
  readonly #heads: number;
  readonly #activation: (x: Tensor) => Tensor;
  readonly #hiddenDropout: Dropout;
  readonly #attentionDropout: Dropout;

  constructor(sizes: BertSizes) {
    super();
    const { hiddenSize, intermediateSize, heads, eps, hiddenDropout, attentionDropout } = sizes;
    const square = () => new Linear(hiddenSize, hiddenSize);
    this.attention = {
      self: { query: square(), key: square(), value: square() },
      output: { dense: square(), LayerNorm: new LayerNorm(hiddenSize, eps) },
    };
    this.intermediate = { dense: new Linear(hiddenSize, intermediateSize) };
    this.output = { dense: new Linear(intermediateSize, hiddenSize), LayerNorm: new LayerNorm(hiddenSize, eps) };
    this.#heads = heads;
    this.#activation = sizes.activation;
    this.#hiddenDropout = new Dropout(hiddenDropout);
    this.#attentionDropout = new Dropout(attentionDropout);
  }

  /** (tokens, hidden) -> (tokens, hidden), or (batch, hidden) where only the first token of each sequence is wanted. */
  forward(x: Tensor, packing: Packing, onlyFirst = false): Tensor {
    this.#hiddenDropout.training = this.#attentionDropout.training = this.training;
    const { self, output } = this.attention;
    const queries = onlyFirst ? selectRows(x, packing.first) : x;
    const { segments, probabilities } = onlyFirst ? packing.onlyFirst : packing.all;
    const projections = [self.query.forward(queries), self.key.forward(x), self.value.forward(x)]; // (…, hidden) each
    const options = { heads: this.#heads, probabilities, dropout: this.#attentionDropout.draw() };
    const context = apply(attention, [...projections, segments], options); // (queries, hidden)
    const attended = output.LayerNorm.addAndNorm(output.dense.forward(context), queries, this.#hiddenDropout.draw());
    const inner = this.#activation(this.intermediate.dense.forward(attended)); // (queries, intermediate)
    return this.output.LayerNorm.addAndNorm(this.output.dense.forward(inner), attended, this.#hiddenDropout.draw());
  }

  /** The attention probabilities for input x, without dropout, (batch, heads, length, length). */
  probabilities(x: Tensor, packing: Packing, mask: Int32Array): Tensor {
    const { query, key } = this.attention.self;
    const { segments, probabilities } = packing.all;
    const options = { heads: this.#heads, probabilities };
    const p = attentionProbabilities([query.forward(x), key.forward(x), segments], options);
    return unpackProbabilities(p, packing, mask);
  }
}

/** What the encoder gives: the last layer's states, and padded states and attentions where they were asked for. */
interface Encoded extends ModelOutput {
  /** The [CLS] token's state of each sequence, (batch, hidden). */
  readonly first: Tensor;
}

/** Embeddings, encoder and pooler: what the heads share, named `bert` in every checkpoint. */
class BertBody extends Module {
  readonly embeddings: BertEmbeddings;
  readonly encoder: { readonly layer: readonly BertLayer[] };
  readonly pooler: { readonly dense: Linear };
  readonly #sizes: BertSizes;

  constructor(sizes: BertSizes) {
    super();
    this.#sizes = sizes;
    this.embeddings = new BertEmbeddings(sizes);
    this.encoder = { layer: Array.from({ length: sizes.layers }, () => new BertLayer(sizes)) };
    this.pooler = { dense: new Linear(sizes.hiddenSize, sizes.hiddenSize) };
  }

  /** For heads that read the [CLS] token only: the last layer computes no other token's state, unless all are asked for. */
  encode(batch: Batch, { outputHiddenStates = false, outputAttentions = false }: ForwardOptions): Encoded {
    const inputs = textInputs(batch, this.#sizes);
    const packing = pack(inputs.mask, inputs.batch, inputs.length, this.#sizes.heads);
    const hiddenStates: Tensor[] = [];
    const attentions: Tensor[] = [];
    let hidden = scope(() => this.embeddings.forward(inputs, packing)); // (tokens, hidden)
    let isFirstOnly = false;
    for (const [i, layer] of this.encoder.layer.entries()) {
      if (outputHiddenStates) hiddenStates.push(unpack(hidden, packing, inputs.mask));
      if (outputAttentions) attentions.push(scope(() => layer.probabilities(hidden, packing, inputs.mask)));
      isFirstOnly = i === this.encoder.layer.length - 1 && !outputHiddenStates;
      const input = hidden;
      hidden = scope(() => layer.forward(input, packing, isFirstOnly));
      input.dispose();
    }
    if (outputHiddenStates) hiddenStates.push(unpack(hidden, packing, inputs.mask));
    return {
      first: isFirstOnly ? hidden : selectRows(hidden, packing.first),
      ...(outputHiddenStates && { hiddenStates }),
      ...(outputAttentions && { attentions }),
    };
  }

  /** Section 3.1: the [CLS] token's state through one tanh layer, (batch, hidden) -> (batch, hidden). */
  pool(first: Tensor): Tensor {
    return this.pooler.dense.forward(first).tanh();
  }
}

/** BERT with a linear classifier on the pooled [CLS] state (section 4.1); one label makes it a regression. */
export class BertForSequenceClassification extends PreTrainedModel {
  readonly inputNames = ["input_ids", "attention_mask", "token_type_ids", "labels"];
  readonly bert: BertBody;
  /** What makes logits of the pooled state, (batch, hidden) -> (batch, numLabels): replace it by layers of your own. */
  classifier: Layer;
  readonly #dropout: Dropout;

  constructor(config: ModelConfig) {
    super(config);
    const sizes = sizesOf(config);
    this.bert = withoutInit(() => new BertBody(sizes));
    this.classifier = withoutInit(() => new Linear(sizes.hiddenSize, numLabelsOf(config)));
    this.#dropout = new Dropout(numberIn(config, "classifier_dropout", sizes.hiddenDropout));
  }

  /** Logits (batch, numLabels), and the loss where the batch has labels. */
  forward(batch: Batch, options: ForwardOptions = {}): SequenceClassifierOutput {
    return scope(() => {
      this.#dropout.training = this.training;
      const encoded = this.bert.encode(batch, options);
      const logits = this.classifier.forward(this.#dropout.forward(this.bert.pool(encoded.first)));
      const { hiddenStates, attentions } = encoded;
      return { loss: classificationLoss(logits, batch), logits, hiddenStates, attentions };
    });
  }
}
