// How the work of each kernel can be cut into windows, for buffers larger than one binding (windows.ts): along which axis, how far each
// argument goes for one step along it, and what the kernel is told then. A kernel with no cut takes only what can be bound whole.

import { type KernelName, SUM_OF_SQUARES_CHUNK, type Uniforms } from "../kernels.ts";

/** Numbers that a shader finds behind its uniforms, as u32 in this order: where a window lies in the whole. */
export type Place = Readonly<Record<string, number>>;

/** Steps first … first + count - 1 along an axis of the work that `uniforms` and `place` describe. */
interface Steps<U> {
  readonly first: number;
  readonly count: number;
  readonly uniforms: U;
  readonly place: Place;
}

/** One axis that a kernel's work can be cut along. */
export interface Cut<U> {
  /** Numbers of an argument for one step along the axis; 0 where the argument does not go along it from end to end. */
  readonly stride: (argument: string, uniforms: U, place: Place) => number;
  /** Steps of the whole axis. */
  readonly end: (uniforms: U, lengthOf: (argument: string) => number) => number;
  /** What changes for some of the steps. */
  readonly window: (steps: Steps<U>) => { readonly uniforms?: Partial<U>; readonly place?: Place };
  /** Windows begin at multiples of it; by default anywhere. */
  readonly step?: number;
}

type Cuts<U> = readonly Cut<U>[];

/** Every argument an element a step, but for those named, which are used whole. */
function elements(...whole: string[]): Cuts<{ size: number }> {
  return [{
    stride: (argument) => Number(!whole.includes(argument)),
    end: ({ size }) => size,
    window: ({ count }) => ({ uniforms: { size: count } }),
  }];
}

interface Matrix {
  readonly rows: number;
  readonly columns: number;
}

/** The arguments in `matrices` have `columns` numbers a row, those in `numbers` so many; all others are used whole. */
function rows(matrices: readonly string[], numbers: Readonly<Record<string, number>> = {}): Cut<Matrix> {
  return {
    stride: (argument, { columns }) => matrices.includes(argument) ? columns : numbers[argument] ?? 0,
    end: (u) => u.rows,
    window: ({ count }) => ({ uniforms: { rows: count } }),
  };
}

/** Rows whose elements dropout counts: a window's seed stands where its first row's random bits begin (shared/random.wgsl). */
function droppedRows(matrices: readonly string[], numbers?: Record<string, number>): Cut<Matrix & { seed: number }> {
  return {
    ...rows(matrices, numbers),
    window: ({ first, count, uniforms: { columns, seed } }) => ({
      uniforms: { rows: count, seed: seed + first * Math.ceil(columns / 8) * 4 },
    }),
  };
}

/** Rows of a table that ids name: a window leaves alone what is not in its own rows, first … end - 1. */
function table(...tables: string[]): Cut<Matrix> {
  return {
    stride: (argument, { columns }) => tables.includes(argument) ? columns : 0,
    end: ({ columns }, lengthOf) => Math.ceil(lengthOf(tables[0]) / columns),
    window: ({ first, count }) => ({ place: { first, end: first + count } }),
  };
}

const wholeTable: Place = { first: 0, end: 0xffffffff };

/** A cut of what is summed: each window but the first adds to what the ones before it gave. */
function summed<U>(cut: Cut<U>): Cut<U> {
  return {
    ...cut,
    window(steps) {
      const { uniforms, place } = cut.window(steps);
      return { uniforms, place: { ...place, adds: Number(steps.first > 0 || steps.place.adds > 0) } };
    },
  };
}

// A matrix that is stored line after line is cut between its lines; one that a cut runs through is bound whole and read from `start` on,
// four numbers at a time.
const matmul: Cuts<Uniforms<"matmul">> = [
  {
    stride: (name, u) => u.batch === 1 ? 0 : { a: u.strideA, b: u.strideB, y: u.m * u.n }[name] ?? 0,
    end: ({ batch }) => batch,
    window: ({ count }) => ({ uniforms: { batch: count } }),
  },
  {
    stride: (name, u, p) => u.batch > 1 ? 0 : { a: u.transposeA ? 0 : p.lineA, y: p.lineY }[name] ?? 0,
    end: ({ m }) => m,
    window: ({ first, count, uniforms: { transposeA }, place }) => ({
      uniforms: { m: count },
      place: { startA: place.startA + (transposeA ? first : 0) },
    }),
    step: 4,
  },
  {
    stride: (name, u, p) => u.batch > 1 || name !== "b" || !u.transposeB ? 0 : p.lineB,
    end: ({ n }) => n,
    window: ({ first, count, place }) => ({ uniforms: { n: count }, place: { startY: place.startY + first } }),
    step: 4,
  },
  summed({
    stride: (name, u, p) =>
      u.batch > 1 ? 0 : { a: u.transposeA ? p.lineA : 0, b: u.transposeB ? 0 : p.lineB }[name] ?? 0,
    end: ({ k }) => k,
    window: ({ first, count, uniforms: { transposeA, transposeB }, place }) => ({
      uniforms: { k: count },
      place: {
        startA: place.startA + (transposeA ? 0 : first),
        startB: place.startB + (transposeB ? first : 0),
      },
    }),
    step: 4,
  }),
];

