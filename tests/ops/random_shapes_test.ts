// Every op on shapes drawn at random (the same every time), device against float64: lengths of 1, primes, not multiples of 4, more than one
// workgroup or one thread's share; values to 1e4; and an empty batch, forward and backward.

import assert from "node:assert/strict";
import { apply } from "../../lib/autograd/mod.ts";
import * as ops from "../../lib/ops/mod.ts";
import { Random, type Shape, sizeOf, type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { integerValues, normalValues, type OpCase, testOp, type Values } from "../test_op.ts";

const LENGTHS = [1, 2, 3, 5, 7, 13, 17, 31, 67, 131, 257, 1031];
const LARGEST = 30_000;
const LARGEST_PRODUCT = 1_000_000;

/** Draws shapes and values. */
class Draw {
  readonly #random: Random;
  #seed: number;

  constructor(seed: number, readonly scale: number) {
    this.#random = new Random(seed);
    this.#seed = seed * 1000;
  }

  /** A number in [0, bound). */
  integer(bound: number): number {
    return this.#random.integer(bound);
  }

  /** An odd length that keeps `product` times it within `limit`. */
  length(product = 1, limit = LARGEST): number {
    const fitting = LENGTHS.filter((length) => length === 1 || length * product <= limit);
    return fitting[this.integer(fitting.length)];
  }

  /** A matrix's shape of so many rows. */
  matrix(rows: number): [number, number] {
    return [rows, this.length(rows)];
  }

  numbers(shape: Shape, scale = this.scale): Values {
    return normalValues(shape, this.#seed++, scale);
  }

  /** Numbers of at least 0.1, or at most -0.1 where negative. */
  awayFromZero(shape: Shape): Values {
    return mapped(this.numbers(shape), (value) => value + (value < 0 ? -0.1 : 0.1));
  }

  ids(shape: Shape, end: number, from = 0): Values {
    return integerValues(shape, this.#seed++, end, from);
  }
}

type Call = Pick<OpCase, "inputs" | "call">;
/** One call of an op on a batch of so many rows. */
type Make = (rows: number, draw: Draw) => Call;

function mapped({ shape, data }: Values, change: (value: number) => number): Values {
  return { shape, data: Float64Array.from(data, (value) => Math.fround(change(value))) };
}

const unary = (op: ops.Op, change: (value: number) => number = (value) => value): Make => (rows, draw) => ({
  inputs: [mapped(draw.awayFromZero(draw.matrix(rows)), change)],
  call: ([x]) => apply(op, [x]),
});

/** The second one in full, or repeated along one or both axes. */
const binary = (op: ops.Op): Make => (rows, draw) => {
  const shape = draw.matrix(rows);
  const other = [shape, [rows, 1], [shape[1]], [1, 1]][draw.integer(4)];
  return { inputs: [draw.numbers(shape), draw.awayFromZero(other)], call: (inputs) => apply(op, inputs) };
};

/** Three axes, the batch at any place. */
function cube(rows: number, draw: Draw): { shape: number[]; axis: number } {
  const inner = draw.length(rows, 3000);
  const shape = [rows, inner, draw.length(rows * inner)];
  return {
    shape: [shape, [shape[1], rows, shape[2]], [shape[1], shape[2], rows]][draw.integer(3)],
    axis: draw.integer(3),
  };
}

/** Along an axis of three; not along the batch where that is empty and `isFilled` asks for a value. */
const along = (call: (x: Tensor, axis: number) => Tensor, isFilled = false): Make => (rows, draw) => {
  const { shape, axis } = cube(rows, draw);
  const at = isFilled && shape[axis] === 0 ? (axis + 1) % 3 : axis;
  return { inputs: [draw.numbers(shape)], call: ([x]) => call(x, at) };
};

const norm = (rows: number, draw: Draw, inputs: number, call: (tensors: readonly Tensor[]) => Tensor): Call => {
  const [, columns] = draw.matrix(rows);
  const xs = Array.from({ length: inputs }, () => draw.numbers([rows, columns]));
  return { inputs: [...xs, draw.numbers([columns], 1), draw.numbers([columns], 1)], call };
};

const makers: Readonly<Record<string, Make>> = {
  abs: unary(ops.abs),
  exp: unary(ops.exp, (value) => Math.min(value, 5)),
  log: unary(ops.log, Math.abs),
  sqrt: unary(ops.sqrt, Math.abs),
  relu: unary(ops.relu),
  gelu: unary(ops.gelu),
  geluTanh: unary(ops.geluTanh),
  silu: unary(ops.silu),
  sigmoid: unary(ops.sigmoid),
  tanh: unary(ops.tanh),
  add: binary(ops.add),
  sub: binary(ops.sub),
  mul: binary(ops.mul),
  div: binary(ops.div),
  scale: (rows, draw) => ({
    inputs: [draw.numbers(draw.matrix(rows))],
    call: ([x]) => apply(ops.scale, [x], { factor: -2.5 }),
  }),
  softmax: along((x, axis) => apply(ops.softmax, [x], { axis })),
  logSoftmax: along((x, axis) => apply(ops.logSoftmax, [x], { axis })),
  sum: along((x, axis) => apply(ops.sum, [x], { axes: [axis] })),
  mean: along((x, axis) => apply(ops.mean, [x], { axes: [axis, (axis + 1) % 3], keepdim: true }), true),
  max: along((x, axis) => apply(ops.max, [x], { axis }), true),
  permute: along((x, axis) => apply(ops.permute, [x], { axes: [axis, (axis + 1) % 3, (axis + 2) % 3] })),
  reshape: along((x) => apply(ops.reshape, [x], { shape: [x.shape[2], x.shape[0] * x.shape[1]] })),
  slice: along((x, axis) => apply(ops.slice, [x], { axis, start: 1, end: -1 })),
  concat: (rows, draw) => {
    const { shape, axis } = cube(rows, draw);
    const inputs = [shape, shape.with(axis, draw.integer(4)), shape].map((part) => draw.numbers(part));
    return { inputs, call: (tensors) => apply(ops.concat, tensors, { axis }) };
  },
  gather: (rows, draw) => {
    const [, columns] = draw.matrix(rows);
    const index = draw.ids([rows, 1 + draw.integer(5)], columns);
    return {
      inputs: [draw.numbers([rows, columns]), index],
      call: (inputs) => apply(ops.gather, inputs, { axis: 1 }),
    };
  },
  maskedFill: (rows, draw) => {
    const shape = draw.matrix(rows);
    const mask = draw.ids([shape, [rows, 1], [shape[1]]][draw.integer(3)], 2);
    return { inputs: [draw.numbers(shape), mask], call: (inputs) => apply(ops.maskedFill, inputs, { value: -3 }) };
  },
  embedding: (rows, draw) => {
    const [vocabulary, columns] = draw.matrix(draw.length());
    return {
      inputs: [draw.numbers([vocabulary, columns]), draw.ids([rows], vocabulary, -1)],
      call: (inputs) => apply(ops.embedding, inputs, { paddingIndex: -1 }),
    };
  },
  dropout: (rows, draw) => {
    const seed = draw.integer(1e9);
    return {
      inputs: [draw.numbers(draw.matrix(rows))],
      call: ([x]) => apply(ops.dropout, [x], { p: 0.25, seed }),
    };
  },
  layerNorm: (rows, draw) => norm(rows, draw, 1, (inputs) => apply(ops.layerNorm, inputs, { eps: 1e-5 })),
  residualLayerNorm: (rows, draw) => {
    const dropout = { p: draw.integer(2) * 0.1, seed: draw.integer(1e9) };
    return norm(rows, draw, 2, (inputs) => apply(ops.residualLayerNorm, inputs, { eps: 1e-5, dropout }));
  },
  linear: (rows, draw) => {
    const k = draw.length(rows);
    const n = draw.length(rows * k, LARGEST_PRODUCT);
    const inputs = [draw.numbers([rows, k]), draw.numbers([n, k], 1), draw.numbers([n])];
    return { inputs: inputs.slice(0, 2 + draw.integer(2)), call: (tensors) => apply(ops.linear, tensors) };
  },
  matmul: (rows, draw) => {
    const m = draw.length(rows, 3000);
    const k = draw.length(rows * m);
    const n = draw.length(rows * m * k, LARGEST_PRODUCT);
    const [transposeA, transposeB] = [draw.integer(2) === 1, draw.integer(2) === 1];
    const batch = draw.integer(2) === 1 ? [rows] : [];
    const inputs = [
      draw.numbers([rows, ...transposeA ? [k, m] : [m, k]]),
      draw.numbers([...batch, ...transposeB ? [n, k] : [k, n]], 1),
    ];
    return { inputs, call: (tensors) => apply(ops.matmul, tensors, { transposeA, transposeB }) };
  },
  crossEntropy: (rows, draw) => {
    const [, classes] = draw.matrix(rows);
    const labels = mappedIds(draw.ids([rows], classes, -1), (label) => (label < 0 ? -100 : label));
    const labelSmoothing = draw.integer(2) * 0.2;
    return {
      inputs: [draw.numbers([rows, classes]), labels],
      call: (inputs) => apply(ops.crossEntropy, inputs, { labelSmoothing }),
    };
  },
  bceWithLogits: (rows, draw) => {
    const shape = draw.matrix(rows);
    const targets = mapped(draw.numbers(shape, 1), (value) => 1 / (1 + Math.exp(-value)));
    return { inputs: [draw.numbers(shape), targets], call: (inputs) => apply(ops.bceWithLogits, inputs) };
  },
  attention: (rows, draw) => {
    const [heads, size] = [1 + draw.integer(4), [1, 3, 4, 7, 16, 33][draw.integer(6)]];
    const sequences = Math.min(rows, 9); // some have no key at all
    const lengths = Array.from({ length: sequences }, () => [1 + draw.integer(40), draw.integer(40)]);
    const total = (at: number) => lengths.reduce((sum, length) => sum + length[at], 0);
    const [causal, p] = [draw.integer(2) === 1, draw.integer(2) * 0.2];
    return {
      inputs: [total(0), total(1), total(1)].map((count) => draw.numbers([count, heads * size])),
      call: (inputs) => {
        const { segments, probabilities } = segmentsOf(lengths, heads);
        return apply(ops.attention, [...inputs, segments], { heads, probabilities, causal, dropout: { p, seed: 3 } });
      },
    };
  },
};

function mappedIds({ shape, data }: Values, change: (id: number) => number): Values {
  return { shape, data: Int32Array.from(data, change) };
}

function segmentsOf(lengths: readonly (readonly number[])[], heads: number) {
  let [query, key, probabilities] = [0, 0, 0];
  const rows = lengths.flatMap(([queries, keys]) => {
    const row = [query, queries, key, keys, probabilities];
    query += queries;
    key += keys;
    probabilities += heads * queries * keys;
    return row;
  });
  return { segments: tensor(Int32Array.from(rows), [lengths.length, 5]), probabilities };
}

const isOp = (value: unknown) => typeof value === "object" && value !== null && "backward" in value;
const opNames = Object.entries(ops).filter(([, value]) => isOp(value)).map(([name]) => name);
assert.deepEqual(Object.keys(makers).sort(), opNames.sort(), "an op has no random shapes");

/** Batches of an op: the sizes of three are drawn, one is large, one has values to 1e4, one is empty. */
const batches = [{}, {}, {}, { rows: 257 }, { scale: 2000 }, { rows: 0 }];

Object.entries(makers).forEach(([name, make], op) => {
  const cases = batches.map(({ rows, scale = 1 }, i): OpCase => {
    const draw = new Draw(op * batches.length + i + 1, scale);
    const { inputs, call } = make(rows ?? draw.length(1, 140), draw);
    const size = inputs.reduce((sum, input) => sum + sizeOf(input.shape), 0);
    return {
      name: `${inputs.map(({ shape }) => `(${shape})`).join(" and ")}${scale > 1 ? ", values to 1e4" : ""}`,
      inputs,
      call,
      ...(size > 60 && { noDifferences: "too many to take one by one" }),
      ...(scale > 1 && { noDifferences: "the step would be as large as other tests' values" }),
    };
  });
  testOp({ name: `${name}() on random shapes`, cases });
});
