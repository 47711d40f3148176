// What a head does whatever family it stands on: a text's label, a token's label, the word behind a mask, two sentences' order.
// A family says how its head turns states into logits; here the states come from, and the loss goes to.

import { Dropout, functional, type IsRead, type Layer, Linear, Module, packValues, selectRows } from "../nn/mod.ts";
import { scope, type Tensor, tensor } from "../tensor/mod.ts";
import { ints, type ModelInputs } from "./batch.ts";
import { assertTied, type ModelConfig } from "./config.ts";
import type { EncoderModel } from "./encoder.ts";
import { isCounted, sequenceLoss, tokenLabels, tokenLoss } from "./losses.ts";
import {
  type ForwardOptions,
  type ModelOutput,
  PreTrainedModel,
  type SequenceClassifierOutput,
  type TokenClassifierOutput,
} from "./model.ts";

/** [CLS], or what stands in its place. */
const isFirst: IsRead = (_place, column) => column === 0;

/** A model with a head on a base model, which has its own name in each family. */
export abstract class HeadedModel<Base extends EncoderModel = EncoderModel> extends PreTrainedModel {
  /** The model below the head. */
  abstract readonly baseModel: Base;

  get inputNames(): readonly string[] {
    return [...this.baseModel.inputNames, "labels"];
  }
}

/** One label a text, several at once, or a number: see `problem_type` in config.json. */
export abstract class SequenceClassificationModel<Base extends EncoderModel = EncoderModel> extends HeadedModel<Base> {
  /** What makes the logits, (batch, hidden) -> (batch, numLabels): replace it by layers of your own. */
  abstract classifier: Layer;

  /** From the states of the first tokens, (batch, hidden) -> (batch, numLabels). */
  protected abstract classify(first: Tensor): Tensor;

  /** Logits (batch, numLabels), and the loss where the batch has labels. */
  forward(inputs: ModelInputs, options: ForwardOptions = {}): SequenceClassifierOutput {
    return scope(() => {
      const { hidden, hiddenStates, attentions } = this.baseModel.encodeRead(inputs, options, isFirst);
      const logits = this.classify(hidden);
      return { loss: sequenceLoss(logits, inputs, this.config), logits, hiddenStates, attentions };
    });
  }
}

interface ClassificationHeadSettings {
  readonly hiddenSize: number;
  readonly numLabels: number;
  readonly dropout: number;
  readonly activation: (x: Tensor) => Tensor;
}

/** The classifier of families without a pooler, (batch, hidden) -> (batch, numLabels): two layers, dropout before each. */
export class ClassificationHead extends Module {
  readonly dense: Linear;
  readonly dropout: Dropout;
  readonly outProj: Linear;
  readonly #activation: (x: Tensor) => Tensor;

  constructor({ hiddenSize, numLabels, dropout, activation }: ClassificationHeadSettings) {
    super();
    this.dense = new Linear(hiddenSize, hiddenSize);
    this.dropout = new Dropout(dropout);
    this.outProj = new Linear(hiddenSize, numLabels);
    this.#activation = activation;
  }

  forward(first: Tensor): Tensor {
    const inner = this.#activation(this.dense.forward(this.dropout.forward(first))); // (batch, hidden)
    return this.outProj.forward(this.dropout.forward(inner));
  }
}

/** A head that reads every token, whose labels are (batch, length); -100 among them counts for nothing. */
abstract class TokenModel<Base extends EncoderModel> extends HeadedModel<Base> {
  /** The logits of some tokens, (tokens, hidden) -> (tokens, classes). */
  protected abstract predict(hidden: Tensor): Tensor;

  /** Logits (batch, length, classes), zeros at padded places, and the loss where the batch has labels. */
  forward(inputs: ModelInputs, options: ForwardOptions = {}): TokenClassifierOutput {
    return scope(() => {
      const labels = tokenLabels(inputs);
      const encoded = this.baseModel.encode(inputs, options, isCounted(labels));
      const { hidden, packing, pad, hiddenStates, attentions } = encoded;
      const logits = this.predict(hidden); // (tokens, classes)
      const loss = labels && tokenLoss(logits, packValues(labels, packing));
      return { loss, logits: pad(logits), hiddenStates, attentions };
    });
  }
}

/** One label a token, as for names and parts of speech: dropout and a linear layer on every state, in all families. */
export abstract class TokenClassificationModel<Base extends EncoderModel = EncoderModel> extends TokenModel<Base> {
  /** What makes the logits, (tokens, hidden) -> (tokens, numLabels): replace it by layers of your own. */
  abstract classifier: Layer;
  protected abstract readonly dropout: Dropout;

