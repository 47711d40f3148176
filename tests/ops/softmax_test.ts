import { apply } from "../../lib/autograd/mod.ts";
import { softmax } from "../../lib/ops/mod.ts";
import type { Tensor } from "../../lib/tensor/mod.ts";
import { normalValues, testOp } from "../test_op.ts";

testOp({
  name: "softmax()",
  references: [{
    op: "softmax",
    inputs: ["x"],
    call: ([x]) => apply(softmax, [x]),
    except: {
      softmax_axis0: "over another axis",
      softmax_axis1: "over another axis",
      softmax_all_neginf: "a row masked in full gives zeros here, NaN in PyTorch",
    },
  }],
  cases: [
    ...[[1, 1], [3, 7], [2, 3, 5], [5, 257]].map((shape, i) => ({
      name: `(${shape})`,
      inputs: [normalValues(shape, i)],
      call: ([x]: readonly Tensor[]) => apply(softmax, [x]),
    })),
    { name: "values to 1e4", inputs: [normalValues([3, 9], 7, 1e4)], call: ([x]) => apply(softmax, [x]) },
    {
      name: "a row masked in full",
      inputs: [{ shape: [2, 3], data: Float64Array.of(-Infinity, -Infinity, -Infinity, 1, -Infinity, 2) }],
      call: ([x]) => apply(softmax, [x]),
      noDifferences: "infinite inputs",
    },
  ],
});
