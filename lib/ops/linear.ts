import { rowsAndColumns, run, type Tensor } from "../tensor/mod.ts";
import { assertShapes, type Op } from "./op.ts";

/** y = x weightᵀ + bias. Inputs x (…, k), weight (n, k) as PyTorch stores it, and bias (n) where there is one; y (…, n). */
export const linear: Op = {
  name: "linear",
  forward([x, weight, bias]) {
    const { rows, columns: k } = rowsAndColumns(x.shape);
    const [n, inner] = weight.shape;
    assertShapes(
      "linear",
      weight.shape.length === 2 && inner === k,
      "weight must be (outputs, inputs) with x's last axis as inputs",
      x,
      weight,
    );
    const shape = [...x.shape.slice(0, -1), n];
    if (!bias) return { y: product(x, weight, shape, { m: rows, n, k, transposeB: 1 }), saved: [x, weight] };
    assertShapes("linear", bias.size === n, "bias must have one value for each of weight's rows", weight, bias);
    const [y] = run("linear", [x, weight, bias], [shape], { rows, n, k });
    return { y, saved: [x, weight] };
  },
  backward(dy, { saved: [x, weight], needs: [needsX, needsWeight, needsBias] }) {
    const { rows, columns: k } = rowsAndColumns(x.shape);
    const n = weight.shape[0];
    return [
      needsX ? product(dy, weight, x.shape, { m: rows, n: k, k: n }) : null, // (rows, n) (n, k)
      needsWeight ? product(dy, x, weight.shape, { m: n, n: k, k: rows, transposeA: 1 }) : null, // (rows, n)ᵀ (rows, k)
      needsBias ? run("sum_rows", [dy], [[n]], { rows, columns: n })[0] : null,
    ];
  },
};

function product(
  a: Tensor,
  b: Tensor,
  shape: readonly number[],
  sizes: { m: number; n: number; k: number; transposeA?: number; transposeB?: number },
): Tensor {
  return run("matmul", [a, b], [shape], {
    batch: 1,
    transposeA: 0,
    transposeB: 0,
    strideA: 0,
    strideB: 0,
    ...sizes,
  })[0];
}
