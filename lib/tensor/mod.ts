export { full, type GradientNode, type NestedNumbers, Tensor, tensor } from "./tensor.ts";
export { keep, openScope, scope } from "./scope.ts";
export { globalRandom, Random, type RandomState, setSeed } from "./random.ts";
export { empty, run, update } from "./run.ts";
export { rowsAndColumns, sameShape, type Shape, shapeText, sizeOf } from "./shape.ts";
