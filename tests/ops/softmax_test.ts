import { apply } from "../../lib/autograd/mod.ts";
import { logSoftmax, softmax } from "../../lib/ops/mod.ts";
import type { Tensor } from "../../lib/tensor/mod.ts";
import { normalValues, type OpCase, testOp } from "../test_op.ts";

const shapes: [number[], number][] = [
  [[1, 1], -1],
  [[3, 7], -1],
  [[3, 7], 0],
  [[2, 3, 5], 1],
  [[2, 3, 5], 0],
  [[5, 257], -1],
  [[0, 4], 1],
  [[7], 0],
];

function cases(call: (x: Tensor, axis: number) => Tensor): OpCase[] {
  return [
    ...shapes.map(([shape, axis], i) => ({
      name: `(${shape}) over ${axis}`,
      inputs: [normalValues(shape, i)],
      call: ([x]: readonly Tensor[]) => call(x, axis),
    })),
    { name: "values to 1e4", inputs: [normalValues([3, 9], 7, 1e4)], call: ([x]) => call(x, -1) },
  ];
}

testOp({
  name: "softmax()",
  references: [{
    op: "softmax",
    inputs: ["x"],
    call: ([x], { axis }) => x.softmax(Number(axis)),
    except: { softmax_all_neginf: "a row masked in full gives zeros here, NaN in PyTorch" },
  }],
  cases: [
    ...cases((x, axis) => apply(softmax, [x], { axis })),
    {
      name: "a row masked in full",
      inputs: [{ shape: [2, 3], data: Float64Array.of(-Infinity, -Infinity, -Infinity, 1, -Infinity, 2) }],
      call: ([x]) => x.softmax(),
      noDifferences: "infinite inputs",
    },
  ],
});

testOp({
  name: "logSoftmax()",
  references: [{ op: "log_softmax", inputs: ["x"], call: ([x], { axis }) => x.logSoftmax(Number(axis)) }],
  cases: cases((x, axis) => apply(logSoftmax, [x], { axis })),
});
