export { full, type GradientNode, type NestedNumbers, Tensor, tensor, type TensorOptions } from "./tensor.ts";
export { keep, type OpenScope, openScope, scope } from "./scope.ts";
export { globalRandom, Random, type RandomState, setSeed } from "./random.ts";
export { run, update } from "./run.ts";
export { resolveShape, rowsAndColumns, sameShape, type Shape, shapeText, sizeOf } from "./shape.ts";
