import { apply } from "../../lib/autograd/mod.ts";
import { abs, exp, gelu, geluTanh, log, type Op, relu, scale, sigmoid, silu, sqrt, tanh } from "../../lib/ops/mod.ts";
import type { Tensor } from "../../lib/tensor/mod.ts";
import { normalValues, type OpCase, testOp, type Values } from "../test_op.ts";

const shapes = [[1], [3], [4, 9], [2, 3, 5], [0], [2, 0, 3]];

/** Every size and sign, without the places where a function has no slope. */
const cases = (call: (x: Tensor) => Tensor, values = (shape: readonly number[], seed: number) => away(shape, seed)) => [
  ...shapes.map((shape, i): OpCase => ({ name: `(${shape})`, inputs: [values(shape, i)], call: ([x]) => call(x) })),
  { name: "70,001 values", inputs: [values([70_001], 9)], call: ([x]: readonly Tensor[]) => call(x), ...tooMany },
];
const tooMany = { noDifferences: "too many to take one by one" };
const positive = (shape: readonly number[], seed: number): Values => ({
  shape,
  data: away(shape, seed).data.map((value) => Math.abs(value) + 0.1),
});

/** Normal numbers, none within 1e-3 of 0. */
function away(shape: readonly number[], seed: number): Values {
  const { data } = normalValues(shape, seed, 2);
  return { shape, data: Float64Array.from(data, (value) => value + Math.sign(value) * 1e-3) };
}

const wide: OpCase["inputs"] = [{ shape: [8], data: Float64Array.of(1e4, -1e4, 100, -100, 20, -20, 1e-30, -1e-30) }];

const activations: Readonly<Record<string, Op>> = {
  "gelu": gelu,
  "gelu_new": geluTanh,
  "tanh": tanh,
  "sigmoid": sigmoid,
  "silu": silu,
  "relu": relu,
  "abs": abs,
};

for (const [name, op] of Object.entries(activations)) {
  testOp({
    name: `${op.name}()`,
    references: [{ op: name, inputs: ["x"], call: ([x]) => apply(op, [x]) }],
    cases: [...cases((x) => apply(op, [x])), {
      name: "values to 1e4",
      inputs: wide,
      call: ([x]) => apply(op, [x]),
      noDifferences: "1e-30 is nearer to 0 than the step",
    }],
  });
}

for (const [name, op] of Object.entries({ "log": log, "sqrt": sqrt })) {
  testOp({
    name: `${name}()`,
    references: [{ op: name, inputs: ["x"], call: ([x]) => apply(op, [x]) }],
    cases: cases((x) => apply(op, [x]), positive),
  });
}

testOp({
  name: "exp()",
  references: [{ op: "exp", inputs: ["x"], call: ([x]) => x.exp() }],
  cases: [...cases((x) => apply(exp, [x])), {
    name: "values to -1e4",
    inputs: [{ shape: [4], data: Float64Array.of(-1e4, -100, 30, 0) }],
    call: ([x]) => x.exp(),
  }],
});

testOp({
  name: "scale(), neg() and square()",
  references: [
    { op: "neg", inputs: ["x"], call: ([x]) => x.neg() },
    { op: "square", inputs: ["x"], call: ([x]) => x.square() },
  ],
  cases: cases((x) => apply(scale, [x], { factor: -1.5 })),
});
