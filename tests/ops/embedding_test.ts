import { apply } from "../../lib/autograd/mod.ts";
import { embedding } from "../../lib/ops/mod.ts";
import { integerValues, normalValues, testOp } from "../test_op.ts";

testOp({
  name: "embedding()",
  references: [{
    op: "embedding",
    inputs: ["weight", "ids"],
    call: (inputs, { padding_idx: padding }) => apply(embedding, inputs, { paddingIndex: Number(padding ?? -1) }),
  }],
  cases: [[1, 1, 1], [5, 3, 4], [11, 7, 20], [3, 8, 50], [4, 3, 0]].map(([vocabulary, columns, count], i) => ({
    name: `${count} ids of ${vocabulary} rows of ${columns}`,
    inputs: [normalValues([vocabulary, columns], i), integerValues([count], i, vocabulary, -1)],
    call: (inputs) => apply(embedding, inputs, { paddingIndex: i === 2 ? 4 : -1 }),
    ...(i === 2 && { noDifferences: "the padding row takes no gradient" }),
  })),
});
