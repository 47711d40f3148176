// What an op needs on the way is free when it returns: outside of any scope it leaves its result, and its graph what the gradient needs.

import assert from "node:assert/strict";
import { concat, noGrad, stack } from "../../lib/autograd/mod.ts";
import { functional, MultiHeadAttention, SinusoidalPositions } from "../../lib/nn/mod.ts";
import { keep, scope, type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { normalValues } from "../test_op.ts";

/** What is made once a device, so that only what ops make is counted. */
function fixtures() {
  const ints = (values: number[], shape: number[]) => {
    const made = keep(tensor(Int32Array.from(values), shape));
    made.storage; // uploaded now, not at its first use
    return made;
  };
  return {
    row: keep(tensor([1, 2, 3, 4])),
    matrix: keep(tensor(normalValues([1, 5, 4], 2).data, [1, 5, 4])),
    places: ints(Array(16).fill(2), [2, 2, 4]),
    lines: ints([1, 0, 1], [3, 1]),
    tokens: ints([1, 1, 0, 1, 0, 0], [2, 3]),
    labels: ints([0, 1, 2, 3, 0, 1], [6]),
    attention: new MultiHeadAttention(4, 2),
    positions: new SinusoidalPositions(5, 4),
  };
}

type Call = (x: Tensor, made: ReturnType<typeof fixtures>) => Tensor;

/** One call of each op in the form that needs most on the way: broadcast, over an inner axis, permuted. x is (2, 3, 4), positive. */
const calls: Readonly<Record<string, Call>> = {
  add: (x, { row }) => x.add(row),
  sub: (x, { row }) => x.sub(row),
  mul: (x, { row }) => x.mul(row),
  div: (x, { row }) => x.div(row),
  "with a number": (x) => x.add(1),
  exp: (x) => x.exp(),
  log: (x) => x.log(),
  sqrt: (x) => x.sqrt(),
  gelu: (x) => x.gelu({ approximate: "tanh" }),
  softmax: (x) => x.softmax(1),
  logSoftmax: (x) => x.logSoftmax(0),
  sum: (x) => x.sum([0, 2]),
  mean: (x) => x.mean(1, { keepdim: true }),
  var: (x) => x.var(1),
  max: (x) => x.max(0),
  "max of all": (x) => x.max(),
  argmax: (x) => x.argmax(1),
  permute: (x) => x.permute([2, 0, 1]),
  slice: (x) => x.slice(2, 1, 3),
  select: (x) => x.select(1, 2),
  gather: (x, { places }) => x.gather(1, places),
  maskedFill: (x, { lines }) => x.maskedFill(lines, -1),
  concat: (x) => concat([x, x], 1),
  stack: (x) => stack([x, x], -1),
  matmul: (x, { matrix }) => x.matmul(matrix, { transposeB: true }),
  "matmul by a batch": (x, { matrix }) => matrix.matmul(x, { transposeB: true }),
  crossEntropy: (x, { labels }) =>
    scope(() => functional.crossEntropy(x.reshape([6, 4]), labels, { weight: [1, 2, 3, 4] })),
  mseLoss: (x, { row }) => functional.mseLoss(x, row),
  binaryCrossEntropyWithLogits: (x) => functional.binaryCrossEntropyWithLogits(x, x),
  meanPool: (x, { tokens }) => functional.meanPool(x, tokens),
  cosineSimilarity: (x, { row }) => functional.cosineSimilarity(x, row),
  attention: (x, { attention, tokens }) => attention.forward(x, x, x, { attentionMask: tokens }),
  "attention under a mask": (x, { attention, tokens }) =>
    attention.forward(x, x, x, { attentionMask: tokens, isCausal: true }),
  positions: (x, { positions }) => positions.forward(x),
};

for (const device of ["cpu", "webgpu"] as const) {
  deviceTest(device, "an op leaves its result and nothing else, and its gradient only gradients", (backend) => {
    const made = fixtures();
    const values = Float32Array.from(normalValues([2, 3, 4], 1).data, (value) => Math.abs(value) + 0.1);
    const ones = keep(tensor(new Float32Array(99).fill(1)));
    for (const [name, call] of Object.entries(calls)) {
      const before = backend.memory().buffers;
      const x = tensor(values, [2, 3, 4]);
      noGrad(() => call(x, made)).dispose();
      assert.equal(backend.memory().buffers, before + 1, `${name} under noGrad()`);
      if (name !== "argmax") {
        x.requiresGrad = true;
        const y = call(x, made);
        scope(() => y.backward(ones.slice(0, 0, y.size).reshape(y.shape)));
        y.dispose();
      }
      x.dispose();
      for (const parameter of made.attention.parameters()) {
        parameter.grad?.dispose();
        parameter.grad = null;
      }
      assert.equal(backend.memory().buffers, before, `${name} with its gradient`);
    }
  });
}
