// What ops say of tensors that do not fit: at the call, not at the read, with the op, the shapes and the rule. A name in lib/ops without
// such calls fails here.

import assert from "node:assert/strict";
import { apply } from "../../lib/autograd/mod.ts";
import * as ops from "../../lib/ops/mod.ts";
import { full, scope, sizeOf, type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest, onDevice } from "../devices.ts";

const floats = (...shape: number[]) => full(shape, 1);
const ints = (...shape: number[]) => tensor(new Int32Array(sizeOf(shape)), shape);

/** A call, and what it throws: the message, the whole of it or its beginning. */
type Mistake = readonly [call: () => Tensor, message: string];

const unary = (op: ops.Op, kernel = op.name): Mistake[] => [
  [() => apply(op, [ints(2, 3)]), `${kernel}: x (2, 3) is int32; it must be float32.`],
];
const broadcast = (op: ops.Op): Mistake[] => [
  [
    () => apply(op, [floats(2, 3), floats(2)]),
    `${op.name}: shapes (2, 3) and (2) do not fit; from the last axis on, lengths must be equal or one of them 1.`,
  ],
  [() => apply(op, [floats(2, 3), ints(2, 3)]), `${op.name}: b (2, 3) is int32; it must be float32.`],
];
const axis = (call: (x: Tensor) => Tensor, name: string): Mistake[] => [
  [() => call(floats(2, 3)), `${name}: axis 2 is not one of shape (2, 3); axes go from -2 to 1.`],
];
const dropout = { p: 0, seed: 1 };
const heads = { heads: 2, probabilities: 2 };

const mistakes: Readonly<Record<string, readonly Mistake[]>> = {
  abs: unary(ops.abs),
  exp: unary(ops.exp),
  log: unary(ops.log),
  sqrt: unary(ops.sqrt),
  relu: unary(ops.relu),
  gelu: unary(ops.gelu),
  geluTanh: unary(ops.geluTanh, "gelu_tanh"),
  silu: unary(ops.silu),
  sigmoid: unary(ops.sigmoid),
  tanh: unary(ops.tanh),
  add: broadcast(ops.add),
  sub: broadcast(ops.sub),
  mul: broadcast(ops.mul),
  div: broadcast(ops.div),
  scale: [[() => apply(ops.scale, [ints(2)], { factor: 2 }), "scale: x (2) is int32; it must be float32."]],
  dropout: [
    [() => apply(ops.dropout, [ints(2)], dropout), "dropout: x (2) is int32; it must be float32."],
    [() => apply(ops.dropout, [floats(2)], { p: 1.5, seed: 1 }), "dropout: p is 1.5; it must be at least 0 and less"],
  ],
  softmax: axis((x) => x.softmax(2), "softmax"),
  logSoftmax: axis((x) => x.logSoftmax(2), "logSoftmax"),
  sum: axis((x) => x.sum(2), "sum"),
  mean: axis((x) => x.mean(2), "mean"),
  max: axis((x) => x.max(2), "max"),
  slice: axis((x) => x.slice(2, 0), "slice"),
  permute: [[
    () => floats(2, 3).permute([1]),
    "permute: shapes (2, 3) do not fit; axes (1) must name each axis once.",
  ]],
  reshape: [[() => floats(2, 3).reshape([4]), "reshape: 6 elements do not fit the shape (4)."]],
  concat: [
    [
      () => apply(ops.concat, [floats(2, 3), floats(2)], { axis: 0 }),
      "concat: shapes (2, 3) and (2) do not fit; all lengths but those of axis 0 must be the same.",
    ],
    [
      () => apply(ops.concat, [floats(2), ints(2)], { axis: 0 }),
      "concat: tensor 1 (2) is int32; it must be float32.",
    ],
  ],
  gather: [
    [
      () => floats(2, 3).gather(1, ints(3, 1)),
      "gather: shapes (2, 3) and (3, 1) do not fit; all lengths but those of axis 1 must be the same.",
    ],
    [() => floats(2, 3).gather(1, floats(2, 1)), "gather: index (2, 1) is float32; it must be int32."],
  ],
  maskedFill: [
    [
      () => floats(2, 3).maskedFill(ints(2), 0),
      "maskedFill: shapes (2, 3) and (2) do not fit; the mask must have x's shape, or be repeated to it.",
    ],
    [() => floats(2).maskedFill(floats(2), 0), "maskedFill: mask (2) is float32; it must be int32."],
  ],
  embedding: [
    [
      () => apply(ops.embedding, [floats(3), ints(2)], { paddingIndex: -1 }),
      "embedding: shapes (3) and (2) do not fit; weight must be (vocabulary, columns).",
    ],
    [
      () => apply(ops.embedding, [floats(3, 2), floats(2)], { paddingIndex: -1 }),
      "embedding: ids (2) is float32; it must be int32.",
    ],
  ],
  layerNorm: [[
    () => apply(ops.layerNorm, [floats(2, 3), floats(2), floats(3)], { eps: 1e-5 }),
    "layerNorm: shapes (2, 3) and (2) and (3) do not fit; weight and bias must be as long as x's last axis.",
  ]],
  residualLayerNorm: [[
    () => apply(ops.residualLayerNorm, [floats(2, 3), floats(3), floats(3), floats(3)], { eps: 1e-5, dropout }),
    "residualLayerNorm: shapes (2, 3) and (3) do not fit; x and residual must be the same.",
  ]],
  linear: [
    [
      () => apply(ops.linear, [floats(2, 3), floats(4, 2)]),
      "linear: shapes (2, 3) and (4, 2) do not fit; weight must be (outputs, inputs) with x's last axis as inputs.",
    ],
    [
      () => apply(ops.linear, [floats(2, 3), floats(4, 3), floats(3)]),
      "linear: shapes (4, 3) and (3) do not fit; bias must have one value for each of weight's rows.",
    ],
    [() => apply(ops.linear, [ints(2, 3), floats(4, 3), floats(4)]), "linear: x (2, 3) is int32; it must be float32."],
  ],
  matmul: [
    [
      () => floats(2, 3).matmul(floats(2, 3)),
      "matmul: shapes (2, 3) and (2, 3) do not fit; a (…, m, k) and b (…, k, n) must agree in k, and fit in the axes",
    ],
    [() => floats(2, 3).matmul(ints(3, 2)), "matmul: b (3, 2) is int32; it must be float32."],
  ],
  crossEntropy: [
    [
      () => apply(ops.crossEntropy, [floats(2, 3), ints(3)], {}),
      "crossEntropy: shapes (2, 3) and (3) do not fit; logits must be (rows, classes) and labels (rows).",
    ],
    [
      () => apply(ops.crossEntropy, [floats(2, 3), floats(2)], {}),
      "crossEntropy: labels (2) is float32; it must be int32.",
    ],
  ],
  bceWithLogits: [[
    () => apply(ops.bceWithLogits, [floats(2, 3), floats(2)]),
    "bceWithLogits: shapes (2, 3) and (2) do not fit; both must be the same.",
  ]],
  attention: [
    [
      () => apply(ops.attention, [floats(2, 4), floats(2, 6), floats(2, 6), ints(1, 5)], heads),
      "attention: shapes (2, 4) and (2, 6) do not fit; q and k must be (rows, hidden).",
    ],
    [
      () => apply(ops.attention, [floats(2, 4), floats(2, 4), floats(3, 4), ints(1, 5)], heads),
      "attention: shapes (2, 4) and (3, 4) do not fit; k and v must both be (keys, hidden).",
    ],
    [
      () => apply(ops.attention, [floats(2, 4), floats(2, 4), floats(2, 4), floats(1, 5)], heads),
      "attention: segments (1, 5) is float32; it must be int32.",
    ],
  ],
};

