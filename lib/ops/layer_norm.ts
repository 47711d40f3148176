import { rowsAndColumns, run, sameShape, type Tensor } from "../tensor/mod.ts";
import { type DropoutOptions, dropoutUniforms } from "./dropout.ts";
import { assertShapes, type Op } from "./op.ts";

/** LayerNorm over the last axis: y = weight (x - mean) / sqrt(variance + eps) + bias (Ba, Kiros & Hinton 2016). Inputs x, weight, bias. */
export const layerNorm: Op<{ eps: number }> = {
  name: "layerNorm",
  forward([x, weight, bias], { eps }) {
    const { rows, columns } = rowsAndColumns(x.shape);
    assertColumns("layerNorm", x, weight, bias);
    const [y, statistics] = run("layer_norm", [x, weight, bias], [x.shape, [rows, 2]], { rows, columns, eps });
    return { y, saved: [x, statistics, weight] };
  },
  backward: (dy, { saved: [x, statistics, weight] }) => normGradients(dy, x, statistics, weight),
};

/**
 * What follows each half of an encoder layer, in one pass over memory: y = LayerNorm(dropout(x) + residual).
 * Inputs x, residual, weight, bias; p 0 leaves dropout out.
 */
export const residualLayerNorm: Op<{ eps: number; dropout: DropoutOptions }> = {
  name: "residualLayerNorm",
  forward([x, residual, weight, bias], { eps, dropout }) {
    const { rows, columns } = rowsAndColumns(x.shape);
    assertShapes(
      "residualLayerNorm",
      sameShape(x.shape, residual.shape),
      "x and residual must be the same",
      x,
      residual,
    );
    assertColumns("residualLayerNorm", x, weight, bias);
    const [y, sum, statistics] = run(
      "residual_layer_norm",
      [x, residual, weight, bias],
      [x.shape, x.shape, [rows, 2]],
      { rows, columns, eps, ...dropoutUniforms(dropout) },
    );
    return { y, saved: [sum, statistics, weight] };
  },
  backward(dy, { saved: [sum, statistics, weight], options: { dropout } }) {
    const [dsum, dweight, dbias] = normGradients(dy, sum, statistics, weight);
    const { rows, columns } = rowsAndColumns(sum.shape);
    const dx = dropout.p === 0
      ? dsum.alias()
      : run("dropout", [dsum], [dsum.shape], { rows, columns, ...dropoutUniforms(dropout) })[0];
    return [dx, dsum, dweight, dbias];
  },
};

function assertColumns(op: string, x: Tensor, weight: Tensor, bias: Tensor): void {
  const columns = x.shape.at(-1);
  const fits = weight.size === columns && bias.size === columns;
  assertShapes(op, fits, "weight and bias must be as long as x's last axis", x, weight, bias);
}

function normGradients(dy: Tensor, x: Tensor, statistics: Tensor, weight: Tensor): [Tensor, Tensor, Tensor] {
  const { rows, columns } = rowsAndColumns(x.shape);
  const [dx] = run("layer_norm_grad", [dy, x, statistics, weight], [x.shape], { rows, columns });
  const [dweight, dbias] = run("layer_norm_grad_weight", [dy, x, statistics], [[columns], [columns]], {
    rows,
    columns,
  });
  return [dx, dweight, dbias];
}
