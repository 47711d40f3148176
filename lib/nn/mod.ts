export { activation, GELU, ReLU, Sigmoid, SiLU, Tanh } from "./activation.ts";
export { type AttendOptions, MultiHeadAttention } from "./attention.ts";
export { Dropout } from "./dropout.ts";
export { Embedding } from "./embedding.ts";
export * as functional from "./functional.ts";
export {
  initialize,
  type Initializer,
  normal,
  ones,
  parameter,
  uniformFanIn,
  withoutInit,
  xavierUniform,
  zeros,
} from "./init.ts";
export { LayerNorm } from "./layer_norm.ts";
export { Linear } from "./linear.ts";
export { Module, type ParameterRow } from "./module.ts";
export { type NamePattern } from "./name_pattern.ts";
export {
  type IsRead,
  pack,
  type Packing,
  packValues,
  type ReadTokens,
  readTokens,
  selectRows,
  unpack,
  unpackProbabilities,
} from "./packing.ts";
export { parameterGroups } from "./parameter_groups.ts";
export { LearnedPositions, SinusoidalPositions, sinusoidalPositions, type SinusoidLayout } from "./positions.ts";
export { type Layer, Sequential } from "./sequential.ts";
export {
  type DecodeOptions,
  TransformerDecoderLayer,
  TransformerEncoderLayer,
  type TransformerLayerOptions,
} from "./transformer.ts";
