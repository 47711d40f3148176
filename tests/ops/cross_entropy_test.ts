import assert from "node:assert/strict";
import { apply } from "../../lib/autograd/mod.ts";
import { crossEntropy, type CrossEntropyOptions } from "../../lib/ops/mod.ts";
import { type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { integerValues, normalValues, testOp } from "../test_op.ts";

const ignored = "a mean over no row is 0 here, NaN in PyTorch";

testOp({
  name: "crossEntropy()",
  references: [{
    op: "cross_entropy",
    inputs: ["logits", "target"],
    call: (inputs, attrs, row) =>
      apply(crossEntropy, inputs, {
        ignoreIndex: Number(attrs.ignore_index),
        labelSmoothing: Number(attrs.label_smoothing),
        reduction: String(attrs.reduction) as CrossEntropyOptions["reduction"],
        weight: row.inputs.get("class_weight")?.data,
      }),
    except: { cross_entropy_all_ignored: ignored, cross_entropy_all_ignored_smooth: ignored },
  }],
  cases: [[1, 2], [5, 3], [4, 129], [33, 7], [0, 3], [6, 5]].flatMap(([rows, classes], i) =>
    (["mean", "sum", "none"] as const).map((reduction) => ({
      name: `(${rows}, ${classes}) ${reduction}`,
      inputs: [normalValues([rows, classes], i, 3), integerValues([rows], i, classes)],
      call: (inputs: readonly Tensor[]) =>
        apply(crossEntropy, inputs, {
          reduction,
          ignoreIndex: i === 1 ? 1 : -100,
          labelSmoothing: i === 2 || i === 5 ? 0.1 : 0,
          weight: i >= 3 ? Float64Array.from({ length: classes }, (_, c) => c / 3) : undefined, // class 0 counts nothing
        }),
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

deviceTest("float64", "crossEntropy() asks for one weight a class, and for labels that fit the logits", () => {
  const [logits, labels] = [tensor([[1, 2]]), tensor([1], { dtype: "int32" })];
  assert.throws(
    () => apply(crossEntropy, [logits, labels], { weight: [1] }),
    /weight holds 1 numbers, the logits 2 classes/,
  );
  assert.throws(
    () => apply(crossEntropy, [logits, tensor([1, 0], { dtype: "int32" })], {}),
    /crossEntropy: shapes \(1, 2\) and \(2\) do not fit; logits must be \(rows, classes\) and labels \(rows\)/,
  );
  assert.throws(
    () => apply(crossEntropy, [logits, tensor([1])], {}),
    /crossEntropy: labels \(1\) is float32; it must be int32/,
  );
});
