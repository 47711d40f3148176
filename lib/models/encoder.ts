// What the encoders of all families share: one post-norm layer (Vaswani et al. 2017, section 3.1) and the way through all of them.
// Tokens are packed: (tokens, hidden) holds the real tokens of all sequences, one after the other; see nn/packing.ts.

import { apply } from "../autograd/mod.ts";
import {
  Dropout,
  type Embedding,
  type IsRead,
  type LayerNorm,
  type Linear,
  Module,
  pack,
  type Packing,
  type ReadTokens,
  readTokens,
  selectRows,
  unpack,
  unpackProbabilities,
} from "../nn/mod.ts";
import { attention, attentionProbabilities } from "../ops/mod.ts";
import { scope, type Tensor } from "../tensor/mod.ts";
import { type InputLimits, type ModelInputs, type TextInputs, textInputs } from "./batch.ts";
import { type BaseModelOutput, type ForwardOptions, type ModelOutput, PreTrainedModel } from "./model.ts";

/** The parts of a layer, under whatever names its family keeps them. */
export interface LayerParts {
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  /** W^O, which joins the heads. */
  readonly join: Linear;
  readonly joinNorm: LayerNorm;
  /** The feed-forward net: hidden -> intermediate -> hidden. */
  readonly widen: Linear;
  readonly narrow: Linear;
  readonly narrowNorm: LayerNorm;
}

export interface LayerSettings {
  readonly heads: number;
  readonly activation: (x: Tensor) => Tensor;
  /** Probabilities of dropout: of the attention weights, of what attention adds, of what the feed-forward net adds. */
  readonly dropout: { readonly attention: number; readonly joined: number; readonly narrowed: number };
}

/** Self-attention, then a feed-forward net, each added to its input and normalized. */
export abstract class EncoderLayer extends Module {
  protected abstract readonly parts: LayerParts;
  readonly dropout: { readonly attention: Dropout; readonly joined: Dropout; readonly narrowed: Dropout };
  readonly #heads: number;
  readonly #activation: (x: Tensor) => Tensor;

  constructor({ heads, activation, dropout: { attention, joined, narrowed } }: LayerSettings) {
    super();
    this.#heads = heads;
    this.#activation = activation;
    this.dropout = { attention: new Dropout(attention), joined: new Dropout(joined), narrowed: new Dropout(narrowed) };
  }

  /** (tokens, hidden) -> (tokens, hidden) */
  forward(x: Tensor, packing: Packing): Tensor {
    return this.#attend(x, x, packing.all);
  }

  /** The same for some tokens alone, which see all others of their sequences: (tokens, hidden) -> (read tokens, hidden). */
  forwardRead(x: Tensor, { rows, attention }: ReadTokens): Tensor {
    return this.#attend(selectRows(x, rows), x, attention);
  }

  /** The attention probabilities for input x, without dropout, (batch, heads, length, length). */
  probabilities(x: Tensor, packing: Packing, mask: Int32Array): Tensor {
    const { query, key } = this.parts;
    const { segments, probabilities } = packing.all;
    const options = { heads: this.#heads, probabilities };
    const p = attentionProbabilities([query.forward(x), key.forward(x), segments], options);
    return unpackProbabilities(p, packing, mask);
  }

  #attend(queries: Tensor, x: Tensor, { segments, probabilities }: Packing["all"]): Tensor {
    const { query, key, value, join, joinNorm, widen, narrow, narrowNorm } = this.parts;
    const projections = [query.forward(queries), key.forward(x), value.forward(x)]; // (…, hidden) each
    const options = { heads: this.#heads, probabilities, dropout: this.dropout.attention.draw() };
    const context = apply(attention, [...projections, segments], options); // (queries, hidden)
    const attended = joinNorm.addAndNorm(join.forward(context), queries, this.dropout.joined.draw());
    const inner = this.#activation(widen.forward(attended)); // (queries, intermediate)
    return narrowNorm.addAndNorm(narrow.forward(inner), attended, this.dropout.narrowed.draw());
  }
}

/** What the layers gave, still packed; hidden states and attentions padded, where they were asked for. */
export interface Encoded extends ModelOutput {
  /** The last layer's states, (tokens, hidden). */
  readonly hidden: Tensor;
  readonly packing: Packing;
  /** 1 where a place of the padded batch is real, (batch · length). */
  readonly mask: Int32Array;
  /** (tokens, columns) -> (batch, length, columns), zeros at padded places. */
  pad(x: Tensor): Tensor;
}

/** What only the tokens that are read came out of. */
export interface EncodedRead extends ModelOutput {
  /** Their last states, (read tokens, hidden). */
  readonly hidden: Tensor;
  /** Their places in the padded batch, row · length + column (read tokens). */
  readonly places: Int32Array;
  /** Of the padded batch. */
  readonly length: number;
}

/** Embeddings and layers without a head: what `AutoModel` gives, and what every head stands on. */
export abstract class EncoderModel extends PreTrainedModel {
  protected abstract readonly sizes: InputLimits & { readonly heads: number };
  /** In order; one may come several times (ALBERT). */
  protected abstract readonly layers: readonly EncoderLayer[];
  /** How many layers lie between two hidden states of the output. */
  protected readonly layersPerState: number = 1;
  /** The table that token ids are looked up in, (vocabulary, embedding). */
  abstract readonly wordEmbeddings: Embedding;

