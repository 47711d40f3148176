declare namespace __AdaptedExports {
  /** Exported memory */
  export const memory: WebAssembly.Memory;
  /**
   * runtime/configure
   * @param scratchAddress `usize`
   * @param threadCount `u32`
   * @param blas `bool`
   * @param blasBatch `bool`
   */
  export function configure(scratchAddress: number, threadCount: number, blas: boolean, blasBatch: boolean): void;
  /** runtime/END_OF_CONSTANTS */
  export const END_OF_CONSTANTS: {
    /** @type `usize` */
    get value(): number
  };
  /** runtime/SCRATCH_BYTES */
  export const SCRATCH_BYTES: {
    /** @type `usize` */
    get value(): number
  };
  /**
   * abs/abs
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function abs(x: number, y: number, size: number, begin: number, end: number): void;
  /**
   * abs_grad/abs_grad
   * @param x `usize`
   * @param dy `usize`
   * @param dx `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function abs_grad(x: number, dy: number, dx: number, size: number, begin: number, end: number): void;
  /**
   * accumulate/accumulate
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function accumulate(x: number, y: number, size: number, begin: number, end: number): void;
  /**
   * adamw/adamw
   * @param gradient `usize`
   * @param norm `usize`
   * @param parameter `usize`
   * @param m `usize`
   * @param v `usize`
   * @param size `u32`
   * @param beta1 `f32`
   * @param beta2 `f32`
   * @param oneMinusBeta1 `f32`
   * @param oneMinusBeta2 `f32`
   * @param decay `f32`
   * @param stepSize `f32`
   * @param inverseSqrtCorrection2 `f32`
   * @param eps `f32`
   * @param maxNorm `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function adamw(gradient: number, norm: number, parameter: number, m: number, v: number, size: number, beta1: number, beta2: number, oneMinusBeta1: number, oneMinusBeta2: number, decay: number, stepSize: number, inverseSqrtCorrection2: number, eps: number, maxNorm: number, begin: number, end: number): void;
  /**
   * adamw_catch_up/adamw_catch_up
   * @param ids `usize`
   * @param index `usize`
   * @param history `usize`
   * @param parameter `usize`
   * @param m `usize`
   * @param v `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param steps `u32`
   * @param beta1 `f32`
   * @param beta2 `f32`
   * @param eps `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function adamw_catch_up(ids: number, index: number, history: number, parameter: number, m: number, v: number, rows: number, columns: number, steps: number, beta1: number, beta2: number, eps: number, begin: number, end: number): void;
  /**
   * adamw_rows/adamw_rows
   * @param gradient `usize`
   * @param ids `usize`
   * @param parameter `usize`
   * @param m `usize`
   * @param v `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param beta1 `f32`
   * @param beta2 `f32`
   * @param oneMinusBeta1 `f32`
   * @param oneMinusBeta2 `f32`
   * @param decay `f32`
   * @param stepSize `f32`
   * @param inverseSqrtCorrection2 `f32`
   * @param eps `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function adamw_rows(gradient: number, ids: number, parameter: number, m: number, v: number, rows: number, columns: number, beta1: number, beta2: number, oneMinusBeta1: number, oneMinusBeta2: number, decay: number, stepSize: number, inverseSqrtCorrection2: number, eps: number, begin: number, end: number): void;
  /**
   * add/add
   * @param a `usize`
   * @param b `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function add(a: number, b: number, y: number, size: number, begin: number, end: number): void;
  /**
   * attention_apply/attention_apply
   * @param w `usize`
   * @param x `usize`
   * @param segments `usize`
   * @param y `usize`
   * @param sequences `u32`
   * @param heads `u32`
   * @param headSize `u32`
   * @param longestQueries `u32`
   * @param longestKeys `u32`
   * @param dropped `u32`
   * @param keepScale `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function attention_apply(w: number, x: number, segments: number, y: number, sequences: number, heads: number, headSize: number, longestQueries: number, longestKeys: number, dropped: number, keepScale: number, begin: number, end: number): void;
  /**
   * attention_apply_transposed/attention_apply_transposed
   * @param w `usize`
   * @param x `usize`
   * @param segments `usize`
   * @param y `usize`
   * @param sequences `u32`
   * @param heads `u32`
   * @param headSize `u32`
   * @param longestQueries `u32`
   * @param longestKeys `u32`
   * @param dropped `u32`
   * @param keepScale `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function attention_apply_transposed(w: number, x: number, segments: number, y: number, sequences: number, heads: number, headSize: number, longestQueries: number, longestKeys: number, dropped: number, keepScale: number, begin: number, end: number): void;
  /**
   * attention_probabilities/attention_probabilities
   * @param q `usize`
   * @param k `usize`
   * @param segments `usize`
   * @param p `usize`
   * @param sequences `u32`
   * @param heads `u32`
   * @param headSize `u32`
   * @param longestQueries `u32`
   * @param longestKeys `u32`
   * @param scale `f32`
   * @param causal `u32`
   * @param threshold `u32`
   * @param keepScale `f32`
   * @param seed `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function attention_probabilities(q: number, k: number, segments: number, p: number, sequences: number, heads: number, headSize: number, longestQueries: number, longestKeys: number, scale: number, causal: number, threshold: number, keepScale: number, seed: number, begin: number, end: number): void;
  /**
   * attention_scores_grad/attention_scores_grad
   * @param p `usize`
   * @param dy `usize`
   * @param v `usize`
   * @param segments `usize`
   * @param ds `usize`
   * @param sequences `u32`
   * @param heads `u32`
   * @param headSize `u32`
   * @param longestQueries `u32`
   * @param longestKeys `u32`
   * @param scale `f32`
   * @param keepScale `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function attention_scores_grad(p: number, dy: number, v: number, segments: number, ds: number, sequences: number, heads: number, headSize: number, longestQueries: number, longestKeys: number, scale: number, keepScale: number, begin: number, end: number): void;
  /**
   * bce_with_logits/bce_with_logits
   * @param x `usize`
   * @param target `usize`
   * @param losses `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function bce_with_logits(x: number, target: number, losses: number, size: number, begin: number, end: number): void;
  /**
   * clip/clip
   * @param norm `usize`
   * @param x `usize`
   * @param size `u32`
   * @param maxNorm `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function clip(norm: number, x: number, size: number, maxNorm: number, begin: number, end: number): void;
  /**
   * copy_strided/copy_strided
   * @param x `usize`
   * @param y `usize`
   * @param l0 `u32`
   * @param l1 `u32`
   * @param l2 `u32`
   * @param l3 `u32`
   * @param l4 `u32`
   * @param l5 `u32`
   * @param sx0 `u32`
   * @param sx1 `u32`
   * @param sx2 `u32`
   * @param sx3 `u32`
   * @param sx4 `u32`
   * @param sx5 `u32`
   * @param sy0 `u32`
   * @param sy1 `u32`
   * @param sy2 `u32`
   * @param sy3 `u32`
   * @param sy4 `u32`
   * @param sy5 `u32`
   * @param offsetX `u32`
   * @param offsetY `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function copy_strided(x: number, y: number, l0: number, l1: number, l2: number, l3: number, l4: number, l5: number, sx0: number, sx1: number, sx2: number, sx3: number, sx4: number, sx5: number, sy0: number, sy1: number, sy2: number, sy3: number, sy4: number, sy5: number, offsetX: number, offsetY: number, begin: number, end: number): void;
  /**
   * cross_entropy/cross_entropy
   * @param logits `usize`
   * @param labels `usize`
   * @param weights `usize`
   * @param losses `usize`
   * @param statistics `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param ignoreIndex `i32`
   * @param smoothing `f32`
   * @param weighted `u32`
   * @param totalWeight `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function cross_entropy(logits: number, labels: number, weights: number, losses: number, statistics: number, rows: number, columns: number, ignoreIndex: number, smoothing: number, weighted: number, totalWeight: number, begin: number, end: number): void;
  /**
   * cross_entropy_grad/cross_entropy_grad
   * @param logits `usize`
   * @param labels `usize`
   * @param weights `usize`
   * @param statistics `usize`
   * @param dy `usize`
   * @param dlogits `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param ignoreIndex `i32`
   * @param smoothing `f32`
   * @param weighted `u32`
   * @param totalWeight `f32`
   * @param perRow `u32`
   * @param factor `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function cross_entropy_grad(logits: number, labels: number, weights: number, statistics: number, dy: number, dlogits: number, rows: number, columns: number, ignoreIndex: number, smoothing: number, weighted: number, totalWeight: number, perRow: number, factor: number, begin: number, end: number): void;
  /**
   * div/div
   * @param a `usize`
   * @param b `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function div(a: number, b: number, y: number, size: number, begin: number, end: number): void;
  /**
   * dropout/dropout
   * @param x `usize`
   * @param y `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param threshold `u32`
   * @param keepScale `f32`
   * @param seed `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function dropout(x: number, y: number, rows: number, columns: number, threshold: number, keepScale: number, seed: number, begin: number, end: number): void;
  /**
   * embedding/embedding
   * @param weight `usize`
   * @param ids `usize`
   * @param y `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function embedding(weight: number, ids: number, y: number, rows: number, columns: number, begin: number, end: number): void;
  /**
   * embedding_grad/embedding_grad
   * @param ids `usize`
   * @param dy `usize`
   * @param dweight `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param vocabulary `u32`
   * @param paddingIndex `i32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function embedding_grad(ids: number, dy: number, dweight: number, rows: number, columns: number, vocabulary: number, paddingIndex: number, begin: number, end: number): void;
  /**
   * exp/exp
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function exp(x: number, y: number, size: number, begin: number, end: number): void;
  /**
   * fill/fill
   * @param y `usize`
   * @param size `u32`
   * @param value `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function fill(y: number, size: number, value: number, begin: number, end: number): void;
  /**
   * gather/gather
   * @param x `usize`
   * @param index `usize`
   * @param y `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param count `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function gather(x: number, index: number, y: number, rows: number, columns: number, count: number, begin: number, end: number): void;
  /**
   * gather_grad/gather_grad
   * @param index `usize`
   * @param dy `usize`
   * @param dx `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param count `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function gather_grad(index: number, dy: number, dx: number, rows: number, columns: number, count: number, begin: number, end: number): void;
  /**
   * gelu/gelu
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function gelu(x: number, y: number, size: number, begin: number, end: number): void;
  /**
   * gelu_grad/gelu_grad
   * @param x `usize`
   * @param dy `usize`
   * @param dx `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function gelu_grad(x: number, dy: number, dx: number, size: number, begin: number, end: number): void;
  /**
   * gelu_tanh/gelu_tanh
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function gelu_tanh(x: number, y: number, size: number, begin: number, end: number): void;
  /**
   * gelu_tanh_grad/gelu_tanh_grad
   * @param x `usize`
   * @param dy `usize`
   * @param dx `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function gelu_tanh_grad(x: number, dy: number, dx: number, size: number, begin: number, end: number): void;
  /**
   * layer_norm/layer_norm
   * @param x `usize`
   * @param weight `usize`
   * @param bias `usize`
   * @param y `usize`
   * @param statistics `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param eps `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function layer_norm(x: number, weight: number, bias: number, y: number, statistics: number, rows: number, columns: number, eps: number, begin: number, end: number): void;
  /**
   * layer_norm_grad/layer_norm_grad
   * @param dy `usize`
   * @param x `usize`
   * @param statistics `usize`
   * @param weight `usize`
   * @param dx `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function layer_norm_grad(dy: number, x: number, statistics: number, weight: number, dx: number, rows: number, columns: number, begin: number, end: number): void;
  /**
   * layer_norm_grad_weight/layer_norm_grad_weight
   * @param dy `usize`
   * @param x `usize`
   * @param statistics `usize`
   * @param dweight `usize`
   * @param dbias `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function layer_norm_grad_weight(dy: number, x: number, statistics: number, dweight: number, dbias: number, rows: number, columns: number, begin: number, end: number): void;
  /**
   * linear/linear
   * @param x `usize`
   * @param weight `usize`
   * @param bias `usize`
   * @param y `usize`
   * @param rows `u32`
   * @param n `u32`
   * @param k `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function linear(x: number, weight: number, bias: number, y: number, rows: number, n: number, k: number, begin: number, end: number): void;
  /**
   * linear/linear_units
   * @param rows `u32`
   * @param n `u32`
   * @param k `u32`
   * @returns `u32`
   */
  export function linear_units(rows: number, n: number, k: number): number;
  /**
   * log/log
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function log(x: number, y: number, size: number, begin: number, end: number): void;
  /**
   * log_softmax/log_softmax
   * @param x `usize`
   * @param y `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function log_softmax(x: number, y: number, rows: number, columns: number, begin: number, end: number): void;
  /**
   * log_softmax_grad/log_softmax_grad
   * @param y `usize`
   * @param dy `usize`
   * @param dx `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function log_softmax_grad(y: number, dy: number, dx: number, rows: number, columns: number, begin: number, end: number): void;
  /**
   * masked_fill/masked_fill
   * @param x `usize`
   * @param mask `usize`
   * @param y `usize`
   * @param size `u32`
   * @param value `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function masked_fill(x: number, mask: number, y: number, size: number, value: number, begin: number, end: number): void;
  /**
   * matmul/matmul
   * @param a `usize`
   * @param b `usize`
   * @param y `usize`
   * @param batch `u32`
   * @param m `u32`
   * @param n `u32`
   * @param k `u32`
   * @param transposeA `u32`
   * @param transposeB `u32`
   * @param strideA `u32`
   * @param strideB `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function matmul(a: number, b: number, y: number, batch: number, m: number, n: number, k: number, transposeA: number, transposeB: number, strideA: number, strideB: number, begin: number, end: number): void;
  /**
   * matmul/matmul_units
   * @param batch `u32`
   * @param m `u32`
   * @param n `u32`
   * @param k `u32`
   * @returns `u32`
   */
  export function matmul_units(batch: number, m: number, n: number, k: number): number;
  /**
   * mul/mul
   * @param a `usize`
   * @param b `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function mul(a: number, b: number, y: number, size: number, begin: number, end: number): void;
  /**
   * norm/norm
   * @param partials `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function norm(partials: number, y: number, size: number, begin: number, end: number): void;
  /**
   * relu/relu
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function relu(x: number, y: number, size: number, begin: number, end: number): void;
  /**
   * relu_grad/relu_grad
   * @param y `usize`
   * @param dy `usize`
   * @param dx `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function relu_grad(y: number, dy: number, dx: number, size: number, begin: number, end: number): void;
  /**
   * residual_layer_norm/residual_layer_norm
   * @param x `usize`
   * @param residual `usize`
   * @param weight `usize`
   * @param bias `usize`
   * @param y `usize`
   * @param sum `usize`
   * @param statistics `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param eps `f32`
   * @param threshold `u32`
   * @param keepScale `f32`
   * @param seed `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function residual_layer_norm(x: number, residual: number, weight: number, bias: number, y: number, sum: number, statistics: number, rows: number, columns: number, eps: number, threshold: number, keepScale: number, seed: number, begin: number, end: number): void;
  /**
   * row_max/row_max
   * @param x `usize`
   * @param y `usize`
   * @param index `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function row_max(x: number, y: number, index: number, rows: number, columns: number, begin: number, end: number): void;
  /**
   * row_sum/row_sum
   * @param x `usize`
   * @param y `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param factor `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function row_sum(x: number, y: number, rows: number, columns: number, factor: number, begin: number, end: number): void;
  /**
   * scale/scale
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param factor `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function scale(x: number, y: number, size: number, factor: number, begin: number, end: number): void;
  /**
   * sigmoid/sigmoid
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function sigmoid(x: number, y: number, size: number, begin: number, end: number): void;
  /**
   * sigmoid_grad/sigmoid_grad
   * @param y `usize`
   * @param dy `usize`
   * @param dx `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function sigmoid_grad(y: number, dy: number, dx: number, size: number, begin: number, end: number): void;
  /**
   * silu/silu
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function silu(x: number, y: number, size: number, begin: number, end: number): void;
  /**
   * silu_grad/silu_grad
   * @param x `usize`
   * @param dy `usize`
   * @param dx `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function silu_grad(x: number, dy: number, dx: number, size: number, begin: number, end: number): void;
  /**
   * softmax/softmax
   * @param x `usize`
   * @param y `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function softmax(x: number, y: number, rows: number, columns: number, begin: number, end: number): void;
  /**
   * softmax_grad/softmax_grad
   * @param y `usize`
   * @param dy `usize`
   * @param dx `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function softmax_grad(y: number, dy: number, dx: number, rows: number, columns: number, begin: number, end: number): void;
  /**
   * sqrt/sqrt
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function sqrt(x: number, y: number, size: number, begin: number, end: number): void;
  /**
   * sub/sub
   * @param a `usize`
   * @param b `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function sub(a: number, b: number, y: number, size: number, begin: number, end: number): void;
  /**
   * sum/sum
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param factor `f32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function sum(x: number, y: number, size: number, factor: number, begin: number, end: number): void;
  /**
   * sum_of_squares/sum_of_squares
   * @param x `usize`
   * @param partials `usize`
   * @param size `u32`
   * @param first `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function sum_of_squares(x: number, partials: number, size: number, first: number, begin: number, end: number): void;
  /**
   * sum_rows/sum_rows
   * @param x `usize`
   * @param y `usize`
   * @param rows `u32`
   * @param columns `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function sum_rows(x: number, y: number, rows: number, columns: number, begin: number, end: number): void;
  /**
   * tanh/tanh
   * @param x `usize`
   * @param y `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function tanh(x: number, y: number, size: number, begin: number, end: number): void;
  /**
   * tanh_grad/tanh_grad
   * @param y `usize`
   * @param dy `usize`
   * @param dx `usize`
   * @param size `u32`
   * @param begin `u32`
   * @param end `u32`
   */
  export function tanh_grad(y: number, dy: number, dx: number, size: number, begin: number, end: number): void;
}
/** Instantiates the compiled WebAssembly module with the given imports. */
export declare function instantiate(module: WebAssembly.Module, imports: {
  env: unknown,
}): Promise<typeof __AdaptedExports>;
