// The content of a config.json and its fields, checked: one that makes no sense is an error that names the field, its value and what it
// must be. A family completes a config with Transformers' defaults before it reads it: `{ ...DEFAULTS, ...config }`.

import { activation } from "../nn/mod.ts";
import type { Tensor } from "../tensor/mod.ts";

/** The content of a config.json, keys as in the file. */
export interface ModelConfig {
  readonly model_type: string;
  readonly [key: string]: unknown;
}

/** No published transformer has more layers than this (DeepNet, Wang et al. 2022: 1,000); a typing error has. */
const MAX_LAYERS = 1000;

/** A number of rows, columns or heads. @throws RangeError unless it is whole, at least 1, and an int32 */
export function sizeIn(config: ModelConfig, key: string): number {
  const value = config[key];
  if (isWhole(value) && value >= 1 && value < 2 ** 31) return value;
  throw absurd(config, key, "a whole number from 1 to 2147483647");
}

/** A number of layers. @throws RangeError unless it is whole, from 1 to 1,000 */
export function layersIn(config: ModelConfig, key: string): number {
  const value = config[key];
  if (isWhole(value) && value >= 1 && value <= MAX_LAYERS) return value;
  throw absurd(config, key, `a whole number from 1 to ${MAX_LAYERS}`);
}

/** A probability of dropout. @throws RangeError unless it is from 0 to 1 */
export function rateIn(config: ModelConfig, key: string): number {
  const value = config[key];
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw absurd(config, key, "a number from 0 to 1");
}

/** The dropout of a head; where it is null or left out, that of the body. @throws RangeError as `rateIn` */
export function headRateIn(config: ModelConfig, key: string, bodyRate: number): number {
  return config[key] === null || config[key] === undefined ? bodyRate : rateIn(config, key);
}

/** A small number such as layer_norm_eps. @throws RangeError unless it is finite and at least 0 */
export function scalarIn(config: ModelConfig, key: string): number {
  const value = config[key];
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw absurd(config, key, "a finite number of at least 0");
}

/** The id of the padding token, null where the model has none. @throws RangeError where it is outside the vocabulary */
export function padTokenIn(config: ModelConfig, vocabSize: number): number | null {
  const value = config.pad_token_id;
  if (value === null) return null;
  if (isWhole(value) && value >= 0 && value < vocabSize) return value;
  throw absurd(config, "pad_token_id", `null or a whole number less than vocab_size ${vocabSize}`);
}

/** An activation by its name. @throws RangeError naming those there are */
export function activationIn(config: ModelConfig, key: string): (x: Tensor) => Tensor {
  const name = config[key];
  if (typeof name === "string") return activation(name);
  throw absurd(config, key, `the name of an activation such as "gelu"`);
}

/** How many labels the head has: as many as `id2label` names, else `num_labels`, else 2 as in Transformers. */
export function numLabelsOf(config: ModelConfig): number {
  const { id2label: names = null, num_labels: count = 2 } = config;
  if (names === null) return sizeIn({ ...config, num_labels: count }, "num_labels");
  if (typeof names === "object" && Object.keys(names).length > 0) return Object.keys(names).length;
  throw absurd(config, "id2label", `an object of names by number such as {"0": "no", "1": "yes"}`);
}

/** @throws RangeError unless attention's heads have whole sizes */
export function assertHeads(hiddenKey: string, hidden: number, headsKey: string, heads: number): void {
  if (hidden % heads === 0) return;
  throw new RangeError(`config.json: ${hiddenKey} ${hidden} is not a multiple of ${headsKey} ${heads}.`);
}

/** @throws RangeError where the config asks for what the encoders here are not: a decoder, or relative positions */
export function assertEncoder(config: ModelConfig): void {
  const { position_embedding_type: position = "absolute", is_decoder: isDecoder = false } = config;
  if (position !== "absolute") throw absurd(config, "position_embedding_type", `"absolute"; no other is supported`);
  if (isDecoder !== false) throw absurd(config, "is_decoder", "false; only encoders are supported");
}

/** @throws RangeError where a masked LM is to have weights of its own for its last layer */
export function assertTied(config: ModelConfig): void {
  const { tie_word_embeddings: isTied = true } = config;
  if (isTied !== true) throw absurd(config, "tie_word_embeddings", "true; masked LMs end in their word embeddings");
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function absurd(config: ModelConfig, key: string, expected: string): RangeError {
  return new RangeError(`config.json: ${key} is ${JSON.stringify(config[key])}; it must be ${expected}.`);
}
