// Inputs larger than one thread takes at a time, so that a kernel's units are shared; sizes stay odd. See
// kernel_cases.ts for small ones.

import { type KernelName, SUM_OF_SQUARES_CHUNK } from "../../lib/backend/kernels.ts";
import {
  adamwCatchUp,
  adamwNumbers,
  adamwRows,
  applyCases,
  crossEntropyTarget,
  dropSome,
  ids,
  logsumexp,
  marked,
  normal,
  packed,
  type Packing,
  positive,
  softmaxRows,
  statistics,
  strided,
} from "./case_values.ts";
import { type KernelCase } from "./kernel_case.ts";

const SIZE = 100_003;
const [ROWS, COLUMNS] = [1031, 197];
const CELLS = ROWS * COLUMNS;
const matrix = { rows: ROWS, columns: COLUMNS };

const packings: Packing[] = [
  {
    name: "many sequences",
    heads: 3,
    headSize: 20,
    lengths: Array.from({ length: 29 }, (_, i) => [1 + i % 37, 1 + i % 37]),
  },
  { name: "one long sequence", heads: 4, headSize: 9, lengths: [[203, 203]] },
  { name: "longer than the copy of its probabilities", heads: 2, headSize: 3, lengths: [[701, 700]] },
];

/** Sums over many numbers are further from float64. */
const tolerance = 2e-5;

const largeTarget = crossEntropyTarget(ROWS, COLUMNS);

const products = [[201, 103, 309], [7, 1501, 64], [1200, 5, 300], [97, 1100, 260]];

