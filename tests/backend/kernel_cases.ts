// Inputs for every kernel of the table, to run a device's kernels against the float64 loops of tests/float64. Sizes are odd on purpose:
// 1, primes, not multiples of 4, more than one workgroup; values include those that overflow a careless kernel.

import type { Backend, DType, HostArray } from "../../lib/backend/backend.ts";
import {
  type KernelName,
  kernels,
  NO_CLIPPING,
  SUM_OF_SQUARES_CHUNK,
  type Uniforms,
} from "../../lib/backend/kernels.ts";
import { Random } from "../../lib/tensor/random.ts";

/** One call of a kernel. */
export interface KernelCase<K extends KernelName> {
  readonly name: string;
  readonly inputs: readonly HostArray[];
  /** What each output holds before: its size in numbers, or its values where the kernel updates them in place or gives int32. */
  readonly outputs: readonly (number | Float32Array | Int32Array)[];
  readonly uniforms: Uniforms<K>;
  /** Largest error allowed, as a part of the output's largest value; by default 4e-6. */
  readonly tolerance?: number;
}

const random = new Random(7);

export function normal(size: number, spread = 1, mean = 0): Float32Array {
  return Float32Array.from({ length: size }, () => mean + spread * random.normal());
}

export function positive(size: number): Float32Array {
  return normal(size).map(Math.abs);
}

export function ids(size: number, below: number, ...first: number[]): Int32Array {
  return Int32Array.from({ length: size }, (_, i) => first[i] ?? random.integer(below));
}

/** A permutation, a broadcast, a slice, and a write into the middle of y, as `copy_strided` is told of them. */
export function strided(
  lengths: readonly number[],
  stridesX: readonly number[],
  stridesY: readonly number[],
  offsetX = 0,
  offsetY = 0,
): Uniforms<"copy_strided"> {
  const six = (values: readonly number[], filler: number) => [...Array(6 - values.length).fill(filler), ...values];
  const [length0, length1, length2, length3, length4, length5] = six(lengths, 1);
  const [strideX0, strideX1, strideX2, strideX3, strideX4, strideX5] = six(stridesX, 0);
  const [strideY0, strideY1, strideY2, strideY3, strideY4, strideY5] = six(stridesY, 0);
  return {
    ...{ length0, length1, length2, length3, length4, length5 },
    ...{ strideX0, strideX1, strideX2, strideX3, strideX4, strideX5 },
    ...{ strideY0, strideY1, strideY2, strideY3, strideY4, strideY5 },
    ...{ offsetX, offsetY },
  };
}

const vectorSizes = [1, 3, 4, 255, 257, 1030];
const matrixSizes = [[1, 1], [1, 2], [3, 7], [5, 64], [65, 65], [130, 257], [2, 1031]];
export const keepAll = { threshold: 0, keepScale: 1, seed: 0 };
export const dropSome = { threshold: 6554, keepScale: 65536 / (65536 - 6554), seed: 3735928559 };

/** Values at which careless exponentials and comparisons fail. */
const special = [0, -0, 1e-30, 1e4, -1e4, 88, -88, 104, -104, 20, -20, 4, -4, 0.99, 1.01, -6, 5.9, 1e-3];

function elementwise(inputs: number): KernelCase<"add">[] {
  return [
    ...vectorSizes.map((size) => ({
      name: `${size}`,
      inputs: Array.from({ length: inputs }, () => normal(size, 2)),
      outputs: [size],
      uniforms: { size },
    })),
    {
      name: "special values",
      inputs: Array.from({ length: inputs }, (_, i) => i === 0 ? Float32Array.from(special) : normal(special.length)),
      outputs: [special.length],
      uniforms: { size: special.length },
    },
  ];
}

export const adamwNumbers = {
  beta1: 0.9,
  beta2: 0.999,
  oneMinusBeta1: 0.1,
  oneMinusBeta2: 0.001,
  decay: 0.99,
  stepSize: 0.01,
  inverseSqrtCorrection2: 1.5,
  eps: 1e-8,
};

/** Every second row of a table, from the last one on. */
export function adamwRows(rows: number, columns: number, name: string): KernelCase<"adamw_rows"> {
  const cells = 2 * rows * columns;
  return {
    name,
    inputs: [normal(rows * columns), Int32Array.from({ length: rows }, (_, i) => 2 * (rows - i) - 1)],
    outputs: [normal(cells), normal(cells, 0.1), positive(cells)],
    uniforms: { rows, columns, ...adamwNumbers },
  };
}