const linear: Cuts<Uniforms<"linear">> = [
  {
    stride: (name, { k }, { lineY }) => ({ x: k, y: lineY })[name] ?? 0,
    end: (u) => u.rows,
    window: ({ count }) => ({ uniforms: { rows: count } }),
  },
  {
    stride: (name, { k }) => ({ weight: k, bias: 1 })[name] ?? 0,
    end: ({ n }) => n,
    window: ({ first, count, place }) => ({ uniforms: { n: count }, place: { startY: place.startY + first } }),
    step: 4,
  },
];

export const cuts: { readonly [K in KernelName]: Cuts<Uniforms<K>> } = {
  fill: elements(),
  add: elements(),
  sub: elements(),
  mul: elements(),
  div: elements(),
  accumulate: elements(),
  scale: elements(),
  exp: elements(),
  log: elements(),
  sqrt: elements(),
  abs: elements(),
  abs_grad: elements(),
  relu: elements(),
  relu_grad: elements(),
  sigmoid: elements(),
  sigmoid_grad: elements(),
  silu: elements(),
  silu_grad: elements(),
  gelu_tanh: elements(),
  gelu_tanh_grad: elements(),
  gelu: elements(),
  gelu_grad: elements(),
  tanh: elements(),
  tanh_grad: elements(),
  masked_fill: elements(),
  bce_with_logits: elements(),
  adamw: elements("norm"),
  clip: elements("norm"),
  sum: elements("y").map(summed),
  sum_of_squares: elements("partials").map((cut): Cut<Uniforms<"sum_of_squares">> => ({
    ...cut,
    window: ({ first, count, uniforms }) => ({
      uniforms: { size: count, first: uniforms.first + first / SUM_OF_SQUARES_CHUNK },
    }),
    step: SUM_OF_SQUARES_CHUNK,
  })),
  norm: [], // of partial sums, which are few

  dropout: [droppedRows(["x", "y"])],
  softmax: [rows(["x", "y"])],
  softmax_grad: [rows(["y", "dy", "dx"])],
  log_softmax: [rows(["x", "y"])],
  log_softmax_grad: [rows(["y", "dy", "dx"])],
  row_sum: [rows(["x"], { y: 1 })],
  row_max: [rows(["x"], { y: 1, index: 1 })],
  gather: [{
    ...rows(["x"]),
    stride: (name, { columns, count }) => ({ x: columns, index: count, y: count })[name] ?? 0,
  }],
  gather_grad: [{
    ...rows(["dx"]),
    stride: (name, { columns, count }) => ({ dx: columns, index: count, dy: count })[name] ?? 0,
  }],
  layer_norm: [rows(["x", "y"], { statistics: 2 })],
  residual_layer_norm: [droppedRows(["x", "residual", "y", "sum"], { statistics: 2 })],
  layer_norm_grad: [rows(["dy", "x", "dx"], { statistics: 2 })],
  layer_norm_grad_weight: [summed(rows(["dy", "x"], { statistics: 2 }))],
  sum_rows: [summed(rows(["x"]))],
  cross_entropy: [rows(["logits"], { labels: 1, losses: 1, statistics: 1 })],
  cross_entropy_grad: [{
    ...rows(["logits", "dlogits"]),
    stride: (name, { columns, perRow }) =>
      ({ logits: columns, dlogits: columns, labels: 1, statistics: 1, dy: perRow })[name] ?? 0,
  }],

  embedding: [rows(["y"], { ids: 1 }), table("weight")],
  embedding_grad: [{
    stride: (name, { columns }) => name === "dweight" ? columns : 0,
    end: ({ vocabulary }) => vocabulary,
    window: ({ first, count }) => ({ uniforms: { vocabulary: count }, place: { first } }),
  }],
  adamw_rows: [rows(["gradient"], { ids: 1 }), table("parameter", "m", "v")],
  adamw_catch_up: [table("parameter", "m", "v")],

  matmul,
  linear,

  // places in these are given by numbers that the host does not see here
  copy_strided: [],
  attention_probabilities: [],
  attention_apply: [],
  attention_apply_transposed: [],
  attention_scores_grad: [],
};

/** The place of uncut work, for the kernels that are told of theirs. */
export const places: { readonly [K in KernelName]?: (uniforms: Uniforms<K>) => Place } = {
  sum: () => ({ adds: 0 }),
  sum_rows: () => ({ adds: 0 }),
  layer_norm_grad_weight: () => ({ adds: 0 }),
  embedding: () => wholeTable,
  embedding_grad: () => ({ first: 0 }),
  adamw_rows: () => wholeTable,
  adamw_catch_up: () => wholeTable,
  matmul: ({ m, n, k, transposeA, transposeB }) => ({
    lineA: transposeA ? m : k,
    lineB: transposeB ? k : n,
    lineY: n,
    startA: 0,
    startB: 0,
    startY: 0,
    adds: 0,
  }),
  linear: ({ n }) => ({ lineY: n, startY: 0 }),
};
