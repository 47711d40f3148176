import assert from "node:assert/strict";
import { apply } from "../../lib/autograd/mod.ts";
import { add, div, mul, sub } from "../../lib/ops/mod.ts";
import { full, Random, type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { normalValues, type OpCase, testOp, type Values } from "../test_op.ts";

/** Pairs of shapes that fit by broadcasting: drawn at random, each axis kept, set to 1 or left out in front. */
function pairs(count: number, seed: number): (readonly [number[], number[]])[] {
  const random = new Random(seed);
  const lengths = [1, 2, 3, 5, 7];
  return Array.from({ length: count }, () => {
    const shape = Array.from({ length: 1 + random.integer(3) }, () => lengths[random.integer(lengths.length)]);
    const some = () => shape.map((length) => (random.integer(3) === 0 ? 1 : length)).slice(random.integer(2));
    return [some(), some()] as const;
  });
}

const shapes: (readonly [number[], number[]])[] = [
  [[1], [1]],
  [[37, 129], [37, 129]],
  [[37, 129], [129]],
  [[129, 37], [129, 1]],
  [[], [3, 2]],
  [[0, 3], [3]],
  [[0], [1]],
  [[2, 1, 3, 1, 2, 1], [2, 1, 3, 1, 2]],
  ...pairs(12, 1),
];

/** Numbers to divide by, away from 0. */
function divisors(shape: readonly number[], seed: number): Values {
  const { data } = normalValues(shape, seed);
  return { shape, data: Float64Array.from(data, (value) => value + (value < 0 ? -0.5 : 0.5)) };
}

for (const [name, op] of Object.entries({ "add": add, "sub": sub, "mul": mul, "div": div })) {
  const call = ([a, b]: readonly Tensor[]) => apply(op, [a, b]);
  const rows = { op: name, inputs: ["a", "b"], call };
  testOp({
    name: `${name}()`,
    references: op === mul
      ? [{ ...rows, except: { reuse: "has one input" } }, {
        op: "mul",
        only: ["reuse"],
        inputs: ["x"],
        call: ([x]) => x.mul(x).add(x),
      }]
      : [rows],
    cases: shapes.map(([a, b], i): OpCase => ({
      name: `(${a}) and (${b})`,
      inputs: [normalValues(a, i), divisors(b, i + 50)],
      call,
      ...(a[0] >= 37 && { noDifferences: "too many to take one by one" }),
    })),
  });
}

testOp({
  name: "arithmetic with numbers",
  cases: [{
    name: "((x + 2) * 3 - 1) / 7",
    inputs: [normalValues([3, 4], 1)],
    call: ([x]) => x.add(2).mul(3).sub(1).div(7),
  }],
});

testOp({
  name: "add() of a tensor to itself",
  cases: [{ name: "x + x", inputs: [normalValues([5], 1)], call: ([x]) => apply(add, [x, apply(add, [x, x])]) }],
});

for (const device of ["float64", "cpu", "webgpu"] as const) {
  deviceTest(device, "arithmetic says at the call which shapes or dtypes do not fit", () => {
    const [a, b] = [tensor([[1, 2, 3], [4, 5, 6]]), tensor([1, 2])];
    assert.throws(() => a.mul(b), {
      name: "RangeError",
      message: "mul: shapes (2, 3) and (2) do not fit; from the last axis on, lengths must be equal or one of them 1.",
    });
    assert.throws(() => a.add(tensor([1, 2, 3], { dtype: "int32" })), {
      name: "TypeError",
      message: "add: b (3) is int32; it must be float32.",
    });
    assert.throws(() => full([1, 2, 1, 2, 1, 2, 1], 1).add(full(Array(7).fill(2), 1)), {
      name: "RangeError",
      message:
        "expand: shape (2, 2, 2, 2, 2, 2, 2) needs a copy over 7 axes; at most 6 can be, so reshape it to fewer first.",
    });
    assert.throws(() => tensor([1, 2], { dtype: "int32" }).exp(), /exp: x \(2\) is int32; it must be float32\./);
  });

  deviceTest(device, "division gives infinity and NaN where PyTorch does", async () => {
    const y = tensor([1, -1, 0, 0]).div(tensor([0, 0, 0, 5]));
    assert.deepEqual([...await y.data()], [Infinity, -Infinity, NaN, 0]);
  });
}
