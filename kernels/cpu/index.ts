// The kernels of the table in lib/backend/kernels.ts, for the CPU: each is called with its inputs, outputs and uniforms
// in the order of the table, then the range [begin, end) of its units of work. Built to build/cpu.wasm by `deno task
// kernels`.

export { configure, END_OF_CONSTANTS, SCRATCH_BYTES } from "./runtime";
export { accumulate } from "./accumulate";
export { adamw } from "./adamw";
export { add } from "./add";
export { attention_apply } from "./attention_apply";
export { attention_apply_transposed } from "./attention_apply_transposed";
export { attention_probabilities } from "./attention_probabilities";
export { attention_scores_grad } from "./attention_scores_grad";
export { clip } from "./clip";
export { cross_entropy } from "./cross_entropy";
export { cross_entropy_grad } from "./cross_entropy_grad";
export { dropout } from "./dropout";
export { embedding } from "./embedding";
export { embedding_grad } from "./embedding_grad";
export { fill } from "./fill";
export { gelu } from "./gelu";
export { gelu_grad } from "./gelu_grad";
export { layer_norm } from "./layer_norm";
export { layer_norm_grad } from "./layer_norm_grad";
export { layer_norm_grad_weight } from "./layer_norm_grad_weight";
export { linear, linear_units } from "./linear";
export { matmul, matmul_units } from "./matmul";
export { norm } from "./norm";
export { residual_layer_norm } from "./residual_layer_norm";
export { scale } from "./scale";
export { softmax } from "./softmax";
export { softmax_grad } from "./softmax_grad";
export { sum } from "./sum";
export { sum_of_squares } from "./sum_of_squares";
export { sum_rows } from "./sum_rows";
export { tanh } from "./tanh";
export { tanh_grad } from "./tanh_grad";
