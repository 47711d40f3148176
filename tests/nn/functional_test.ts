import assert from "node:assert/strict";
import { functional } from "../../lib/nn/mod.ts";
import { type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { assertClose, integerValues, normalValues, testOp, type Values } from "../test_op.ts";

const { binaryCrossEntropyWithLogits, cosineSimilarity, meanPool, mseLoss } = functional;

const shapes = [[1], [4, 3], [2, 3, 5], [0, 2]];
const probabilities = (shape: readonly number[], seed: number): Values => ({
  shape,
  data: Float64Array.from(normalValues(shape, seed).data, (value) => 1 / (1 + Math.exp(-value))),
});

testOp({
  name: "mseLoss()",
  references: [{ op: "mse_loss", inputs: ["x", "target"], call: ([x, target]) => mseLoss(x, target) }],
  cases: shapes.flatMap((shape, i) =>
    (["mean", "sum", "none"] as const).map((reduction) => ({
      name: `(${shape}) ${reduction}`,
      inputs: [normalValues(shape, i), normalValues(shape, i + 9)],
      call: ([x, target]: readonly Tensor[]) => mseLoss(x, target, { reduction }),
    }))
  ),
});

testOp({
  name: "binaryCrossEntropyWithLogits()",
  references: [{
    op: "bce_with_logits",
    inputs: ["x", "target"],
    call: ([x, target]) => binaryCrossEntropyWithLogits(x, target),
  }],
  cases: [
    ...shapes.flatMap((shape, i) =>
      (["mean", "sum", "none"] as const).map((reduction) => ({
        name: `(${shape}) ${reduction}`,
        inputs: [normalValues(shape, i, 3), probabilities(shape, i + 9)],
        call: ([x, target]: readonly Tensor[]) => binaryCrossEntropyWithLogits(x, target, { reduction }),
      }))
    ),
    {
      name: "values to 1e4",
      inputs: [
        { shape: [4], data: Float64Array.of(1e4, -1e4, 100, -30) },
        { shape: [4], data: Float64Array.of(1, 0, 0.5, 1) },
      ],
      call: ([x, target]) => binaryCrossEntropyWithLogits(x, target, { reduction: "none" }),
    },
  ],
});

testOp({
  name: "meanPool()",
  references: [{ op: "mean_pool", inputs: ["x", "mask"], call: ([x, mask]) => meanPool(x, mask) }],
  cases: [[1, 1, 1], [3, 7, 5], [2, 5, 13], [0, 4, 3]].map(([batch, length, hidden], i) => ({
    name: `(${batch}, ${length}, ${hidden})`,
    inputs: [normalValues([batch, length, hidden], i), integerValues([batch, length], i, 2)],
    call: ([x, mask]) => meanPool(x, mask),
  })),
});

deviceTest("cpu", "meanPool() of a sequence without real tokens is 0", async () => {
  const pooled = meanPool(tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]), tensor([[0, 0], [1, 1]], { dtype: "int32" }));
  assert.deepEqual([...await pooled.data()], [0, 0, 6, 7]);
  assert.throws(
    () => meanPool(tensor([[1, 2]]), tensor([[1, 1]], { dtype: "int32" })),
    /meanPool: shapes \(1, 2\) and \(1, 2\) do not fit; x must be \(batch, length, hidden\)/,
  );
});

testOp({
  name: "cosineSimilarity()",
  cases: [
    {
      name: "pairs of rows",
      inputs: [normalValues([4, 3], 1), normalValues([4, 3], 2)],
      call: ([x, y]) => cosineSimilarity(x, y),
    },
    {
      name: "all pairs",
      inputs: [normalValues([3, 1, 5], 3), normalValues([1, 4, 5], 4)],
      call: ([x, y]) => cosineSimilarity(x, y),
    },
    {
      name: "columns",
      inputs: [normalValues([6, 2], 5), normalValues([6, 2], 6)],
      call: ([x, y]) => cosineSimilarity(x, y, { axis: 0 }),
    },
  ],
});

deviceTest("cpu", "cosineSimilarity() gives PyTorch's numbers, and 0 for a vector of zeros", async () => {
  const x = tensor([[1, 2, 3], [0, 0, 0], [-4, 0.5, 2]]);
  const y = tensor([[2, -1, 0.5], [1, 1, 1], [-8, 1, 4]]);
  const all = cosineSimilarity(x.reshape([3, 1, 3]), y.reshape([1, 3, 3])); // F.cosine_similarity(x[:, None], y[None], dim=-1)
  assert.deepEqual(all.shape, [3, 3]);
  assertClose(await cosineSimilarity(x, y).data(), [0.17496353387832642, 0, 1], 1e-6, "rows");
  const expected = [0.1749635338, 0.9258200526, 0.1781741380, 0, 0, 0, -0.7273929119, -0.1924500763, 1];
  assertClose(await all.data(), expected, 1e-6, "all pairs");
});