/** Larger cases of each kernel; the type asks for every name of the table. */
export const largeCases: { readonly [K in KernelName]: readonly KernelCase<K>[] } = {
  fill: [{ name: "large", inputs: [], outputs: [SIZE], uniforms: { size: SIZE, value: 0.5 } }, {
    name: "zero",
    inputs: [],
    outputs: [SIZE],
    uniforms: { size: SIZE, value: 0 },
  }],
  add: [{ name: "large", inputs: [normal(SIZE), normal(SIZE)], outputs: [SIZE], uniforms: { size: SIZE } }],
  sub: [{ name: "large", inputs: [normal(SIZE), normal(SIZE)], outputs: [SIZE], uniforms: { size: SIZE } }],
  mul: [{ name: "large", inputs: [normal(SIZE), normal(SIZE)], outputs: [SIZE], uniforms: { size: SIZE } }],
  div: [{ name: "large", inputs: [normal(SIZE), normal(SIZE, 1, 10)], outputs: [SIZE], uniforms: { size: SIZE } }],
  accumulate: [{ name: "large", inputs: [normal(SIZE)], outputs: [normal(SIZE)], uniforms: { size: SIZE } }],
  scale: [{ name: "large", inputs: [normal(SIZE)], outputs: [SIZE], uniforms: { size: SIZE, factor: 3 } }],
  gelu: [{ name: "large", inputs: [normal(SIZE, 3)], outputs: [SIZE], uniforms: { size: SIZE } }],
  gelu_grad: [{ name: "large", inputs: [normal(SIZE, 3), normal(SIZE)], outputs: [SIZE], uniforms: { size: SIZE } }],
  tanh: [{ name: "large", inputs: [normal(SIZE)], outputs: [SIZE], uniforms: { size: SIZE } }],
  tanh_grad: [{ name: "large", inputs: [normal(SIZE), normal(SIZE)], outputs: [SIZE], uniforms: { size: SIZE } }],
  exp: [{ name: "large", inputs: [normal(SIZE, 3)], outputs: [SIZE], uniforms: { size: SIZE } }],
  log: [{ name: "large", inputs: [positive(SIZE)], outputs: [SIZE], uniforms: { size: SIZE } }],
  sqrt: [{ name: "large", inputs: [positive(SIZE)], outputs: [SIZE], uniforms: { size: SIZE } }],
  abs: [{ name: "large", inputs: [normal(SIZE, 3)], outputs: [SIZE], uniforms: { size: SIZE } }],
  relu: [{ name: "large", inputs: [normal(SIZE, 3)], outputs: [SIZE], uniforms: { size: SIZE } }],
  sigmoid: [{ name: "large", inputs: [normal(SIZE, 3)], outputs: [SIZE], uniforms: { size: SIZE } }],
  silu: [{ name: "large", inputs: [normal(SIZE, 3)], outputs: [SIZE], uniforms: { size: SIZE } }],
  gelu_tanh: [{ name: "large", inputs: [normal(SIZE, 3)], outputs: [SIZE], uniforms: { size: SIZE } }],
  abs_grad: [{ name: "large", inputs: [normal(SIZE, 3), normal(SIZE)], outputs: [SIZE], uniforms: { size: SIZE } }],
  relu_grad: [{ name: "large", inputs: [normal(SIZE, 3), normal(SIZE)], outputs: [SIZE], uniforms: { size: SIZE } }],
  sigmoid_grad: [{ name: "large", inputs: [normal(SIZE, 3), normal(SIZE)], outputs: [SIZE], uniforms: { size: SIZE } }],
  silu_grad: [{ name: "large", inputs: [normal(SIZE, 3), normal(SIZE)], outputs: [SIZE], uniforms: { size: SIZE } }],
  gelu_tanh_grad: [{
    name: "large",
    inputs: [normal(SIZE, 3), normal(SIZE)],
    outputs: [SIZE],
    uniforms: { size: SIZE },
  }],
  bce_with_logits: [{
    name: "large",
    inputs: [normal(SIZE, 3), normal(SIZE)],
    outputs: [SIZE],
    uniforms: { size: SIZE },
  }],
  masked_fill: [{
    name: "large",
    inputs: [normal(SIZE), ids(SIZE, 2)],
    outputs: [SIZE],
    uniforms: { size: SIZE, value: -9 },
  }],
  copy_strided: [
    {
      name: "a transpose",
      inputs: [normal(CELLS)],
      outputs: [CELLS],
      uniforms: strided([COLUMNS, ROWS], [1, COLUMNS], [ROWS, 1]),
    },
    {
      name: "heads to the front",
      inputs: [normal(7 * 31 * 12 * 33)],
      outputs: [7 * 31 * 12 * 33],
      uniforms: strided([7, 12, 31, 33], [31 * 12 * 33, 33, 12 * 33, 1], [31 * 12 * 33, 31 * 33, 33, 1]),
    },
    {
      name: "a row to rows",
      inputs: [normal(COLUMNS)],
      outputs: [CELLS],
      uniforms: strided([ROWS, COLUMNS], [0, 1], [COLUMNS, 1]),
    },
  ],
  dropout: [{ name: "large", inputs: [normal(CELLS)], outputs: [CELLS], uniforms: { ...matrix, ...dropSome } }],
  softmax: [{ name: "large", inputs: [normal(CELLS, 5)], outputs: [CELLS], uniforms: matrix }],
  softmax_grad: [{
    name: "large",
    inputs: [softmaxRows(ROWS, COLUMNS), normal(CELLS)],
    outputs: [CELLS],
    uniforms: matrix,
  }],
  log_softmax: [{ name: "large", inputs: [normal(CELLS, 5)], outputs: [CELLS], uniforms: matrix }],
  log_softmax_grad: [{
    name: "large",
    inputs: [softmaxRows(ROWS, COLUMNS).map(Math.log), normal(CELLS)],
    outputs: [CELLS],
    uniforms: matrix,
    tolerance,
  }],
  row_sum: [
    { name: "large", inputs: [normal(CELLS)], outputs: [ROWS], uniforms: { ...matrix, factor: 0.1 }, tolerance },
    { name: "long", inputs: [positive(CELLS)], outputs: [1], uniforms: { rows: 1, columns: CELLS, factor: 1 } },
  ],
  row_max: [{ name: "large", inputs: [normal(CELLS)], outputs: [ROWS, new Int32Array(ROWS)], uniforms: matrix }],
  gather: [{
    name: "large",
    inputs: [normal(CELLS), ids(ROWS * 9, COLUMNS)],
    outputs: [ROWS * 9],
    uniforms: { ...matrix, count: 9 },
  }],
  gather_grad: [{
    name: "large",
    inputs: [ids(ROWS * 9, COLUMNS, 1, 1, 1), normal(ROWS * 9)],
    outputs: [CELLS],
    uniforms: { ...matrix, count: 9 },
  }],
  layer_norm: [{
    name: "large",
    inputs: [normal(CELLS, 2, 1), normal(COLUMNS), normal(COLUMNS)],
    outputs: [CELLS, ROWS * 2],
    uniforms: { ...matrix, eps: 1e-12 },
  }],
  residual_layer_norm: [{
    name: "large",
    inputs: [normal(CELLS), normal(CELLS), normal(COLUMNS), normal(COLUMNS)],
    outputs: [CELLS, CELLS, ROWS * 2],
    uniforms: { ...matrix, eps: 1e-12, ...dropSome },
  }],
  layer_norm_grad: [{
    name: "large",
    inputs: [normal(CELLS), normal(CELLS), statistics(ROWS), normal(COLUMNS)],
    outputs: [CELLS],
    uniforms: matrix,
  }],
  layer_norm_grad_weight: [{
    name: "large",
    inputs: [normal(CELLS), normal(CELLS), statistics(ROWS)],
    outputs: [COLUMNS, COLUMNS],
    uniforms: matrix,
    tolerance,
  }],
  sum_rows: [{ name: "large", inputs: [normal(CELLS)], outputs: [COLUMNS], uniforms: matrix, tolerance }],
  sum: [{ name: "large", inputs: [positive(SIZE)], outputs: [1], uniforms: { size: SIZE, factor: 2 } }],
  embedding: [{
    name: "large",
    inputs: [normal(503 * COLUMNS), ids(ROWS, 503, 5, -1)],
    outputs: [CELLS],
    uniforms: matrix,
  }],
  embedding_grad: [{
    name: "large",
    inputs: [ids(ROWS, 503, 0, -1, 0), normal(CELLS)],
    outputs: [1201 * COLUMNS],
    uniforms: { ...matrix, vocabulary: 1201, paddingIndex: 7 },
  }],
  matmul: products.flatMap(([m, n, k]) =>
    [0, 1, 2, 3].map((flags) => ({
      name: `${m} x ${k} by ${k} x ${n}, transposed ${flags & 1} ${flags >> 1}`,
      inputs: [normal(m * k), normal(k * n)],
      outputs: [m * n],
      uniforms: { batch: 1, m, n, k, transposeA: flags & 1, transposeB: flags >> 1, strideA: 0, strideB: 0 },
      tolerance,
    }))
  ).concat({
    name: "a batch",
    inputs: [normal(41 * 33 * 70), normal(41 * 70 * 29)],
    outputs: [41 * 33 * 29],
    uniforms: { batch: 41, m: 33, n: 29, k: 70, transposeA: 0, transposeB: 0, strideA: 33 * 70, strideB: 70 * 29 },
    tolerance,
  }),
  linear: products.map(([rows, n, k]) => ({
    name: `${rows} x ${k} to ${n}`,
    inputs: [normal(rows * k), normal(n * k), normal(n)],
    outputs: [rows * n],
    uniforms: { rows, n, k },
    tolerance,
  })),
  attention_probabilities: packings.flatMap((packing) =>
    [0, 1].map((causal) => {
      const { segments, queries, keys, size, sizes } = packed(packing);
      return {
        name: `${packing.name}${causal ? ", causal" : ""}`,
        inputs: [normal(queries), normal(keys), segments],
        outputs: [size],
        uniforms: { ...sizes, scale: 0.3, causal, ...dropSome },
      };
    })
  ),
  attention_apply: applyCases(packings, "keys", tolerance),
  attention_apply_transposed: applyCases(packings, "queries", tolerance),
  attention_scores_grad: packings.map((packing) => {
    const { segments, queries, keys, size, sizes } = packed(packing);
    return {
      name: packing.name,
      inputs: [marked(size), normal(queries), normal(keys), segments],
      outputs: [size],
      uniforms: { ...sizes, scale: 0.4, keepScale: 1.25 },
      tolerance,
    };
  }),
  cross_entropy: [{
    name: "large",
    inputs: [normal(CELLS, 4), ids(ROWS, COLUMNS, -100, 3, -100), largeTarget.weights],
    outputs: [ROWS, ROWS],
    uniforms: largeTarget.uniforms,
  }, {
    name: "logits of 1e4",
    inputs: [Float32Array.of(1e4, 9999, -1e4, 0, 3, 1e4), Int32Array.of(1, 2), normal(3)],
    outputs: [2, 2],
    uniforms: { rows: 2, columns: 3, ignoreIndex: -100, smoothing: 0, weighted: 0, totalWeight: 3 },
  }],
  cross_entropy_grad: [crossEntropyGrad()],
  adamw: [{
    name: "large",
    inputs: [normal(SIZE), Float32Array.of(7)],
    outputs: [normal(SIZE), normal(SIZE, 0.1), positive(SIZE)],
    uniforms: { size: SIZE, ...adamwNumbers, maxNorm: 2 },
  }],
  adamw_rows: [adamwRows(ROWS, COLUMNS, "large")],
  adamw_catch_up: [adamwCatchUp(ROWS, COLUMNS, "large")],
  sum_of_squares: [{
    name: "large",
    inputs: [normal(SUM_OF_SQUARES_CHUNK * 20 + 3)],
    outputs: [normal(22)],
    uniforms: { size: SUM_OF_SQUARES_CHUNK * 20 + 3, first: 1 },
  }],
  norm: [{ name: "large", inputs: [positive(SIZE)], outputs: [1], uniforms: { size: SIZE } }],
  clip: [0.5, 5, NaN].map((norm) => ({
    name: `norm ${norm}`,
    inputs: [Float32Array.of(norm)],
    outputs: [normal(SIZE)],
    uniforms: { size: SIZE, maxNorm: 1 },
  })),
};

function crossEntropyGrad(): KernelCase<"cross_entropy_grad"> {
  const logits = normal(CELLS, 3);
  return {
    name: "large",
    inputs: [logits, ids(ROWS, COLUMNS, 1, -100), largeTarget.weights, logsumexp(logits, ROWS), normal(ROWS)],
    outputs: [CELLS],
    uniforms: { ...largeTarget.uniforms, perRow: 1, factor: 2 },
  };
}