  protected predict(hidden: Tensor): Tensor {
    return this.classifier.forward(this.dropout.forward(hidden));
  }
}

/** The word behind each mask (Devlin et al. 2019, section 3.1): the classes are the vocabulary. */
export abstract class MaskedLMModel<Base extends EncoderModel = EncoderModel> extends TokenModel<Base> {
  constructor(config: ModelConfig) {
    super(config);
    assertTied(config);
  }

  /** Logits over the vocabulary of packed tokens, (tokens, hidden) -> (tokens, vocabulary), for an objective of one's own. */
  logitsOf(hidden: Tensor): Tensor {
    return this.predict(hidden);
  }

  /**
   * The loss of `forward` alone, for a training loop: the last layer's states and the logits over the vocabulary are made for the tokens
   * with a label only, some 15 % of all. @throws RangeError where the batch has no labels
   */
  loss(inputs: ModelInputs): Tensor {
    return scope(() => {
      const labels = tokenLabels(inputs);
      if (!labels) throw new RangeError("loss: the batch has no labels; DataCollatorForLanguageModeling makes them.");
      const { hidden, places } = this.baseModel.encodeRead(inputs, {}, isCounted(labels));
      return tokenLoss(this.predict(hidden), tensor(places.map((place) => labels[place])));
    });
  }
}

/** What both tasks of a pretraining gave; a family has its own name for the second logits. */
interface BothTasks extends ModelOutput {
  readonly loss?: Tensor;
  /** (batch, length, vocabulary) */
  readonly predictionLogits: Tensor;
  /** (batch, 2) */
  readonly sentenceLogits: Tensor;
}

/** Masked words and a question about two sentences at once (Devlin et al. 2019, section 3.1). */
export abstract class TwoTaskModel<Base extends EncoderModel = EncoderModel> extends HeadedModel<Base> {
  /** The column that answers the question, one number a row. */
  protected abstract readonly sentenceLabel: "next_sentence_label" | "sentence_order_label";

  constructor(config: ModelConfig) {
    super(config);
    assertTied(config);
  }

  override get inputNames(): readonly string[] {
    return [...super.inputNames, this.sentenceLabel];
  }

  /** (tokens, hidden) -> (tokens, vocabulary) */
  protected abstract predict(hidden: Tensor): Tensor;
  /** From the states of the first tokens, (batch, hidden) -> (batch, 2). */
  protected abstract judge(first: Tensor): Tensor;

  /**
   * The loss of `forward` alone, for a training loop: the last layer's states and the logits over the vocabulary are made for the first
   * tokens and those with a label only. @throws RangeError where the batch lacks the labels of a task
   */
  loss(inputs: ModelInputs): Tensor {
    return scope(() => {
      const labels = tokenLabels(inputs), answers = ints(inputs, this.sentenceLabel);
      if (!labels || !answers) {
        const name = labels ? this.sentenceLabel : "labels";
        throw new RangeError(
          `loss: the batch has no ${name}; ${this.constructor.name} learns from those of both tasks.`,
        );
      }
      const counts = isCounted(labels);
      const isRead: IsRead = (place, column) => isFirst(place, column) || counts(place);
      const { hidden, places, length } = this.baseModel.encodeRead(inputs, {}, isRead);
      const first = Int32Array.from(places.keys()).filter((row) => isFirst(places[row], places[row] % length));
      const sentenceLogits = this.judge(selectRows(hidden, tensor(first))); // (batch, 2)
      return tokenLoss(this.predict(hidden), tensor(places.map((place) => labels[place])))
        .add(functional.crossEntropy(sentenceLogits, tensor(answers.values)));
    });
  }

  protected bothTasks(inputs: ModelInputs, options: ForwardOptions): BothTasks {
    const labels = tokenLabels(inputs);
    const answers = ints(inputs, this.sentenceLabel);
    const encoded = this.baseModel.encode(inputs, options, isCounted(labels));
    const { hidden, packing, pad, hiddenStates, attentions } = encoded;
    const words = this.predict(hidden); // (tokens, vocabulary)
    const sentenceLogits = this.judge(selectRows(hidden, packing.first)); // (batch, 2)
    const loss = labels && answers &&
      tokenLoss(words, packValues(labels, packing)).add(
        functional.crossEntropy(sentenceLogits, tensor(answers.values)),
      );
    return { loss, predictionLogits: pad(words), sentenceLogits, hiddenStates, attentions };
  }
}
