// resizeTokenEmbeddings: rows for tokens that were added to the tokenizer. What is tied to the table, a masked LM's last layer and its
// bias, follows. New rows start as in Transformers 4.57, near the mean of the old ones (Hewitt 2021, "Initializing New Word Embeddings for
// Pretrained Language Models").

import { noGrad } from "../autograd/mod.ts";
import { type Embedding, parameter, withoutInit } from "../nn/mod.ts";
import { globalRandom, scope, type Tensor, tensor } from "../tensor/mod.ts";
import { scalarIn } from "./config.ts";
import { EncoderModel } from "./encoder.ts";
import { PreTrainedModel } from "./model.ts";
import { TiedProjection } from "./tied_projection.ts";

export interface ResizeOptions {
  /** Rounds the number of rows up to a multiple of this. */
  padToMultipleOf?: number;
  /**
   * True (default): new rows are drawn from a normal distribution with the mean of the old rows and 1e-9 times their covariance. False: as
   * in a new model, around 0 with the config's `initializer_range`.
   */
  meanResizing?: boolean;
}

const resizing = {
  /**
   * Gives the model `newNumTokens` token embeddings: `await model.resizeTokenEmbeddings(tokenizer.length)`. Rows are added or dropped at the
   * end; a masked LM's bias of new tokens is 0. Make the optimizer afterwards: parameters are new ones.
   * @returns the table, (newNumTokens, embedding)
   * @throws RangeError for a number that is none
   */
  async resizeTokenEmbeddings(
    this: PreTrainedModel,
    newNumTokens: number,
    { padToMultipleOf = 1, meanResizing = true }: ResizeOptions = {},
  ): Promise<Embedding> {
    for (const [name, value] of Object.entries({ newNumTokens, padToMultipleOf })) {
      if (Number.isSafeInteger(value) && value >= 1) continue;
      throw new RangeError(`resizeTokenEmbeddings: ${name} is ${value}; it must be a whole number, 1 or more.`);
    }
    const rows = Math.ceil(newNumTokens / padToMultipleOf) * padToMultipleOf;
    const table = tableOf(this);
    const [oldRows, columns] = table.weight.shape;
    if (rows === oldRows) return table;
    const added = Math.max(0, rows - oldRows);
    const std = scalarIn({ initializer_range: 0.02, ...this.config }, "initializer_range");
    const fresh = meanResizing
      ? await nearTheMean(table.weight, added)
      : Float32Array.from({ length: added * columns }, () => std * globalRandom.normal());
    table.weight = await resized(table.weight, [rows, columns], fresh);
    for (const [, module] of this.namedModules()) {
      if (module instanceof TiedProjection) module.bias = await resized(module.bias, [rows], new Float32Array(added));
    }
    Object.assign(this.config, { vocab_size: rows });
    return table;
  },
};

type Resizing = typeof resizing;

declare module "./model.ts" {
  interface PreTrainedModel extends Resizing {}
}

Object.assign(PreTrainedModel.prototype, resizing);

function tableOf(model: PreTrainedModel): Embedding {
  const base = model instanceof EncoderModel ? model : "baseModel" in model ? model.baseModel : undefined;
  if (base instanceof EncoderModel) return base.wordEmbeddings;
  throw new TypeError(`resizeTokenEmbeddings: ${model.constructor.name} has no table of token embeddings.`);
}

/** A parameter of another length with the old one's values, as far as they fit, and `fresh` ones behind; the old one is disposed of. */
async function resized(old: Tensor, shape: readonly number[], fresh: Float32Array): Promise<Tensor> {
  const made = withoutInit(() => parameter(shape, () => {}));
  const kept = await old.data();
  made.writePart(0, kept.subarray(0, Math.min(kept.length, made.size)));
  made.writePart(made.size - fresh.length, fresh);
  made.requiresGrad = old.requiresGrad;
  old.dispose();
  return made;
}

/** Rows whose covariance is this share of the old rows'. */
const COVARIANCE_SHARE = 1e-9;
/** Rows that are drawn at a time: each needs a random number for every old row. */
const ROWS_AT_ONCE = 64;

/**
 * `count` rows from a normal distribution with the mean of a table's rows and `COVARIANCE_SHARE` of their covariance. Random weights z on the
 * centred rows give that covariance without computing it: cov(Σ z_i (row_i - mean) / √n) = Σ (row_i - mean)(row_i - mean)ᵀ / n. A table
 * with no more rows than columns has no full covariance; there, as in Transformers, the mean alone stands.
 */
async function nearTheMean(table: Tensor, count: number): Promise<Float32Array> {
  const [rows, columns] = table.shape;
  const result = new Float32Array(count * columns);
  if (count === 0) return result;
  const mean = await weightedSums(table, [new Float32Array(rows).fill(1 / rows)]);
  const scale = rows > columns ? Math.sqrt(COVARIANCE_SHARE / rows) : 0;
  for (let start = 0; start < count; start += ROWS_AT_ONCE) {
    const drawn = Math.min(ROWS_AT_ONCE, count - start);
    const weights = Array.from(
      { length: drawn },
      () => Float32Array.from({ length: rows }, () => globalRandom.normal()),
    );
    const sums = await weightedSums(table, weights);
    for (const [i, own] of weights.entries()) {
      const total = own.reduce((sum, weight) => sum + weight, 0);
      for (let column = 0; column < columns; column++) {
        const noise = sums[i * columns + column] - total * mean[column];
        result[(start + i) * columns + column] = mean[column] + scale * noise;
      }
    }
  }
  return result;
}

/** Σ weight_i row_i for each list of weights: (lists, rows) · (rows, columns). */
async function weightedSums(table: Tensor, weights: readonly Float32Array[]): Promise<Float32Array | Int32Array> {
  const [rows] = table.shape;
  const flat = new Float32Array(weights.length * rows);
  weights.forEach((own, i) => flat.set(own, i * rows));
  const sums = scope(() => noGrad(() => tensor(flat, [weights.length, rows]).matmul(table)));
  const values = await sums.data();
  sums.dispose();
  return values;
}
