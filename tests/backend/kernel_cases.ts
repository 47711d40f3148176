// Cases for every kernel of the table, to run a device's kernels against the float64 loops of tests/float64.

import { type KernelName, NO_CLIPPING, SUM_OF_SQUARES_CHUNK } from "../../lib/backend/kernels.ts";
import {
  adamwCatchUp,
  adamwNumbers,
  adamwRows,
  applyCases,
  byMatrix,
  crossEntropyTarget,
  dropSome,
  elementwise,
  ids,
  keepAll,
  logsumexp,
  marked,
  normal,
  onPositive,
  packed,
  packings,
  positive,
  products,
  productSizes,
  softmaxRows,
  statistics,
  strided,
  vectorSizes,
  withNaN,
} from "./case_values.ts";
import type { KernelCase } from "./kernel_case.ts";

/** Cases of each kernel; the type asks for every name of the table. */
export const kernelCases: { readonly [K in KernelName]: readonly KernelCase<K>[] } = {
  fill: vectorSizes.map((size) => ({
    name: `${size}`,
    inputs: [],
    outputs: [size],
    uniforms: { size, value: -2.5 },
  })),
  add: elementwise(2),
  sub: elementwise(2),
  mul: elementwise(2),
  div: elementwise(2),
  accumulate: elementwise(1).map((c) => ({ ...c, outputs: [normal(c.uniforms.size)] })),
  scale: elementwise(1).map((c) => ({ ...c, uniforms: { ...c.uniforms, factor: -0.3 } })),
  gelu: elementwise(1),
  gelu_grad: elementwise(2),
  tanh: elementwise(1),
  tanh_grad: elementwise(2),
  exp: [...elementwise(1).slice(0, -1), withNaN(), {
    name: "special values",
    inputs: [Float32Array.of(0, -0, 1, 20, -88, -104, -1e4, 1e-30)],
    outputs: [8],
    uniforms: { size: 8 },
  }, {
    name: "near the largest float32",
    inputs: [Float32Array.of(88.7, 88.72, 89, 1e4)],
    outputs: [4],
    uniforms: { size: 4 },
    tolerance: 2e-5, // the argument itself is known to 4e-6
  }],
  log: [...onPositive(elementwise(1)), withNaN(), {
    name: "special values",
    inputs: [Float32Array.of(1, 1e-30, 1e4, 3e38, 0.99999, 1.00001)],
    outputs: [6],
    uniforms: { size: 6 },
  }],
  sqrt: [...onPositive(elementwise(1)), withNaN()],
  abs: [...elementwise(1), withNaN()],
  abs_grad: elementwise(2),
  relu: [...elementwise(1), withNaN()],
  relu_grad: elementwise(2),
  sigmoid: [...elementwise(1), withNaN()],
  sigmoid_grad: elementwise(2),
  silu: [...elementwise(1), withNaN()],
  silu_grad: elementwise(2),
  gelu_tanh: [...elementwise(1), withNaN()],
  gelu_tanh_grad: elementwise(2),
  masked_fill: [...vectorSizes, 2].map((size) => ({
    name: `${size}`,
    inputs: [normal(size), ids(size, 2)],
    outputs: [size],
    uniforms: { size, value: size === 2 ? -Infinity : 2.5 },
  })),
  bce_with_logits: elementwise(2),
  copy_strided: [
    { name: "one number", inputs: [normal(1)], outputs: [1], uniforms: strided([1], [1], [1]) },
    { name: "one number to many", inputs: [normal(1)], outputs: [131], uniforms: strided([131], [0], [1]) },
    {
      name: "one number down a column",
      inputs: [normal(1)],
      outputs: [new Float32Array(63)],
      uniforms: strided([9], [0], [7]),
    },
    { name: "a transpose", inputs: [normal(7 * 13)], outputs: [7 * 13], uniforms: strided([13, 7], [1, 13], [7, 1]) },
    { name: "a row to rows", inputs: [normal(17)], outputs: [5 * 17], uniforms: strided([5, 17], [0, 1], [17, 1]) },
    { name: "a slice", inputs: [normal(60)], outputs: [24], uniforms: strided([4, 2, 3], [15, 3, 1], [6, 3, 1], 6) },
    {
      name: "into the middle of zeros",
      inputs: [normal(6)],
      outputs: [new Float32Array(30)],
      uniforms: strided([2, 3], [3, 1], [10, 1], 0, 4),
    },
    {
      name: "six axes reversed, more than a workgroup",
      inputs: [normal(2 * 3 * 2 * 5 * 3 * 7)],
      outputs: [1260],
      uniforms: strided([7, 3, 5, 2, 3, 2], [1, 7, 21, 105, 210, 630], [180, 60, 12, 6, 2, 1]),
    },
    {
      name: "int32",
      inputs: [ids(9, 5, -1, 1)],
      outputs: [new Int32Array(9)],
      uniforms: strided([3, 3], [1, 3], [3, 1]),
    },
    { name: "nothing", inputs: [normal(1)], outputs: [0], uniforms: strided([0, 3], [3, 1], [3, 1]) },
  ],
  dropout: byMatrix((rows, columns, name) => ({
    name,
    inputs: [normal(rows * columns)],
    outputs: [rows * columns],
    uniforms: { rows, columns, ...(rows === 3 ? keepAll : dropSome) },
  })),
  softmax: [
    ...byMatrix((rows, columns, name) => ({
      name,
      inputs: [normal(rows * columns, 3)],
      outputs: [rows * columns],
      uniforms: { rows, columns },
    })),
    {
      name: "masked rows and large values",
      inputs: [Float32Array.of(-Infinity, -Infinity, -Infinity, 1, -Infinity, 2, 1e4, -1e4, 1e4, -1e4, -1e4, -1e4)],
      outputs: [12],
      uniforms: { rows: 4, columns: 3 },
    },
    {
      name: "not a number",
      inputs: [Float32Array.of(1, NaN, 2, 0, 1, 2)],
      outputs: [6],
      uniforms: { rows: 2, columns: 3 },
    },
  ],
  softmax_grad: byMatrix((rows, columns, name) => ({
    name,
    inputs: [softmaxRows(rows, columns), normal(rows * columns)],
    outputs: [rows * columns],
    uniforms: { rows, columns },
  })),
  log_softmax: [
    ...byMatrix((rows, columns, name) => ({
      name,
      inputs: [normal(rows * columns, 3)],
      outputs: [rows * columns],
      uniforms: { rows, columns },
    })),
    {
      name: "large values",
      inputs: [Float32Array.of(1e4, -1e4, 1e4, 1, -Infinity, 2, -1e4, -1e4, -9999)],
      outputs: [9],
      uniforms: { rows: 3, columns: 3 },
    },
  ],
  log_softmax_grad: byMatrix((rows, columns, name) => ({
    name,
    inputs: [softmaxRows(rows, columns).map(Math.log), normal(rows * columns)],
    outputs: [rows * columns],
    uniforms: { rows, columns },
  })),
  row_sum: [
    ...byMatrix((rows, columns, name) => ({
      name,
      inputs: [normal(rows * columns)],
      outputs: [rows],
      uniforms: { rows, columns, factor: 1 / columns },
    })),
    { name: "no columns", inputs: [normal(1)], outputs: [3], uniforms: { rows: 3, columns: 0, factor: 1 } },
  ],
  row_max: [
    ...byMatrix((rows, columns, name) => ({
      name,
      inputs: [normal(rows * columns)],
      outputs: [rows, new Int32Array(rows)],
      uniforms: { rows, columns },
    })),
    {
      name: "equals, infinities and NaN",
      inputs: [Float32Array.of(1, 3, 3, -Infinity, -Infinity, -Infinity, 2, NaN, 7, NaN, 5, 5, -0, 0, -1, -3, -2, -2)],
      outputs: [6, new Int32Array(6)],
      uniforms: { rows: 6, columns: 3 },
    },
  ],
  gather: byMatrix((rows, columns, name) => ({
    name,
    inputs: [normal(rows * columns), ids(rows * 3, columns, columns - 1, -1, columns)],
    outputs: [rows * 3],
    uniforms: { rows, columns, count: 3 },
  })),
  gather_grad: byMatrix((rows, columns, name) => ({
    name,
    inputs: [ids(rows * 5, columns, 0, 0, -1, columns), normal(rows * 5)],
    outputs: [rows * columns],
    uniforms: { rows, columns, count: 5 },
  })),
  layer_norm: [
    ...byMatrix((rows, columns, name) => ({
      name,
      inputs: [normal(rows * columns, 2, 1), normal(columns), normal(columns)],
      outputs: [rows * columns, rows * 2],
      uniforms: { rows, columns, eps: 1e-5 },
      tolerance: columns === 1 ? 1e-4 : undefined,
    })),
    {
      name: "far from zero",
      inputs: [normal(5 * 64, 1, 1000), normal(64), normal(64)],
      outputs: [5 * 64, 10],
      uniforms: { rows: 5, columns: 64, eps: 1e-12 },
      tolerance: 1e-4, // the mean of numbers near 1000 is known to 6e-5
    },
  ],
  residual_layer_norm: byMatrix((rows, columns, name) => ({
    name,
    inputs: [normal(rows * columns, 2), normal(rows * columns), normal(columns), normal(columns)],
    outputs: [rows * columns, rows * columns, rows * 2],
    uniforms: { rows, columns, eps: 1e-5, ...(rows === 3 ? keepAll : dropSome) },
    tolerance: columns < 3 ? 1e-3 : undefined, // the variance of two near numbers cancels
  })),
  layer_norm_grad: byMatrix((rows, columns, name) => ({
    name,
    inputs: [normal(rows * columns), normal(rows * columns), statistics(rows), normal(columns)],
    outputs: [rows * columns],
    uniforms: { rows, columns },
  })),
  layer_norm_grad_weight: byMatrix((rows, columns, name) => ({
    name,
    inputs: [normal(rows * columns), normal(rows * columns), statistics(rows)],
    outputs: [columns, columns],
    uniforms: { rows, columns },
  })),
  sum_rows: byMatrix((rows, columns, name) => ({
    name,
    inputs: [normal(rows * columns)],
    outputs: [columns],
    uniforms: { rows, columns },
  })),
  sum: [0, ...vectorSizes].map((size) => ({
    name: `${size}`,
    inputs: [positive(size)],
    outputs: [1],
    uniforms: { size, factor: 1 / Math.max(1, size) },
  })),
  embedding: byMatrix((rows, columns, name) => ({
    name,
    inputs: [normal(19 * columns), ids(rows, 19, -1)],
    outputs: [rows * columns],
    uniforms: { rows, columns },
  })),
  embedding_grad: byMatrix((rows, columns, name) => ({
    name,
    inputs: [ids(rows, 19, 4, -1, 0), normal(rows * columns)],
    outputs: [23 * columns],
    uniforms: { rows, columns, vocabulary: 23, paddingIndex: rows === 5 ? -1 : 0 },
  })),
  matmul: products(),
  linear: productSizes.map(([, rows, n, k]) => ({
    name: `${rows} x ${k} to ${n}`,
    inputs: [normal(rows * k), normal(n * k), normal(n)],
    outputs: [rows * n],
    uniforms: { rows, n, k },
  })),
  attention_probabilities: packings.flatMap((packing) =>
    [0, 1, 2, 3].map((flags) => {
      const [causal, drops] = [flags & 1, flags >> 1];
      const { segments, queries, keys, size, sizes } = packed(packing);
      return {
        name: `${packing.name}${causal ? ", causal" : ""}${drops ? ", dropout" : ""}`,
        inputs: [normal(queries), normal(keys), segments],
        outputs: [size],
        uniforms: { ...sizes, scale: 1 / Math.sqrt(packing.headSize), causal, ...(drops ? dropSome : keepAll) },
      };
    })
  ),
  attention_apply: applyCases(packings, "keys"),
  attention_apply_transposed: applyCases(packings, "queries"),
  attention_scores_grad: packings.map((packing) => {
    const { segments, queries, keys, size, sizes } = packed(packing);
    return {
      name: packing.name,
      inputs: [marked(size), normal(queries), normal(keys), segments],
      outputs: [size],
      uniforms: { ...sizes, scale: 0.4, keepScale: 1.25 },
    };
  }),
  cross_entropy: byMatrix((rows, columns, name) => {
    const { weights, uniforms } = crossEntropyTarget(rows, columns);
    return {
      name,
      inputs: [normal(rows * columns, 4), ids(rows, columns, -100), weights],
      outputs: [rows, rows],
      uniforms,
    };
  }),
  cross_entropy_grad: byMatrix((rows, columns, name) => {
    const logits = normal(rows * columns);
    const { weights, uniforms } = crossEntropyTarget(rows, columns);
    return {
      name,
      inputs: [logits, ids(rows, columns, -100), weights, logsumexp(logits, rows), normal(rows)],
      outputs: [rows * columns],
      uniforms: { ...uniforms, perRow: rows % 2, factor: 0.7 },
    };
  }),
  adamw: vectorSizes.map((size) => ({
    name: `${size}`,
    inputs: [normal(size), Float32Array.of(size % 2 ? 0 : 3)],
    outputs: [normal(size), normal(size, 0.1).map((v, i) => i === 0 ? 1e-31 : v), positive(size)],
    uniforms: { size, ...adamwNumbers, maxNorm: size % 2 ? NO_CLIPPING : 1 },
  })),
  adamw_rows: byMatrix((rows, columns, name) => adamwRows(rows, columns, name)),
  adamw_catch_up: byMatrix((rows, columns, name) => adamwCatchUp(rows, columns, name)),
  sum_of_squares: [1, 63, SUM_OF_SQUARES_CHUNK, SUM_OF_SQUARES_CHUNK * 2 + 5].map((size) => ({
    name: `${size}`,
    inputs: [normal(size)],
    outputs: [normal(7)],
    uniforms: { size, first: 2 },
  })),
  norm: vectorSizes.map((size) => ({ name: `${size}`, inputs: [positive(size)], outputs: [1], uniforms: { size } })),
  clip: [0.5, 2, Infinity].map((norm) => ({
    name: `norm ${norm}`,
    inputs: [Float32Array.of(norm)],
    outputs: [normal(517)],
    uniforms: { size: 517, maxNorm: 1 },
  })),
};
