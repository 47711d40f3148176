// The table of kernels: pure arithmetic on buffers, one row each. Every backend holds a Record<KernelName, …>, so that a kernel
// missing on one device is a type error. The arithmetic itself lives in kernels/cpu/<name>.ts, kernels/webgpu/<name>.wgsl and,
// as plain float64 loops to read what each means, in tests/float64.
//
// Matrices are row-major and contiguous. `rows` counts what precedes the last axis, `columns` is the last axis.
// An output listed with a trailing "*" is read as well as written (updated in place).

/** Arguments by these names hold int32, all others float32; `bits` is copied as it is, whichever it holds. */
export const INT32_ARGUMENTS: readonly string[] = ["ids", "index", "labels", "mask", "segments"];

/** The type of a number handed to a kernel beside its buffers. */
export type UniformType = "u32" | "i32" | "f32";

/** What a kernel reads, writes and is told. */
export interface KernelSignature {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly uniforms: Readonly<Record<string, UniformType>>;
}

/** A `maxNorm` that clips nothing; finite, as shaders may take infinity for any number. */
export const NO_CLIPPING = 1e30;

/** Elements summed by one step of `sum_of_squares`; both devices use the same, so that partial sums have one layout. */
export const SUM_OF_SQUARES_CHUNK = 16384;

/**
 * Dropout keeps element i when the 16 random bits drawn for (seed, i) are at least `threshold`, and multiplies it by `keepScale`; see
 * dropout in each folder. Element (row, column) has i = row roundUp8(columns) + column, so that a row starts at a whole block of bits.
 */
const dropoutUniforms = { threshold: "u32", keepScale: "f32", seed: "u32" } as const;

/**
 * Attention over packed sequences. `segments` (sequences, 5) int32 holds for each sequence: first query row, query rows,
 * first key row, key rows, first element of its probabilities. Those lie as (heads, queries, keys) one sequence after the other.
 */
const attentionUniforms = {
  sequences: "u32",
  heads: "u32",
  headSize: "u32",
  longestQueries: "u32", // query rows of the sequence with most, and key rows likewise: a GPU sizes its dispatch by them
  longestKeys: "u32",
} as const;

const crossEntropyUniforms = { ignoreIndex: "i32", smoothing: "f32", weighted: "u32", totalWeight: "f32" } as const;

const adamwUniforms = {
  beta1: "f32",
  beta2: "f32",
  oneMinusBeta1: "f32",
  oneMinusBeta2: "f32",
  decay: "f32",
  stepSize: "f32",
  inverseSqrtCorrection2: "f32",
  eps: "f32",
} as const;

/** Axes that `copy_strided` goes through; shorter shapes have lengths of 1 in front. */
export const STRIDED_AXES = 6;

