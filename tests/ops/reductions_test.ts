import assert from "node:assert/strict";
import { type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { normalValues, type OpCase, testOp } from "../test_op.ts";

/** The axis attribute of a row: one, several or null for all. */
function axesIn(attrs: Readonly<Record<string, unknown>>): number | number[] | undefined {
  const { axis } = attrs;
  return typeof axis === "number" ? axis : Array.isArray(axis) ? axis.map(Number) : undefined;
}

type Reduction = (x: Tensor, axes: number | number[] | undefined, keepdim: boolean) => Tensor;

function reductionCases(reduce: Reduction): OpCase[] {
  const named: [number[], number | number[] | undefined][] = [
    [[1], undefined],
    [[7, 13], 0],
    [[7, 13], 1],
    [[2, 3, 5], [0, 2]],
    [[2, 3, 5], -2],
    [[3, 1, 4, 2], [1, 3]],
    [[2, 3, 2, 2], [0, 2]],
    [[1, 4, 1], [0, 2]],
    [[0, 3], 0],
    [[3, 0], 0],
    [[5, 2], []],
  ];
  return named.map(([shape, axes], i) => ({
    name: `(${shape}) over ${axes ?? "all"}`,
    inputs: [normalValues(shape, i)],
    call: ([x]) => reduce(x, axes, i % 2 === 1),
  }));
}

const sum: Reduction = (x, axes, keepdim) => x.sum(axes, { keepdim });
const mean: Reduction = (x, axes, keepdim) => x.mean(axes, { keepdim });
const variance: Reduction = (x, axes, keepdim) => x.var(axes, { keepdim, unbiased: false });

testOp({
  name: "sum()",
  references: [{ op: "sum", inputs: ["x"], call: ([x], attrs) => sum(x, axesIn(attrs), attrs.keepdim === true) }],
  cases: [...reductionCases(sum), {
    name: "70,001 values",
    inputs: [normalValues([70_001], 1)],
    call: ([x]) => x.sum(),
    noDifferences: "too many to take one by one",
  }, {
    name: "a long and a wide matrix, over the middle axis",
    inputs: [normalValues([33, 65, 17], 1)],
    call: ([x]) => x.sum(1),
    noDifferences: "too many to take one by one",
  }],
});

testOp({
  name: "mean()",
  references: [{ op: "mean", inputs: ["x"], call: ([x], attrs) => mean(x, axesIn(attrs), attrs.keepdim === true) }],
  cases: reductionCases(mean),
});

testOp({
  name: "var()",
  references: [{ op: "var", inputs: ["x"], call: ([x], attrs) => variance(x, axesIn(attrs), false) }],
  cases: reductionCases(variance).filter(({ inputs: [{ data }] }) => data.length > 0),
});

testOp({
  name: "max()",
  references: [{ op: "max", inputs: ["x"], call: ([x], { axis }) => x.max(Number(axis)) }],
  cases: [[[1], 0], [[3, 7], 1], [[7, 3], 0], [[2, 3, 5], 1], [[5, 129], -1], [[4, 3], undefined], [[0, 3], 1]]
    .map(([shape, axis], i) => ({
      name: `(${shape}) over ${axis ?? "all"}`,
      inputs: [normalValues(shape as number[], i)],
      call: ([x]: readonly Tensor[]) => x.max(axis as number | undefined, { keepdim: i % 2 === 1 }),
    })),
});

testOp({
  name: "argmax()",
  references: [{ op: "argmax", inputs: ["x"], call: ([x], { axis }) => x.argmax(Number(axis)) }],
  cases: [{
    name: "its values",
    inputs: [normalValues([6, 5], 2)],
    call: ([x]) => x.gather(0, x.argmax(0, { keepdim: true })),
  }],
});

for (const device of ["float64", "cpu", "webgpu"] as const) {
  deviceTest(device, "max() and argmax() take the first of equals, and NaN before all", async () => {
    const x = tensor([[1, 3, 3], [NaN, 5, NaN], [-Infinity, -Infinity, -Infinity]]);
    assert.deepEqual([...await x.max(1).data()], [3, NaN, -Infinity]);
    const index = x.argmax(1);
    assert.equal(index.dtype, "int32");
    assert.deepEqual([...await index.data()], [1, 0, 0]);
    assert.equal(await tensor([[4, 1], [9, 2]]).argmax().item(), 2);
  });

  deviceTest(device, "a sum over nothing is 0, a mean over nothing NaN, a maximum of nothing an error", async () => {
    const x = tensor(new Float32Array(0), [0, 2]);
    assert.deepEqual([...await x.sum(0).data()], [0, 0]);
    assert.deepEqual([...await x.mean(0).data()], [NaN, NaN]);
    assert.equal(await x.sum().item(), 0);
    assert.ok(Number.isNaN(await x.mean().item()));
    assert.throws(() => x.max(0), /max: shapes \(0, 2\) do not fit; axis 0 must hold at least one value\./);
  });

  deviceTest(device, "var() divides by n - 1 unless told otherwise, as PyTorch", async () => {
    const x = tensor([1, 2, 4]);
    const [unbiased, biased] = [await x.var().item(), await x.var(0, { unbiased: false }).item()];
    assert.ok(Math.abs(unbiased - 7 / 3) < 1e-6 && Math.abs(biased - 14 / 9) < 1e-6);
  });
}

deviceTest("float64", "a reduction names an axis that the tensor does not have", () => {
  const x = tensor([[1, 2]]);
  assert.throws(() => x.sum(2), /sum: axis 2 is not one of shape \(1, 2\); axes go from -2 to 1\./);
  assert.throws(() => x.mean([0, -2]), /mean: axis 0 of shape \(1, 2\) is named twice\./);
});
