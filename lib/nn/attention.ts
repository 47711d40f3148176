// Multi-head attention (Vaswani et al. 2017, section 3.2.2) on padded batches, as torch.nn.MultiheadAttention. Keys that are padding are
// left out of the arithmetic; where that cannot be (a causal mask over padded rows) or the probabilities are asked for, it is done in
// plain ops with a mask.

import { apply } from "../autograd/mod.ts";
import { attention, linear } from "../ops/mod.ts";
import { scope, type Tensor, tensor } from "../tensor/mod.ts";
import { Dropout } from "./dropout.ts";
import { parameter, xavierUniform, zeros } from "./init.ts";
import { Linear } from "./linear.ts";
import { Module } from "./module.ts";
import { attentionRows, selectRows } from "./packing.ts";

export interface AttendOptions {
  /** int32 (batch, keys), 1 where a key is real and 0 where it is padding: a tokenizer's attention_mask. All are real where left out. */
  attentionMask?: Tensor;
  /** Query i sees keys 0 … i + keys - queries only: with as many of both, those up to itself. */
  isCausal?: boolean;
}

/** What attention is computed from, each (rows, hidden), with the sizes of the padded batch. */
interface Projected {
  readonly q: Tensor;
  readonly k: Tensor;
  readonly v: Tensor;
  readonly batch: number;
  readonly queries: number;
  readonly keys: number;
}

/** Attention with several heads: query (batch, queries, embedDim), key and value (batch, keys, embedDim). A row that sees no key gets zeros. */
export class MultiHeadAttention extends Module {
  /** (3 embedDim, embedDim): the rows of W_q, W_k and W_v, one after the other. */
  readonly inProjWeight: Tensor;
  readonly inProjBias: Tensor;
  readonly outProj: Linear;
  readonly dropout: Dropout;

  /** @throws RangeError unless embedDim is a multiple of numHeads */
  constructor(readonly embedDim: number, readonly numHeads: number, { dropout = 0 }: { dropout?: number } = {}) {
    super();
    if (embedDim % numHeads !== 0) {
      throw new RangeError(`MultiHeadAttention: embedDim ${embedDim} is not a multiple of numHeads ${numHeads}.`);
    }
    this.inProjWeight = parameter([3 * embedDim, embedDim], xavierUniform(embedDim, 3 * embedDim));
    this.inProjBias = parameter([3 * embedDim], zeros);
    this.outProj = new Linear(embedDim, embedDim);
    this.dropout = new Dropout(dropout);
  }

  /** -> (batch, queries, embedDim) */
  forward(query: Tensor, key: Tensor, value: Tensor, { attentionMask, isCausal = false }: AttendOptions = {}): Tensor {
    return scope(() => {
      const projected = this.#project(query, key, value);
      const mask = maskOf(attentionMask, projected);
      const context = mask?.includes(0) && isCausal
        ? this.#attendMasked(projected, mask, isCausal).context
        : this.#attendPacked(projected, mask, isCausal);
      return this.outProj.forward(context.reshape(query.shape));
    });
  }

  /** The same, with the probabilities (batch, numHeads, queries, keys) before dropout; gradients flow through both. */
  withProbabilities(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    { attentionMask, isCausal = false }: AttendOptions = {},
  ): { output: Tensor; probabilities: Tensor } {
    return scope(() => {
      const projected = this.#project(query, key, value);
      const { context, probabilities } = this.#attendMasked(projected, maskOf(attentionMask, projected), isCausal);
      return { output: this.outProj.forward(context.reshape(query.shape)), probabilities };
    });
  }