export const kernels = {
  // ---- elementwise, `size` elements
  fill: { inputs: [], outputs: ["y"], uniforms: { size: "u32", value: "f32" } }, // y = value
  add: { inputs: ["a", "b"], outputs: ["y"], uniforms: { size: "u32" } }, // y = a + b
  sub: { inputs: ["a", "b"], outputs: ["y"], uniforms: { size: "u32" } }, // y = a - b
  mul: { inputs: ["a", "b"], outputs: ["y"], uniforms: { size: "u32" } }, // y = a b
  div: { inputs: ["a", "b"], outputs: ["y"], uniforms: { size: "u32" } }, // y = a / b
  accumulate: { inputs: ["x"], outputs: ["y*"], uniforms: { size: "u32" } }, // y += x
  scale: { inputs: ["x"], outputs: ["y"], uniforms: { size: "u32", factor: "f32" } }, // y = factor x
  exp: { inputs: ["x"], outputs: ["y"], uniforms: { size: "u32" } },
  log: { inputs: ["x"], outputs: ["y"], uniforms: { size: "u32" } },
  sqrt: { inputs: ["x"], outputs: ["y"], uniforms: { size: "u32" } },
  abs: { inputs: ["x"], outputs: ["y"], uniforms: { size: "u32" } },
  abs_grad: { inputs: ["x", "dy"], outputs: ["dx"], uniforms: { size: "u32" } }, // dx = dy sign(x)
  relu: { inputs: ["x"], outputs: ["y"], uniforms: { size: "u32" } }, // y = max(x, 0)
  relu_grad: { inputs: ["y", "dy"], outputs: ["dx"], uniforms: { size: "u32" } }, // dx = dy where y > 0
  sigmoid: { inputs: ["x"], outputs: ["y"], uniforms: { size: "u32" } }, // y = 1 / (1 + e^-x)
  sigmoid_grad: { inputs: ["y", "dy"], outputs: ["dx"], uniforms: { size: "u32" } }, // dx = dy y (1 - y)
  silu: { inputs: ["x"], outputs: ["y"], uniforms: { size: "u32" } }, // y = x sigmoid(x)
  silu_grad: { inputs: ["x", "dy"], outputs: ["dx"], uniforms: { size: "u32" } },
  gelu_tanh: { inputs: ["x"], outputs: ["y"], uniforms: { size: "u32" } }, // y = x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2
  gelu_tanh_grad: { inputs: ["x", "dy"], outputs: ["dx"], uniforms: { size: "u32" } },
  gelu: { inputs: ["x"], outputs: ["y"], uniforms: { size: "u32" } }, // y = x Φ(x), with erf
  gelu_grad: { inputs: ["x", "dy"], outputs: ["dx"], uniforms: { size: "u32" } },
  tanh: { inputs: ["x"], outputs: ["y"], uniforms: { size: "u32" } },
  tanh_grad: { inputs: ["y", "dy"], outputs: ["dx"], uniforms: { size: "u32" } }, // dx = dy (1 - y²)
  dropout: { inputs: ["x"], outputs: ["y"], uniforms: { rows: "u32", columns: "u32", ...dropoutUniforms } }, // its gradient is itself on dy
  masked_fill: { inputs: ["x", "mask"], outputs: ["y"], uniforms: { size: "u32", value: "f32" } }, // y = mask ? value : x
  // losses = -targets ln σ(x) - (1 - targets) ln(1 - σ(x))
  bce_with_logits: { inputs: ["x", "targets"], outputs: ["losses"], uniforms: { size: "u32" } },

  // ---- strides: y[offsetY + Σ i strideY] = x[offsetX + Σ i strideX] for all indices below the lengths, all counted in elements. A stride of 0
  // repeats. Serves broadcasting, transposes, slices, concatenation and their gradients.
  copy_strided: {
    inputs: ["bits"],
    outputs: ["bits*"],
    uniforms: {
      ...{ length0: "u32", length1: "u32", length2: "u32", length3: "u32", length4: "u32", length5: "u32" },
      ...{ strideX0: "u32", strideX1: "u32", strideX2: "u32", strideX3: "u32", strideX4: "u32", strideX5: "u32" },
      ...{ strideY0: "u32", strideY1: "u32", strideY2: "u32", strideY3: "u32", strideY4: "u32", strideY5: "u32" },
      ...{ offsetX: "u32", offsetY: "u32" },
    },
  },

  // ---- rows
  softmax: { inputs: ["x"], outputs: ["y"], uniforms: { rows: "u32", columns: "u32" } }, // a row of -inf gives zeros
  softmax_grad: { inputs: ["y", "dy"], outputs: ["dx"], uniforms: { rows: "u32", columns: "u32" } },
  log_softmax: { inputs: ["x"], outputs: ["y"], uniforms: { rows: "u32", columns: "u32" } }, // y = x - logsumexp(x)
  log_softmax_grad: { inputs: ["y", "dy"], outputs: ["dx"], uniforms: { rows: "u32", columns: "u32" } },
  row_sum: { inputs: ["x"], outputs: ["y"], uniforms: { rows: "u32", columns: "u32", factor: "f32" } }, // (rows, columns) -> (rows)
  // y (rows): the largest of each row (the first NaN, if there is one), index (rows): the first column that holds it
  row_max: { inputs: ["x"], outputs: ["y", "index"], uniforms: { rows: "u32", columns: "u32" } },
  // y[r, j] = x[r, index[r, j]], index (rows, count); repeated columns accumulate in the gradient
  gather: { inputs: ["x", "index"], outputs: ["y"], uniforms: { rows: "u32", columns: "u32", count: "u32" } },
  gather_grad: { inputs: ["index", "dy"], outputs: ["dx"], uniforms: { rows: "u32", columns: "u32", count: "u32" } },
  // statistics (rows, 2): mean and 1 / sqrt(variance + eps)
  layer_norm: {
    inputs: ["x", "weight", "bias"],
    outputs: ["y", "statistics"],
    uniforms: { rows: "u32", columns: "u32", eps: "f32" },
  },
  // sum = dropout(x) + residual, y = LayerNorm(sum)
  residual_layer_norm: {
    inputs: ["x", "residual", "weight", "bias"],
    outputs: ["y", "sum", "statistics"],
    uniforms: { rows: "u32", columns: "u32", eps: "f32", ...dropoutUniforms },
  },
  layer_norm_grad: {
    inputs: ["dy", "x", "statistics", "weight"],
    outputs: ["dx"],
    uniforms: { rows: "u32", columns: "u32" },
  },
  layer_norm_grad_weight: {
    inputs: ["dy", "x", "statistics"],
    outputs: ["dweight", "dbias"],
    uniforms: { rows: "u32", columns: "u32" },
  },
  sum_rows: { inputs: ["x"], outputs: ["y"], uniforms: { rows: "u32", columns: "u32" } }, // (rows, columns) -> (columns)
  sum: { inputs: ["x"], outputs: ["y"], uniforms: { size: "u32", factor: "f32" } }, // y (1) = factor Σ x

  // ---- tables of rows: y[i] = weight[ids[i]]; a negative id gives a row of zeros and takes no gradient
  embedding: { inputs: ["weight", "ids"], outputs: ["y"], uniforms: { rows: "u32", columns: "u32" } },
  // dweight (vocabulary, columns) is written whole; repeated ids accumulate; the row `paddingIndex` stays zero (-1: none)
  embedding_grad: {
    inputs: ["ids", "dy"],
    outputs: ["dweight"],
    uniforms: { rows: "u32", columns: "u32", vocabulary: "u32", paddingIndex: "i32" },
  },

  // ---- products. y (batch, m, n) = a (m, k) b (k, n); stored (k, m) where transposeA, (n, k) where transposeB
  matmul: {
    inputs: ["a", "b"],
    outputs: ["y"],
    uniforms: {
      batch: "u32",
      m: "u32",
      n: "u32",
      k: "u32",
      transposeA: "u32",
      transposeB: "u32",
      strideA: "u32", // elements from one matrix of the batch to the next; 0 repeats the same one
      strideB: "u32",
    },
  },
  // y (rows, n) = x (rows, k) weightᵀ + bias; weight (n, k) as PyTorch stores it
  linear: { inputs: ["x", "weight", "bias"], outputs: ["y"], uniforms: { rows: "u32", n: "u32", k: "u32" } },

  // ---- attention
  // p = softmax(scale q kᵀ) over each head. A dropped probability keeps its size with the sign bit set (-0 where it is 0).
  // Causal: query i sees keys 0 … i + keys - queries. A row that sees no key is all zeros.
  attention_probabilities: {
    inputs: ["q", "k", "segments"],
    outputs: ["p"],
    uniforms: { ...attentionUniforms, scale: "f32", causal: "u32", ...dropoutUniforms },
  },
  // y (query rows, heads headSize) = w x for each head, w (queries, keys), x (key rows, heads headSize).
  // dropped 1: w is signed as above: negative counts as 0, else w keepScale. dropped 0: w as it is.
  attention_apply: {
    inputs: ["w", "x", "segments"],
    outputs: ["y"],
    uniforms: { ...attentionUniforms, dropped: "u32", keepScale: "f32" },
  },
  // y (key rows, heads headSize) = wᵀ x, x (query rows, heads headSize); key rows that no segment names are left alone
  attention_apply_transposed: {
    inputs: ["w", "x", "segments"],
    outputs: ["y"],
    uniforms: { ...attentionUniforms, dropped: "u32", keepScale: "f32" },
  },
  // ds = scale p (dp - Σ p dp) with dp = mask keepScale (dy vᵀ): the gradient of the scores q kᵀ
  attention_scores_grad: {
    inputs: ["p", "dy", "v", "segments"],
    outputs: ["ds"],
    uniforms: { ...attentionUniforms, scale: "f32", keepScale: "f32" },
  },

  // ---- loss. losses[i] = Σ target (logsumexp(logits[i]) - logits[i]); label `ignoreIndex` gives 0. statistics (rows): logsumexp.
  // With smoothing s and class weights w (columns) the target is w ((1 - s) onehot + s / columns). weighted 0: w is 1 and `weights` is not
  // read, so any tensor may stand there. totalWeight: Σ w.
  cross_entropy: {
    inputs: ["logits", "labels", "weights"],
    outputs: ["losses", "statistics"],
    uniforms: { rows: "u32", columns: "u32", ...crossEntropyUniforms },
  },
  // dy holds one number for all rows (perRow 0) or one a row (perRow 1); times factor
  cross_entropy_grad: {
    inputs: ["logits", "labels", "weights", "statistics", "dy"],
    outputs: ["dlogits"],
    uniforms: { rows: "u32", columns: "u32", ...crossEntropyUniforms, perRow: "u32", factor: "f32" },
  },

  // ---- optimizer
  // Decoupled weight decay (Loshchilov & Hutter 2019): parameter *= decay (1 - lr weightDecay); m, v as in Adam;
  // parameter -= stepSize m / (sqrt(v) inverseSqrtCorrection2 + eps), stepSize = lr / (1 - beta1^t),
  // inverseSqrtCorrection2 = 1 / sqrt(1 - beta2^t). |m| below 1e-30 becomes 0: denormals cost 44 times.
  // The gradient is clipped on the way: times min(1, maxNorm / (norm + 1e-6)), which is 1 for NO_CLIPPING and a norm of 0.
  adamw: {
    inputs: ["gradient", "norm"],
    outputs: ["parameter*", "m*", "v*"],
    uniforms: { size: "u32", ...adamwUniforms, maxNorm: "f32" },
  },
  // adamw for the rows `ids` of a table, each there once; gradient (rows, columns), clipped before
  adamw_rows: {
    inputs: ["gradient", "ids"],
    outputs: ["parameter*", "m*", "v*"],
    uniforms: { rows: "u32", columns: "u32", ...adamwUniforms },
  },
  // the steps that row ids[i] missed, with a gradient of zeros: entries index[i] to steps - 1 of history (steps, 3), which holds
  // decay, stepSize and inverseSqrtCorrection2 of each
  adamw_catch_up: {
    inputs: ["ids", "index", "history"],
    outputs: ["parameter*", "m*", "v*"],
    uniforms: { rows: "u32", columns: "u32", steps: "u32", beta1: "f32", beta2: "f32", eps: "f32" },
  },
  // partials[first + c] = Σ x² over chunk c of SUM_OF_SQUARES_CHUNK elements
  sum_of_squares: { inputs: ["x"], outputs: ["partials*"], uniforms: { size: "u32", first: "u32" } },
  norm: { inputs: ["partials"], outputs: ["y"], uniforms: { size: "u32" } }, // y (1) = sqrt(Σ partials)
  clip: { inputs: ["norm"], outputs: ["x*"], uniforms: { size: "u32", maxNorm: "f32" } }, // x *= min(1, maxNorm / (norm + 1e-6))
} as const satisfies Record<string, KernelSignature>;

export type KernelName = keyof typeof kernels;

/** The numbers a kernel is handed, by name. Flags are 0 or 1. */
export type Uniforms<K extends KernelName> = { readonly [U in keyof (typeof kernels)[K]["uniforms"]]: number };
