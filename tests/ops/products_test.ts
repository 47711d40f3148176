import assert from "node:assert/strict";
import { apply } from "../../lib/autograd/mod.ts";
import { linear, matmul } from "../../lib/ops/mod.ts";
import { type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { normalValues, testOp } from "../test_op.ts";

const sizes = [[1, 1, 1], [3, 5, 2], [7, 13, 5], [17, 9, 33], [65, 31, 20]]; // m, k, n

testOp({
  name: "linear()",
  references: [{
    op: "linear",
    inputs: ["x", "weight", "bias"],
    call: (inputs) => apply(linear, inputs),
    except: { linear_nobias: "has no bias" },
  }, { op: "linear", only: ["linear_nobias"], inputs: ["x", "weight"], call: (inputs) => apply(linear, inputs) }],
  cases: sizes.slice(0, 4).concat([[0, 3, 2]]).map(([m, k, n], i) => ({
    name: `${m}x${k}x${n}`,
    inputs: [normalValues([m, k], i), normalValues([n, k], i + 20), normalValues([n], i + 40)],
    call: (inputs) => apply(linear, inputs),
  })),
});

testOp({
  name: "matmul()",
  references: [{
    op: "matmul",
    inputs: ["a", "b"],
    call: ([a, b], attrs) =>
      apply(matmul, [a, b], { transposeA: attrs.transpose_a === true, transposeB: attrs.transpose_b === true }),
  }],
  cases: sizes.flatMap(([m, k, n], i) =>
    [false, true].flatMap((transposeA) =>
      [false, true].map((transposeB) => ({
        name: `${m}x${k}x${n} ${transposeA ? "t" : "n"}${transposeB ? "t" : "n"}`,
        inputs: [
          normalValues(transposeA ? [k, m] : [m, k], i),
          normalValues(transposeB ? [n, k] : [k, n], i + 20),
        ],
        call: ([a, b]: readonly Tensor[]) => apply(matmul, [a, b], { transposeA, transposeB }),
      }))
    )
  ).filter((test) => test.inputs[0].data.length < 700),
});

const batches = [[[3], [3]], [[3], []], [[], [3]], [[2, 3], [2, 3]], [[2, 1], [3]], [[1], [4]], [[4], [1, 1]], [[0], [
  0,
]]];

testOp({
  name: "matmul() of batches",
  cases: batches.flatMap(([left, right], i) =>
    [false, true].flatMap((transposeA) =>
      [false, true].map((transposeB) => ({
        name: `(${left}) by (${right}) ${transposeA ? "t" : "n"}${transposeB ? "t" : "n"}`,
        inputs: [
          normalValues([...left, ...(transposeA ? [5, 4] : [4, 5])], i),
          normalValues([...right, ...(transposeB ? [3, 5] : [5, 3])], i + 9),
        ],
        call: ([a, b]: readonly Tensor[]) => apply(matmul, [a, b], { transposeA, transposeB }),
      }))
    )
  ).concat([{
    name: "no inner axis",
    inputs: [normalValues([2, 0], 1), normalValues([0, 3], 2)],
    call: ([a, b]: readonly Tensor[]) => a.matmul(b),
  }]),
});

deviceTest("float64", "products name both shapes and the rule", () => {
  const [a, b] = [tensor([[1, 2, 3]]), tensor([[1, 2]])];
  assert.throws(
    () => a.matmul(b),
    /matmul: shapes \(1, 3\) and \(1, 2\) do not fit; a \(…, m, k\) and b \(…, k, n\) must agree in k, and fit in the axes before\./,
  );
  assert.throws(() => apply(linear, [a, b]), /linear: shapes \(1, 3\) and \(1, 2\) do not fit; weight must be/);
});
