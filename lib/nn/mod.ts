export { Dropout } from "./dropout.ts";
export { Embedding } from "./embedding.ts";
export { initialize, type Initializer, normal, ones, parameter, uniformFanIn, withoutInit, zeros } from "./init.ts";
export { LayerNorm } from "./layer_norm.ts";
export { Linear } from "./linear.ts";
export { Module } from "./module.ts";
export { pack, type Packing, packValues, selectRows, unpack, unpackProbabilities } from "./packing.ts";