/** Rows that missed 0 to 6 steps; one never had a gradient, one has a moment that becomes too small to keep. */
export function adamwCatchUp(rows: number, columns: number, name: string): KernelCase<"adamw_catch_up"> {
  const { inputs: [, of], outputs: [parameter, m, v] } = adamwRows(rows, columns, name);
  const [steps, { beta1, beta2, eps }] = [6, adamwNumbers];
  const isUntouched = (i: number) => Math.floor(i / columns) === 2 * rows - 1;
  const moment = (values: number | HostArray) =>
    Float32Array.from(values as Float32Array, (value, i) => isUntouched(i) ? 0 : i % 7 === 0 ? value * 1e-29 : value);
  return {
    name,
    inputs: [
      of,
      Int32Array.from({ length: rows }, (_, i) => i % (steps + 1)),
      Float32Array.from({ length: 3 * steps }, (_, i) => [0.99, 0.01 * (1 + i), 1 + i / 10][i % 3]),
    ],
    outputs: [
      Float32Array.from(parameter as Float32Array),
      moment(m),
      Float32Array.from(v as Float32Array, (value, i) => isUntouched(i) ? 0 : value),
    ],
    uniforms: { rows, columns, steps, beta1, beta2, eps },
  };
}

/** One input, NaN among its values. */
function withNaN(): KernelCase<"exp"> {
  return { name: "not a number", inputs: [Float32Array.of(1, NaN, -2, NaN, 0)], outputs: [5], uniforms: { size: 5 } };
}

function byMatrix<C>(make: (rows: number, columns: number, name: string) => C): C[] {
  return matrixSizes.map(([rows, columns]) => make(rows, columns, `${rows} x ${columns}`));
}

export function softmaxRows(rows: number, columns: number): Float32Array {
  const y = positive(rows * columns);
  for (let r = 0; r < rows; r++) {
    const row = y.subarray(r * columns, (r + 1) * columns);
    const total = row.reduce((sum, v) => sum + v, 0);
    row.forEach((v, c) => row[c] = v / total);
  }
  return y;
}

export function logsumexp(x: Float32Array, rows: number): Float32Array {
  const columns = x.length / rows;
  return Float32Array.from({ length: rows }, (_, r) => {
    const row = x.subarray(r * columns, (r + 1) * columns);
    return Math.log(row.reduce((sum, v) => sum + Math.exp(v), 0));
  });
}

export function statistics(rows: number): Float32Array {
  return Float32Array.from({ length: rows * 2 }, (_, i) => i % 2 ? 0.5 + random.uniform() : random.normal());
}

/** Products: [batch, m, n, k], in every transpose combination. */
const productSizes = [
  [1, 1, 1, 1],
  [1, 3, 5, 7],
  [1, 17, 31, 1],
  [1, 33, 130, 65],
  [3, 9, 11, 13],
  [1, 64, 64, 64],
  [2, 128, 96, 40],
  [1, 131, 4, 260],
  [1, 1, 257, 33],
  [1, 20, 24, 0],
];

function products(): KernelCase<"matmul">[] {
  return productSizes.flatMap(([batch, m, n, k]) =>
    [0, 1, 2, 3].map((flags) => {
      const [transposeA, transposeB] = [flags & 1, flags >> 1];
      return {
        name: `${batch} of ${m} x ${k} by ${k} x ${n}, transposed ${transposeA} ${transposeB}`,
        inputs: [normal(batch * m * k), normal(k * n)],
        outputs: [batch * m * n],
        uniforms: { batch, m, n, k, transposeA, transposeB, strideA: m * k, strideB: 0 },
      };
    })
  ).concat([{
    name: "a matrix each",
    inputs: [normal(4 * 5 * 6), normal(4 * 6 * 7)],
    outputs: [4 * 5 * 7],
    uniforms: { batch: 4, m: 5, n: 7, k: 6, transposeA: 0, transposeB: 0, strideA: 30, strideB: 42 },
  }]);
}

export interface Packing {
  readonly name: string;
  readonly heads: number;
  readonly headSize: number;
  /** Queries and keys of each sequence. */
  readonly lengths: readonly (readonly [number, number])[];
}

const packings: Packing[] = [
  { name: "one token", heads: 1, headSize: 1, lengths: [[1, 1]] },
  { name: "odd lengths", heads: 3, headSize: 5, lengths: [[7, 7], [1, 1], [13, 13], [2, 2]] },
  { name: "longer than a workgroup", heads: 2, headSize: 16, lengths: [[67, 67], [33, 33]] },
  { name: "cross", heads: 2, headSize: 8, lengths: [[3, 11], [9, 4], [1, 70]] },
  { name: "a sequence without keys", heads: 2, headSize: 4, lengths: [[3, 0], [4, 5], [0, 2]] },
  { name: "heads of 64", heads: 2, headSize: 64, lengths: [[19, 19], [36, 36]] },
];

