// How each kernel is shared by the threads: its units of work, and how many a thread takes at a time. The arithmetic is
// in kernels/cpu. Which thread takes which units is left to chance; what is done in one grab is not, so the bits are
// the same each run.

import { type KernelName, kernels, SUM_OF_SQUARES_CHUNK, type Uniforms } from "../kernels.ts";
import type { CpuExports } from "./wasm.ts";

/** The names in the order of the table: a kernel's index is how threads speak of it. */
export const KERNEL_NAMES = Object.keys(kernels) as KernelName[];

/** What a plan may know beside the numbers of the call. */
export interface Machine {
  readonly threads: number;
  readonly wasm: CpuExports;
}

/**
 * Units of a call, and how many of them one grab takes. A call with no more than one grab stays on the calling thread.
 */
export interface Shares {
  readonly units: number;
  readonly grain: number;
}

type Plan<U> = (uniforms: U, machine: Machine) => Shares;

/**
 * Work worth one grab, in nanoseconds. Sharing a call with a Worker that is awake costs about 3 us in all, a further
 * grab 0.15 us: below two grabs of this size one thread is faster, above it the loss is small.
 */
const GRAB_NS = 8000;

/** Shares of `units` that take `ns` each on one thread; a grab is a multiple of `step` units. */
function shares(units: number, ns: number, step = 1): Shares {
  return { units, grain: Math.max(1, Math.ceil(GRAB_NS / Math.max(ns, 0.01) / step)) * step };
}

/** Elements, each independent of the others; a grab starts on a cache line. */
const elements = (ns: number): Plan<{ size: number }> => ({ size }) => shares(size, ns, 16);
/** Whole rows, at so much an element. */
const rows = (ns: number): Plan<{ rows: number; columns: number }> => ({ rows, columns }) => shares(rows, ns * columns);
/** Whole columns, summed over all rows: as many at a time as leaves each thread two grabs, for long reads of each row. */
const columns = (ns: number): Plan<{ rows: number; columns: number }> => ({ rows, columns }, { threads }) => {
  const { units, grain } = shares(columns, ns * rows, 16);
  return { units, grain: Math.max(grain, Math.ceil(columns / (2 * threads) / 16) * 16) };
};
const whole: Plan<unknown> = () => ({ units: 1, grain: 1 });

interface Heads {
  sequences: number;
  heads: number;
  headSize: number;
  longestQueries: number;
  longestKeys: number;
}

/**
 * Heads of sequences. All heads of a sequence go together (one batch of products) unless there are too few sequences to
 * share.
 */
const heads: Plan<Heads> = ({ sequences, heads, headSize, longestQueries, longestKeys }, { threads }) => {
  const units = sequences * heads;
  const { grain } = shares(units, longestQueries * longestKeys * (1 + headSize / 32));
  if (sequences >= 2 * threads || grain >= heads) return { units, grain: Math.ceil(grain / heads) * heads };
  return { units, grain: heads % grain === 0 ? grain : 1 };
};

const plans: { readonly [K in KernelName]: Plan<Uniforms<K>> } = {
  fill: elements(0.2),
  add: elements(0.4),
  sub: elements(0.4),
  mul: elements(0.4),
  div: elements(0.5),
  accumulate: elements(0.4),
  scale: elements(0.3),
  gelu: elements(1.4),
  gelu_grad: elements(1.6),
  tanh: elements(1.6),
  tanh_grad: elements(0.4),
  exp: elements(1),
  log: elements(6),
  sqrt: elements(0.6),
  abs: elements(0.3),
  abs_grad: elements(0.5),
  relu: elements(0.3),
  relu_grad: elements(0.4),
  sigmoid: elements(1.4),
  sigmoid_grad: elements(0.4),
  silu: elements(1.4),
  silu_grad: elements(1.8),
  gelu_tanh: elements(1.8),
  gelu_tanh_grad: elements(2.4),
  masked_fill: elements(0.5),
  bce_with_logits: elements(8),
  copy_strided: (u) => shares(u.length0 * u.length1 * u.length2 * u.length3 * u.length4, 4 + 0.4 * u.length5),
  dropout: rows(0.8),
  softmax: rows(1.5),
  softmax_grad: rows(0.6),
  log_softmax: rows(1.6),
  log_softmax_grad: rows(1.4),
  row_sum: rows(0.2),
  row_max: rows(1),
  gather: ({ rows, count }) => shares(rows, 2 + 1.5 * count),
  gather_grad: ({ rows, columns, count }) => shares(rows, 2 + 0.1 * columns + 1.5 * count),
  layer_norm: rows(0.8),
  residual_layer_norm: rows(1.4),
  layer_norm_grad: rows(0.8),
  layer_norm_grad_weight: columns(0.6),
  sum_rows: columns(0.3),
  sum: whole,
  embedding: rows(0.3),
  // every grab reads all ids, so there are not many of them
  embedding_grad: ({ vocabulary, columns }) => {
    const { units, grain } = shares(vocabulary, 0.2 * columns);
    return { units, grain: Math.max(grain, Math.ceil(vocabulary / 32)) };
  },
  matmul: ({ batch, m, n, k }, { wasm }) =>
    batch === 1 ? { units: wasm.matmul_units(batch, m, n, k), grain: 1 } : shares(batch, 300 + m * n * k * 0.03),
  linear: ({ rows, n, k }, { wasm }) => ({ units: wasm.linear_units(rows, n, k), grain: 1 }),
  attention_probabilities: heads,
  attention_apply: heads,
  attention_apply_transposed: heads,
  attention_scores_grad: heads,
  cross_entropy: rows(1.5),
  cross_entropy_grad: rows(2),
  adamw: elements(1.2),
  adamw_rows: rows(1.2),
  adamw_catch_up: ({ rows, columns }) => shares(rows, 12 * columns), // each misses another number of steps; ten are a guess
  sum_of_squares: ({ size }) => shares(Math.ceil(size / SUM_OF_SQUARES_CHUNK), SUM_OF_SQUARES_CHUNK * 0.2),
  norm: whole,
  clip: elements(0.3),
};

/** How a call is shared. */
export function plan<K extends KernelName>(kernel: K, uniforms: Uniforms<K>, machine: Machine): Shares {
  return plans[kernel](uniforms, machine);
}
