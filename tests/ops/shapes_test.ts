import assert from "node:assert/strict";
import { concat, stack } from "../../lib/autograd/mod.ts";
import { Random, type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { integerValues, normalValues, type OpCase, testOp } from "../test_op.ts";

const numbers = (value: unknown): number[] => Array.isArray(value) ? value.map(Number) : [];

/** Random shapes of up to six axes with a random order of them. */
function orders(count: number): OpCase[] {
  const random = new Random(3);
  return Array.from({ length: count }, (_, i) => {
    const shape = Array.from({ length: 1 + random.integer(6) }, () => [1, 2, 3, 5][random.integer(4)]);
    const axes = Array.from(random.permutation(shape.length));
    return {
      name: `(${shape}) in order ${axes}`,
      inputs: [normalValues(shape, i)],
      call: ([x]) => x.permute(axes),
      ...(i > 5 && { noDifferences: "enough were taken" }),
    };
  });
}

testOp({
  name: "permute(), transpose() and reshape()",
  references: [
    { op: "permute", inputs: ["x"], call: ([x], { axes }) => x.permute(numbers(axes)) },
    { op: "transpose", inputs: ["x"], call: ([x], { axes }) => x.transpose(numbers(axes)[0], numbers(axes)[1]) },
    { op: "reshape", inputs: ["x"], call: ([x], { shape }) => x.reshape(numbers(shape)) },
    {
      op: "permute_reshape",
      inputs: ["x"],
      call: ([x], { axes, shape }) => x.permute(numbers(axes)).reshape(numbers(shape)),
    },
  ],
  cases: [
    ...orders(20),
    { name: "two long axes", inputs: [normalValues([67, 131], 1)], call: ([x]) => x.transpose(0, 1), ...tooMany() },
    { name: "an empty batch", inputs: [normalValues([0, 3, 2], 1)], call: ([x]) => x.permute([2, 0, 1]) },
    { name: "an axis of 1", inputs: [normalValues([3, 1, 2], 1)], call: ([x]) => x.transpose(-2, 0) },
    { name: "a reshape with -1", inputs: [normalValues([4, 6], 1)], call: ([x]) => x.reshape([2, -1, 3]) },
  ],
});

testOp({
  name: "slice() and select()",
  references: [
    {
      op: "slice",
      inputs: ["x"],
      call: ([x], { axis, start, end }) => x.slice(Number(axis), Number(start), Number(end)),
    },
    { op: "select", inputs: ["x"], call: ([x], { axis, index }) => x.select(Number(axis), Number(index)) },
  ],
  cases: [
    { name: "from the end", inputs: [normalValues([5, 7], 1)], call: ([x]) => x.slice(1, -3) },
    { name: "past the end", inputs: [normalValues([5, 7], 1)], call: ([x]) => x.slice(0, 3, 99) },
    { name: "nothing", inputs: [normalValues([5, 7], 1)], call: ([x]) => x.slice(0, 4, 2) },
    { name: "all", inputs: [normalValues([5, 7], 1)], call: ([x]) => x.slice(0, 0) },
    { name: "the last", inputs: [normalValues([5, 7], 1)], call: ([x]) => x.select(1, -1) },
    { name: "of the middle axis", inputs: [normalValues([3, 5, 4, 2], 1)], call: ([x]) => x.slice(2, 1, 3) },
    { name: "a tensor used twice", inputs: [normalValues([6], 1)], call: ([x]) => x.slice(0, 0, 4).mul(x.slice(0, 2)) },
    { name: "many rows", inputs: [normalValues([130, 67], 1)], call: ([x]) => x.slice(1, 3, 66), ...tooMany() },
  ],
});

testOp({
  name: "concat() and stack()",
  references: [
    { op: "concat", inputs: ["a", "b"], call: (inputs, { axis }) => concat(inputs, Number(axis)) },
    { op: "stack", inputs: ["a", "b"], call: (inputs, { axis }) => stack(inputs, Number(axis)) },
  ],
  cases: [
    { name: "rows", inputs: [normalValues([2, 3], 1), normalValues([4, 3], 2)], call: (xs) => concat(xs) },
    { name: "columns", inputs: [normalValues([2, 3], 1), normalValues([2, 1], 2)], call: (xs) => concat(xs, -1) },
    { name: "one alone", inputs: [normalValues([2, 3], 1)], call: (xs) => concat(xs, 1) },
    { name: "an empty one", inputs: [normalValues([2, 3], 1), normalValues([0, 3], 2)], call: (xs) => concat(xs) },
    { name: "one twice", inputs: [normalValues([2, 3], 1)], call: ([x]) => concat([x, x], 1) },
    { name: "on a last axis", inputs: [normalValues([5], 1), normalValues([5], 2)], call: (xs) => stack(xs, -1) },
    { name: "numbers", inputs: [normalValues([], 1), normalValues([], 2)], call: (xs) => stack(xs) },
    {
      name: "many",
      inputs: Array.from({ length: 9 }, (_, i) => normalValues([7, i + 1, 5], i)),
      call: (xs) => concat(xs, 1),
      ...tooMany(),
    },
  ],
});

testOp({
  name: "gather()",
  references: [{ op: "gather", inputs: ["x", "index"], call: ([x, index], { axis }) => x.gather(Number(axis), index) }],
  cases: [[[5], 0, 3], [[3, 7], 1, 9], [[7, 3], 0, 2], [[2, 5, 3], 1, 4], [[65, 33], -1, 2], [[0, 4], 1, 2]].map(
    ([shape, axis, count], i) => {
      const [lengths, at] = [shape as number[], axis as number];
      const picked = lengths.with(at, count as number);
      return {
        name: `(${lengths}) along ${at}`,
        inputs: [normalValues(lengths, i), integerValues(picked, i, lengths.at(at)!)],
        call: ([x, index]: readonly Tensor[]) => x.gather(at, index),
        ...(lengths[0] > 60 && tooMany()),
      };
    },
  ),
});

testOp({
  name: "maskedFill()",
  references: [{
    op: "masked_fill",
    inputs: ["x", "mask"],
    call: ([x, mask], { value }) => x.maskedFill(mask, Number(value)),
  }],
  cases: [[[1], [1]], [[3, 7], [3, 7]], [[2, 3, 5], [2, 1, 5]], [[4, 5], [5]], [[33, 65], [33, 1]], [[0, 3], [3]]].map(
    ([shape, mask], i) => ({
      name: `(${shape}) where (${mask})`,
      inputs: [normalValues(shape, i), integerValues(mask, i, 2)],
      call: ([x, where]: readonly Tensor[]) => x.maskedFill(where, i === 2 ? -100 : 2.5),
      ...(shape[0] > 30 && tooMany()),
    }),
  ),
});

function tooMany() {
  return { noDifferences: "too many to take one by one" };
}

for (const device of ["float64", "cpu", "webgpu"] as const) {
  deviceTest(device, "int32 tensors keep their values through reshape, slice, permute and concat", async () => {
    const x = tensor([[1, 2, 3], [4, 5, 6]], { dtype: "int32" });
    assert.deepEqual([...x.permute([1, 0]).slice(0, 1).reshape([4]).hostData!], [2, 5, 3, 6]);
    const joined = concat([x, x.slice(0, 1)]);
    assert.equal(joined.dtype, "int32");
    assert.deepEqual([...await joined.data()], [1, 2, 3, 4, 5, 6, 4, 5, 6]);
    const index = tensor([[0.5, 0.25], [1, 2]]).argmax(1); // made on the device
    assert.deepEqual([...await concat([index.reshape([2, 1]), index.reshape([2, 1])], 1).data()], [0, 0, 1, 1]);
  });
}

deviceTest("float64", "what changes shapes names the op, the shapes and the rule", () => {
  const x = tensor([[1, 2, 3], [4, 5, 6]]);
  const throws = (call: () => unknown, message: string) => assert.throws(call, { name: "RangeError", message });
  throws(() => x.reshape([4, 2]), "reshape: 6 elements do not fit the shape (4, 2).");
  throws(() => x.permute([0, 0]), "permute: shapes (2, 3) do not fit; axes (0, 0) must name each axis once.");
  throws(() => x.transpose(0, 2), "transpose: axis 2 is not one of shape (2, 3); axes go from -2 to 1.");
  throws(() => x.select(1, 3), "select: index 3 is outside axis 1 of Tensor((2, 3), float32).");
  throws(
    () => concat([x, tensor([[1, 2]])]),
    "concat: shapes (2, 3) and (1, 2) do not fit; all lengths but those of axis 0 must be the same.",
  );
  throws(() => concat([]), "concat: no tensors were given; it takes at least one.");
  throws(() => stack([x], 3), "stack: axis 3 is not one of the 3 that the result has.");
  throws(
    () => x.gather(1, tensor([[0], [3]], { dtype: "int32" })),
    "gather: index 3 is outside the axis; places go from 0 to 2.",
  );
  throws(
    () => x.maskedFill(tensor([1, 0], { dtype: "int32" }), 0),
    "maskedFill: shapes (2, 3) and (2) do not fit; the mask must have x's shape, or be repeated to it.",
  );
  assert.throws(() => x.gather(1, x), {
    name: "TypeError",
    message: "gather: index (2, 3) is float32; it must be int32.",
  });
});