export function packed({ heads, headSize, lengths }: Packing) {
  const segments: number[] = [];
  let [queries, keys, size] = [0, 0, 0];
  for (const [queryRows, keyRows] of lengths) {
    segments.push(queries, queryRows, keys, keyRows, size);
    queries += queryRows;
    keys += keyRows;
    size += heads * queryRows * keyRows;
  }
  const hidden = heads * headSize;
  return {
    segments: Int32Array.from(segments),
    queries: queries * hidden,
    keys: keys * hidden,
    size,
    sizes: {
      sequences: lengths.length,
      heads,
      headSize,
      longestQueries: Math.max(...lengths.map(([rows]) => rows)),
      longestKeys: Math.max(...lengths.map(([, rows]) => rows)),
    },
  };
}

/** Probabilities, each tenth marked as dropped by its sign. */
export function marked(size: number): Float32Array {
  return positive(size).map((v, i) => i % 10 === 3 ? -v : i % 10 === 5 ? -0 : v);
}

function applyCases(rowsOf: "keys" | "queries"): KernelCase<"attention_apply">[] {
  return packings.flatMap((packing) =>
    [0, 1].map((dropped) => {
      const { segments, size, sizes, ...counts } = packed(packing);
      return {
        name: `${packing.name}${dropped ? ", dropped" : ""}`,
        inputs: [dropped ? marked(size) : normal(size), normal(counts[rowsOf]), segments],
        outputs: [rowsOf === "keys" ? counts.queries : counts.keys],
        uniforms: { ...sizes, dropped, keepScale: dropped ? 1.25 : 1 },
      };
    })
  );
}

/** Class weights or none, smoothing or none; all four ways over the matrix sizes. */
export function crossEntropyTarget(rows: number, columns: number) {
  const weights = positive(columns);
  const weighted = Number(columns % 2 === 0 || rows === columns);
  const totalWeight = weighted ? weights.reduce((sum, weight) => sum + weight, 0) : columns;
  const smoothing = rows > 5 ? 0.1 : 0;
  return { weights, uniforms: { rows, columns, ignoreIndex: -100, smoothing, weighted, totalWeight } };
}

/** The same cases on the sizes of their numbers. */
function onPositive(cases: KernelCase<"log">[]): KernelCase<"log">[] {
  return cases.map((c) => ({ ...c, inputs: c.inputs.map((x) => x.map(Math.abs)) }));
}

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
  attention_apply: applyCases("keys"),
  attention_apply_transposed: applyCases("queries"),
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

/** What a kernel gives on a device, each output in full. Outputs that are not updated in place hold NaN before, so that gaps show. */
export async function runCase<K extends KernelName>(
  backend: Backend,
  kernel: K,
  c: KernelCase<K>,
): Promise<HostArray[]> {
  const upload = (values: HostArray, name: string) => {
    const buffer = backend.allocate(4 * Math.max(1, values.length), name);
    backend.write(buffer, values);
    return buffer;
  };
  const inputs = c.inputs.map((values, i) => upload(values, kernels[kernel].inputs[i]));
  const before = c.outputs.map((output) => typeof output === "number" ? new Float32Array(output).fill(NaN) : output);
  const outputs = before.map((values, i) => upload(values, kernels[kernel].outputs[i]));
  backend.run(kernel, inputs, outputs, c.uniforms);
  const results: HostArray[] = [];
  for (const [i, buffer] of outputs.entries()) {
    results.push(await backend.read(buffer, dtypeOf(before[i]), before[i].length));
  }
  for (const buffer of [...inputs, ...outputs]) backend.free(buffer);
  return results;
}

export function dtypeOf(values: HostArray): DType {
  return values instanceof Int32Array ? "int32" : "float32";
}

/**
 * Where `actual` differs from `expected` beyond rounding, in words; undefined where it does not. NaN and what is infinite in float32 must
 * stand in the same places, and where `signs` is true the signs must agree too, those of zeros included.
 */
export function difference(
  actual: HostArray,
  expected: HostArray,
  tolerance = 4e-6,
  signs = false,
): string | undefined {
  let largest = 0;
  for (const value of expected) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  const allowed = Math.max(1e-6, tolerance * largest);
  for (let i = 0; i < expected.length; i++) {
    const [got, wanted] = [actual[i], expected[i]];
    const isSame = Object.is(got, Math.fround(wanted)) || Math.abs(got - wanted) <= allowed;
    if (!isSame || (signs && isNegative(got) !== isNegative(wanted))) {
      return `element ${i} of ${expected.length} is ${got}, float64 gives ${wanted} (allowed ${
        allowed.toExponential(1)
      })`;
    }
  }
  return undefined;
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}