  #project(query: Tensor, key: Tensor, value: Tensor): Projected {
    const [batch, queries] = query.shape;
    const keys = key.shape[1];
    const isBatch = ({ shape }: Tensor, length: number) =>
      shape.length === 3 && shape[0] === batch && shape[1] === length && shape[2] === this.embedDim;
    if (!isBatch(query, queries) || !isBatch(key, keys) || !isBatch(value, keys)) {
      throw new RangeError(
        `MultiHeadAttention: query ${query}, key ${key} and value ${value} do not fit; ` +
          `they must be (batch, length, ${this.embedDim}), key and value of one length.`,
      );
    }
    const rows = (x: Tensor) => x.reshape([-1, this.embedDim]);
    const sizes = { batch, queries, keys };
    if (query === key && key === value) {
      const all = apply(linear, [rows(query), this.inProjWeight, this.inProjBias]); // (rows, 3 embedDim)
      const part = (i: number) => all.slice(1, i * this.embedDim, (i + 1) * this.embedDim);
      return { q: part(0), k: part(1), v: part(2), ...sizes };
    }
    const part = (x: Tensor, i: number) => {
      const [from, to] = [i * this.embedDim, (i + 1) * this.embedDim];
      return apply(linear, [rows(x), this.inProjWeight.slice(0, from, to), this.inProjBias.slice(0, from, to)]);
    };
    return { q: part(query, 0), k: part(key, 1), v: part(value, 2), ...sizes };
  }

  /** On the real keys alone. */
  #attendPacked({ q, k, v, batch, queries, keys }: Projected, mask: Int32Array | undefined, causal: boolean): Tensor {
    const real = Array.from({ length: batch }, (_, row) => realKeys(mask, row, keys));
    const { segments, probabilities } = attentionRows(real.map((places) => [queries, places.length]), this.numHeads);
    const isPacked = mask?.includes(0);
    const places = isPacked ? tensor(Int32Array.from(real.flat())) : null;
    const [realK, realV] = places ? [selectRows(k, places), selectRows(v, places)] : [k, v];
    const options = { heads: this.numHeads, probabilities, causal, dropout: this.dropout.draw() };
    return apply(attention, [q, realK, realV, segments], options); // (batch queries, embedDim)
  }

  /** On all keys, with -infinity where one is not seen. */
  #attendMasked(
    { q, k, v, batch, queries, keys }: Projected,
    mask: Int32Array | undefined,
    isCausal: boolean,
  ): { context: Tensor; probabilities: Tensor } {
    const size = this.embedDim / this.numHeads;
    const heads = (x: Tensor, length: number) => x.reshape([batch, length, this.numHeads, size]).permute([0, 2, 1, 3]);
    const scores = heads(q, queries).matmul(heads(k, keys), { transposeB: true }).scale(1 / Math.sqrt(size));
    const hidden = hiddenKeys(mask, batch, queries, keys, isCausal);
    const probabilities = (hidden ? scores.maskedFill(hidden, -Infinity) : scores).softmax(); // (batch, heads, queries, keys)
    const context = this.dropout.forward(probabilities).matmul(heads(v, keys)); // (batch, heads, queries, size)
    return { context: context.permute([0, 2, 1, 3]).reshape([batch * queries, this.embedDim]), probabilities };
  }
}

function maskOf(attentionMask: Tensor | undefined, { batch, keys }: Projected): Int32Array | undefined {
  if (!attentionMask) return undefined;
  const { hostData } = attentionMask;
  if (hostData && attentionMask.shape[0] === batch && attentionMask.size === batch * keys) return hostData;
  throw new RangeError(
    `MultiHeadAttention: attentionMask is ${attentionMask}; ` +
      `it must be int32, made on the host, of shape (${batch}, ${keys}): one number a key.`,
  );
}

/** The rows of real keys of one sequence, in the padded batch. */
function realKeys(mask: Int32Array | undefined, row: number, keys: number): number[] {
  const places = Array.from({ length: keys }, (_, key) => row * keys + key);
  return mask ? places.filter((place) => mask[place] !== 0) : places;
}

/** int32, 1 where a query does not see a key, to be repeated to (batch, heads, queries, keys); null where all see all. */
function hiddenKeys(
  mask: Int32Array | undefined,
  batch: number,
  queries: number,
  keys: number,
  isCausal: boolean,
): Tensor | null {
  if (!mask && !isCausal) return null;
  const [rows, lines] = [mask ? batch : 1, isCausal ? queries : 1];
  const values = new Int32Array(rows * lines * keys);
  for (let i = 0; i < values.length; i++) {
    const [row, query, key] = [Math.floor(i / (lines * keys)), Math.floor(i / keys) % lines, i % keys];
    const isLater = isCausal && key > query + keys - queries;
    values[i] = Number(isLater || mask?.[row * keys + key] === 0);
  }
  return tensor(values, [rows, 1, lines, keys]);
}