  /** What the first layer is given, (tokens, hidden). */
  protected abstract embed(inputs: TextInputs, packing: Packing): Tensor;

  /** The vector of a whole sequence from its first token's state, (batch, hidden) -> (batch, hidden), in families that have one. */
  pool(_first: Tensor): Tensor | undefined {
    return undefined;
  }

  /** The same for heads that read it. @throws Error where the model was built without a pooler */
  pooled(first: Tensor): Tensor {
    const pooled = this.pool(first);
    if (pooled) return pooled;
    throw new Error(`${this.constructor.name} has no pooler; build it with addPoolingLayer true.`);
  }

  forward(inputs: ModelInputs, options: ForwardOptions = {}): BaseModelOutput {
    return scope(() => {
      const { hidden, packing, pad, hiddenStates, attentions } = this.encode(inputs, options);
      const poolerOutput = this.pool(selectRows(hidden, packing.first));
      return { lastHiddenState: pad(hidden), poolerOutput, hiddenStates, attentions };
    });
  }

  /** For heads that read every token. @param isRead which of them a loss reads even where the mask is 0 */
  encode(inputs: ModelInputs, options: ForwardOptions, isRead?: IsRead): Encoded {
    const text = this.#read(inputs), packing = this.#pack(text, isRead);
    return this.#run(text, packing, options, (layer, x) => layer.forward(x, packing));
  }

  /** For heads and losses that read some tokens only: the last layer computes no other's state, unless all are asked for. */
  encodeRead(inputs: ModelInputs, options: ForwardOptions, isRead: IsRead): EncodedRead {
    const text = this.#read(inputs), packing = this.#pack(text, isRead), read = readTokens(packing, isRead);
    const where = { places: read.places, length: text.length };
    if (options.outputHiddenStates) {
      const all = this.#run(text, packing, options, (layer, x) => layer.forward(x, packing));
      return { ...all, ...where, hidden: selectRows(all.hidden, read.rows) };
    }
    return { ...this.#run(text, packing, options, (layer, x) => layer.forwardRead(x, read)), ...where };
  }

  #read(inputs: ModelInputs): TextInputs {
    return textInputs(inputs, { ...this.sizes, vocabSize: this.wordEmbeddings.weight.shape[0] }); // it may have been resized
  }

  #pack({ mask, batch, length }: TextInputs, isRead?: IsRead): Packing {
    return pack(mask, batch, length, this.sizes.heads, isRead);
  }

  #run(
    text: TextInputs,
    packing: Packing,
    { outputHiddenStates = false, outputAttentions = false }: ForwardOptions,
    runLast: (layer: EncoderLayer, x: Tensor) => Tensor,
  ): Encoded {
    const pad = (x: Tensor) => unpack(x, packing, text.mask);
    const hiddenStates: Tensor[] = [];
    const attentions: Tensor[] = [];
    let hidden = scope(() => this.embed(text, packing)); // (tokens, hidden)
    for (const [i, layer] of this.layers.entries()) {
      if (outputHiddenStates && i % this.layersPerState === 0) hiddenStates.push(pad(hidden));
      if (outputAttentions) attentions.push(scope(() => layer.probabilities(hidden, packing, text.mask)));
      const input = hidden;
      const isLast = i === this.layers.length - 1;
      hidden = scope(() => isLast ? runLast(layer, input) : layer.forward(input, packing));
      input.dispose();
    }
    if (outputHiddenStates) hiddenStates.push(pad(hidden));
    return {
      hidden,
      packing,
      mask: text.mask,
      pad,
      ...(outputHiddenStates && { hiddenStates }),
      ...(outputAttentions && { attentions }),
    };
  }
}
