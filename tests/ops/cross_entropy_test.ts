import assert from "node:assert/strict";
import { apply } from "../../lib/autograd/mod.ts";
import { crossEntropy, type CrossEntropyOptions } from "../../lib/ops/mod.ts";
import { type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { integerValues, normalValues, testOp } from "../test_op.ts";

const ignored = "a mean over no row is 0 here, NaN in PyTorch";
const weighted = "class weights are another issue's";

testOp({
  name: "crossEntropy()",
  references: [{
    op: "cross_entropy",
    inputs: ["logits", "target"],
    call: (inputs, attrs) =>
      apply(crossEntropy, inputs, {
        ignoreIndex: Number(attrs.ignore_index),
        labelSmoothing: Number(attrs.label_smoothing),
        reduction: String(attrs.reduction) as CrossEntropyOptions["reduction"],
      }),
    except: {
      cross_entropy_all_ignored: ignored,
      cross_entropy_all_ignored_smooth: ignored,
      cross_entropy_weight: weighted,
      cross_entropy_weight_ignore: weighted,
      cross_entropy_weight_smooth: weighted,
      cross_entropy_weight_ignore_smooth: weighted,
      cross_entropy_weight_sum: weighted,
    },
  }],
  cases: [[1, 2], [5, 3], [4, 129], [33, 7]].flatMap(([rows, classes], i) =>
    (["mean", "sum", "none"] as const).map((reduction) => ({
      name: `(${rows}, ${classes}) ${reduction}`,
      inputs: [normalValues([rows, classes], i, 3), integerValues([rows], i, classes)],
      call: (inputs: readonly Tensor[]) =>
        apply(crossEntropy, inputs, { reduction, ignoreIndex: i === 1 ? 1 : -100, labelSmoothing: i === 2 ? 0.1 : 0 }),
    }))
  ),
});

deviceTest("float64", "crossEntropy() of rows that are all ignored is 0 with a gradient of 0", async () => {
  const logits = tensor([[1, 2], [3, 4]]);
  logits.requiresGrad = true;
  const loss = apply(crossEntropy, [logits, tensor([-100, -100], { dtype: "int32" })], {});
  loss.backward();
  assert.equal(await loss.item(), 0);
  assert.deepEqual([...await logits.grad!.data()], [0, 0, 0, 0]);
});

deviceTest("float64", "crossEntropy() names a label that is no class", () => {
  const call = () => apply(crossEntropy, [tensor([[1, 2]]), tensor([2], { dtype: "int32" })], {});
  assert.throws(call, /label 2 is outside the 2 classes/);
});
