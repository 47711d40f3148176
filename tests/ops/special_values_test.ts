// Values that are not ordinary, against PyTorch: NaN, infinities, 1e4, where exponentials overflow float32. A NaN is right only where PyTorch
// has one, and wrong where PyTorch has none.
//
// tests/fixtures/special.json comes from PyTorch 2.6, in float64: each op below on the inputs that the file holds, y.backward(u) with u =
// 0.5, -1.25, 2, 0.5, … in y's shape. attention is softmax(q kᵀ / √2) v for rows 0-1 and rows 2-4, each among themselves.

import assert from "node:assert/strict";
import { apply } from "../../lib/autograd/mod.ts";
import * as ops from "../../lib/ops/mod.ts";
import { type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { goldenJson } from "../golden.ts";
import { assertClose } from "../test_op.ts";

type Numbers = readonly (number | string)[]; // "NaN", "Infinity" and "-Infinity" are strings in JSON

interface SpecialRow {
  readonly op: string;
  readonly inputs: Readonly<Record<string, { shape: readonly number[]; data: Numbers; whole: boolean }>>;
  readonly y: Numbers;
  readonly grads: Readonly<Record<string, Numbers>>;
}

const segments = Int32Array.of(0, 2, 0, 2, 0, 2, 3, 2, 3, 4);

const calls: Readonly<Record<string, (inputs: readonly Tensor[]) => Tensor>> = {
  exp: ([x]) => x.exp(),
  log: ([x]) => x.log(),
  sqrt: ([x]) => x.sqrt(),
  abs: ([x]) => x.abs(),
  relu: ([x]) => x.relu(),
  sigmoid: ([x]) => x.sigmoid(),
  silu: ([x]) => x.silu(),
  gelu: ([x]) => x.gelu(),
  gelu_tanh: ([x]) => x.gelu({ approximate: "tanh" }),
  tanh: ([x]) => x.tanh(),
  neg: ([x]) => x.neg(),
  square: ([x]) => x.square(),
  add: ([a, b]) => a.add(b),
  sub: ([a, b]) => a.sub(b),
  mul: ([a, b]) => a.mul(b),
  div: ([a, b]) => a.div(b),
  sum: ([x]) => x.sum(-1),
  mean: ([x]) => x.mean(-1),
  max: ([x]) => x.max(-1),
  argmax: ([x]) => x.argmax(-1),
  softmax: ([x]) => x.softmax(),
  log_softmax: ([x]) => x.logSoftmax(),
  var: ([x]) => x.var(-1),
  layer_norm: (inputs) => apply(ops.layerNorm, inputs, { eps: 1e-5 }),
  cross_entropy: (inputs) => apply(ops.crossEntropy, inputs, { reduction: "none" }),
  cross_entropy_mean: (inputs) => apply(ops.crossEntropy, inputs, {}),
  bce_with_logits: (inputs) => apply(ops.bceWithLogits, inputs),
  matmul: ([a, b]) => a.matmul(b),
  linear: (inputs) => apply(ops.linear, inputs),
  embedding: (inputs) => apply(ops.embedding, inputs, { paddingIndex: -1 }),
  masked_fill: ([x, mask]) => x.maskedFill(mask, -5),
  gather: ([x, index]) => x.gather(1, index),
  attention: (inputs) => apply(ops.attention, [...inputs, tensor(segments, [2, 5])], { heads: 1, probabilities: 13 }),
};

/** Places whose numbers are others than PyTorch's, by output, and why. */
const differing: Readonly<Record<string, { why: string; places: Readonly<Record<string, readonly number[]>> }>> = {
  gelu: { why: "the limit at an infinity, NaN in PyTorch", places: { y: [2], x: [1, 2] } },
  gelu_tanh: { why: "the limit at an infinity, NaN in PyTorch", places: { x: [1, 2] } },
};

const rows = goldenJson<SpecialRow[]>("special.json");
assert.deepEqual(rows.map(({ op }) => op), Object.keys(calls));

for (const { op, inputs, y: expected, grads } of rows) {
  const but = differing[op] ? `, but for ${differing[op].why}` : "";
  for (const device of ["float64", "cpu", "webgpu"] as const) {
    deviceTest(device, `${op} has NaN, infinities and large numbers where PyTorch has${but}`, async () => {
      const tensors = Object.values(inputs).map(({ shape, data, whole }) => {
        const made = tensor(whole ? Int32Array.from(data, Number) : Float64Array.from(data, Number), shape);
        made.requiresGrad = !whole && op !== "argmax";
        return made;
      });
      const y = calls[op](tensors);
      await assertSame(y, expected, op, "y");
      if (!y.isDifferentiable) return;
      y.backward(tensor(Float64Array.from({ length: y.size }, (_, i) => [0.5, -1.25, 2][i % 3]), y.shape));
      for (const [i, name] of Object.keys(inputs).entries()) {
        if (name in grads) await assertSame(tensors[i].grad!, grads[name], op, name);
      }
    });
  }
}

async function assertSame(found: Tensor, expected: Numbers, op: string, output: string): Promise<void> {
  const values = await found.backend.read(found.buffer, found.dtype, found.size);
  const left = differing[op]?.places[output] ?? [];
  const wanted = Array.from(expected, (value, i) => left.includes(i) ? values[i] : Number(value));
  const largest = wanted.filter(Number.isFinite).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  assertClose(values, wanted, 2e-6 * largest, `${output}, or its gradient`);
}