const isOp = (value: unknown) => typeof value === "object" && value !== null && "backward" in value;
const opNames = Object.entries(ops).filter(([, value]) => isOp(value)).map(([name]) => name);
assert.deepEqual(Object.keys(mistakes).sort(), opNames.sort(), "an op has no mistakes");

for (const device of ["float64", "cpu", "webgpu"] as const) {
  deviceTest(
    device,
    "every op says at the call which shapes and dtypes do not fit, and leaves nothing behind",
    (backend) => {
      const { buffers } = backend.memory();
      for (const [name, calls] of Object.entries(mistakes)) {
        for (const [call, message] of calls) {
          try {
            scope(call);
          } catch (error) {
            assert.ok(error instanceof RangeError || error instanceof TypeError, `${name}: ${error}`);
            assert.equal(error.message.slice(0, message.length), message);
            continue;
          }
          throw new Error(`${name} took what should give: ${message}`);
        }
      }
      assert.equal(backend.memory().buffers, buffers);
    },
  );

  deviceTest(device, "a freed tensor names the op that made it, at the call of the next", () => {
    const x = tensor([[1, 2]]);
    const y = x.gelu();
    y.dispose();
    const freed =
      /^Error: A tensor of shape \(1, 2\) made by "gelu" is used after it was freed; return it from its scope/;
    assert.throws(() => y.tanh(), freed);
    assert.throws(() => x.add(y), freed);
    assert.throws(() => y.reshape([2]), freed);
  });
}

for (const device of ["cpu", "webgpu"] as const) {
  deviceTest(device, "tensors of two devices are refused, both named", async () => {
    const here = tensor([1, 2]);
    const there = await onDevice("float64", () => tensor([3, 4]));
    const message = `add: tensors of two devices meet (${device} and float64); make both on one.`;
    assert.throws(() => here.add(there), { name: "Error", message });
  });
}
