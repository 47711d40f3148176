import { apply } from "../../lib/autograd/mod.ts";
import { linear, matmul } from "../../lib/ops/mod.ts";
import type { Tensor } from "../../lib/tensor/mod.ts";
import { normalValues, testOp } from "../test_op.ts";

const sizes = [[1, 1, 1], [3, 5, 2], [7, 13, 5], [17, 9, 33], [65, 31, 20]]; // m, k, n

testOp({
  name: "linear()",
  references: [{
    op: "linear",
    inputs: ["x", "weight", "bias"],
    call: (inputs) => apply(linear, inputs),
    except: { linear_nobias: "linear has a bias; without one it is matmul" },
  }],
  cases: sizes.slice(0, 4).map(([m, k, n], i) => ({
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
    except: {
      "bmm_2x1x5x7_3x7x4": "broadcasts over the batch",
      "bmm_3x5x7_7x2": "broadcasts over the batch",
    },
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
  ).concat({
    name: "a batch of 3",
    inputs: [normalValues([3, 4, 5], 1), normalValues([3, 5, 2], 2)],
    call: ([a, b]: readonly Tensor[]) => apply(matmul, [a, b], {}),
  }).filter((test) => test.inputs[0].data.length < 700),
});
