// Values that kernels are given: random ones from one seed, sizes that are odd on purpose (1, primes, not multiples of 4, more than one
// workgroup), and those that overflow a careless kernel.

import type { HostArray } from "../../lib/backend/backend.ts";
import type { Uniforms } from "../../lib/backend/kernels.ts";
import { Random } from "../../lib/tensor/random.ts";
import type { KernelCase } from "./kernel_case.ts";

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

export const vectorSizes = [1, 3, 4, 255, 257, 1030];
const matrixSizes = [[1, 1], [1, 2], [3, 7], [5, 64], [65, 65], [130, 257], [2, 1031]];
export const keepAll = { threshold: 0, keepScale: 1, seed: 0 };
export const dropSome = { threshold: 6554, keepScale: 65536 / (65536 - 6554), seed: 3735928559 };

/** Values at which careless exponentials and comparisons fail. */
const special = [0, -0, 1e-30, 1e4, -1e4, 88, -88, 104, -104, 20, -20, 4, -4, 0.99, 1.01, -6, 5.9, 1e-3];

export function elementwise(inputs: number): KernelCase<"add">[] {
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
export function withNaN(): KernelCase<"exp"> {
  return { name: "not a number", inputs: [Float32Array.of(1, NaN, -2, NaN, 0)], outputs: [5], uniforms: { size: 5 } };
}

export function byMatrix<C>(make: (rows: number, columns: number, name: string) => C): C[] {
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
export const productSizes = [
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

export function products(): KernelCase<"matmul">[] {
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

export const packings: Packing[] = [
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

/** Each packing with and without dropout; what is summed is a row for each key, or for each query. */
export function applyCases(
  packings: readonly Packing[],
  rowsOf: "keys" | "queries",
  tolerance?: number,
): KernelCase<"attention_apply">[] {
  return packings.flatMap((packing) =>
    [0, 1].map((dropped) => {
      const { segments, size, sizes, ...counts } = packed(packing);
      return {
        name: `${packing.name}${dropped ? ", dropped" : ""}`,
        inputs: [dropped ? marked(size) : normal(size), normal(counts[rowsOf]), segments],
        outputs: [rowsOf === "keys" ? counts.queries : counts.keys],
        uniforms: { ...sizes, dropped, keepScale: dropped ? 1.25 : 1 },
        tolerance,
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
export function onPositive(cases: KernelCase<"log">[]): KernelCase<"log">[] {
  return cases.map((c) => ({ ...c, inputs: c.inputs.map((x) => x.map(Math.abs)) }));
}
