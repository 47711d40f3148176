import { apply } from "../../lib/autograd/mod.ts";
import { layerNorm, residualLayerNorm } from "../../lib/ops/mod.ts";
import type { Tensor } from "../../lib/tensor/mod.ts";
import { normalValues, testOp, type Values } from "../test_op.ts";

const shapes = [[1, 8], [3, 7], [2, 3, 5], [0, 4], [5, 129], [33, 64]];
const tooMany = ([rows]: readonly number[]) => rows < 5 ? {} : { noDifferences: "too many to take one by one" };
const weights = (
  columns: number,
  seed: number,
): Values[] => [normalValues([columns], seed), normalValues([columns], seed + 1)];

testOp({
  name: "layerNorm()",
  references: [{
    op: "layer_norm",
    inputs: ["x", "weight", "bias"],
    call: (inputs, { eps }) => apply(layerNorm, inputs, { eps: Number(eps) }),
  }],
  cases: shapes.map((shape, i) => ({
    name: `(${shape})`,
    inputs: [normalValues(shape, i), ...weights(shape.at(-1)!, i + 50)],
    call: (inputs) => apply(layerNorm, inputs, { eps: 1e-5 }),
    ...tooMany(shape),
  })),
});

testOp({
  name: "residualLayerNorm()",
  // without residual and dropout it is layer_norm
  references: [{
    op: "layer_norm",
    inputs: ["x", "weight", "bias"],
    call: ([x, weight, bias], { eps }) =>
      apply(residualLayerNorm, [x, x.scale(0), weight, bias], { eps: Number(eps), dropout: { p: 0, seed: 0 } }),
  }],
  cases: shapes.flatMap((shape, i) =>
    [0, 0.3].map((p) => ({
      name: `(${shape}), p ${p}`,
      inputs: [normalValues(shape, i), normalValues(shape, i + 20), ...weights(shape.at(-1)!, i + 50)],
      call: (inputs: readonly Tensor[]) =>
        apply(residualLayerNorm, inputs, { eps: 1e-12, dropout: { p, seed: 17 + i } }),
      ...tooMany(shape),
    }))
  ),
});
