export { type GradientNode, type LazyGradient, type NestedNumbers, Tensor, tensor } from "./tensor.ts";
export { keep, openScope, own, scope } from "./scope.ts";
export { globalRandom, Random, type RandomState, setSeed } from "./random.ts";
export { empty, full, run, update, updateAll, type UpdateCall } from "./run.ts";
export { rowsAndColumns, sameShape, type Shape, shapeText, sizeOf } from "./shape.ts";
export { type Deferred, type Storage } from "./storage.ts";
