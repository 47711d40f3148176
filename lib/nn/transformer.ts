// The layers of the transformer (Vaswani et al. 2017, section 3.1) on padded batches (batch, length, dModel), as PyTorch has them: the
// normalization after each half as in the paper, or before it (Xiong et al. 2020). The models of lib/models work on packed tokens instead.

import { scope, type Tensor } from "../tensor/mod.ts";
import { activation } from "./activation.ts";
import { type AttendOptions, MultiHeadAttention } from "./attention.ts";
import { Dropout } from "./dropout.ts";
import { LayerNorm } from "./layer_norm.ts";
import { Linear } from "./linear.ts";
import { Module } from "./module.ts";

/** Settings of both layers, with PyTorch's names and defaults. */
export interface TransformerLayerOptions {
  dimFeedforward?: number;
  dropout?: number;
  /** A name such as "relu" or "gelu". */
  activation?: string;
  layerNormEps?: number;
  /** Normalizes what goes into each half instead of what comes out of it. */
  normFirst?: boolean;
}

/** What both layers are made of: a feed-forward net, and the way each part is added to what it was given. */
abstract class TransformerLayer extends Module {
  readonly selfAttn: MultiHeadAttention;
  readonly linear1: Linear;
  readonly linear2: Linear;
  readonly dropout: Dropout;
  readonly normFirst: boolean;
  readonly #activation: (x: Tensor) => Tensor;

  constructor(dModel: number, numHeads: number, options: TransformerLayerOptions) {
    super();
    const { dimFeedforward = 2048, dropout = 0.1, activation: name = "relu", normFirst = false } = options;
    this.selfAttn = new MultiHeadAttention(dModel, numHeads, { dropout });
    this.linear1 = new Linear(dModel, dimFeedforward);
    this.linear2 = new Linear(dimFeedforward, dModel);
    this.dropout = new Dropout(dropout);
    this.normFirst = normFirst;
    this.#activation = activation(name);
  }

  /** One part with its residual connection: norm(x + part(x)), or x + part(norm(x)). */
  protected residual(x: Tensor, norm: LayerNorm, part: (x: Tensor) => Tensor): Tensor {
    if (this.normFirst) return x.add(this.dropout.forward(part(norm.forward(x))));
    return norm.addAndNorm(part(x), x, this.dropout.draw());
  }

  protected feedForward(x: Tensor): Tensor {
    return this.linear2.forward(this.dropout.forward(this.#activation(this.linear1.forward(x))));
  }
}

/** Self-attention, then a feed-forward net: (batch, length, dModel) -> the same. */
export class TransformerEncoderLayer extends TransformerLayer {
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;

  constructor(dModel: number, numHeads: number, options: TransformerLayerOptions = {}) {
    super(dModel, numHeads, options);
    this.norm1 = new LayerNorm(dModel, options.layerNormEps);
    this.norm2 = new LayerNorm(dModel, options.layerNormEps);
  }

  forward(x: Tensor, options: AttendOptions = {}): Tensor {
    return scope(() => {
      const attended = this.residual(x, this.norm1, (y) => this.selfAttn.forward(y, y, y, options));
      return this.residual(attended, this.norm2, (y) => this.feedForward(y));
    });
  }
}

export interface DecodeOptions extends AttendOptions {
  /** int32 (batch, memory length), 1 where a place of the memory is real. */
  memoryMask?: Tensor;
}

/** Masked self-attention, attention to the encoder's output, then a feed-forward net. Causal unless told otherwise. */
export class TransformerDecoderLayer extends TransformerLayer {
  readonly multiheadAttn: MultiHeadAttention;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;
  readonly norm3: LayerNorm;

  constructor(dModel: number, numHeads: number, options: TransformerLayerOptions = {}) {
    super(dModel, numHeads, options);
    this.multiheadAttn = new MultiHeadAttention(dModel, numHeads, { dropout: options.dropout ?? 0.1 });
    this.norm1 = new LayerNorm(dModel, options.layerNormEps);
    this.norm2 = new LayerNorm(dModel, options.layerNormEps);
    this.norm3 = new LayerNorm(dModel, options.layerNormEps);
  }

  /** @param memory the encoder's output (batch, memory length, dModel) */
  forward(x: Tensor, memory: Tensor, { attentionMask, memoryMask, isCausal = true }: DecodeOptions = {}): Tensor {
    return scope(() => {
      const own = this.residual(x, this.norm1, (y) => this.selfAttn.forward(y, y, y, { attentionMask, isCausal }));
      const crossed = this.residual(
        own,
        this.norm2,
        (y) => this.multiheadAttn.forward(y, memory, memory, { attentionMask: memoryMask }),
      );
      return this.residual(crossed, this.norm3, (y) => this.feedForward(y));
    });
  }
}
