import { rowsAndColumns, run, type Tensor } from "../tensor/mod.ts";
import type { Op } from "./op.ts";

/** The sum of all values times `factor` (1 / size for the mean): x of any shape, y (). */
export const sum: Op<{ factor: number }> = {
  name: "sum",
  forward([x], { factor }) {
    const [y] = run("sum", [x], [[]], { size: x.size, factor });
    return { y, saved: [] };
  },
  backward: (dy, { shapes: [shape], options: { factor } }) => [spread(dy, shape, factor)],
};

// factor dy in every place: the outer product of a column of ones with dy
function spread(dy: Tensor, shape: readonly number[], factor: number): Tensor {
  const { rows, columns } = rowsAndColumns(shape);
  const [ones] = run("fill", [], [[rows * columns]], { size: rows * columns, value: factor });
  const sizes = { batch: 1, m: rows * columns, n: 1, k: 1, transposeA: 0, transposeB: 0, strideA: 0, strideB: 0 };
  return run("matmul", [ones, dy], [shape], sizes)[0];
}
