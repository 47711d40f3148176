// Sums over any axes, with the kernel that fits: over all, over the first axes (column sums), over the last (row sums), or row sums after
// the axes were put last.

import { run, scope, type Shape, sizeOf, type Tensor } from "../tensor/mod.ts";
import { orderWithLast } from "./axes.ts";
import { inOrder } from "./view.ts";

/** factor Σ x over `axes` (from 0, in order), as a new tensor of `shape`. */
export function sumOver(x: Tensor, axes: readonly number[], factor: number, shape: Shape): Tensor {
  const reduced = axes.filter((axis) => x.shape[axis] !== 1);
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis) && x.shape[axis] !== 1);
  if (reduced.length === 0) return scaled(x.alias(shape), factor);
  if (kept.length === 0) return run("sum", [x], [shape], { size: x.size, factor })[0];
  const columnsOf = (axes: readonly number[]) => sizeOf(axes.map((axis) => x.shape[axis]));
  if (reduced.at(-1)! < kept[0]) {
    const [y] = run("sum_rows", [x], [shape], { rows: columnsOf(reduced), columns: columnsOf(kept) });
    return scaled(y, factor);
  }
  return scope(() => {
    const isLast = kept.at(-1)! < reduced[0];
    const ordered = isLast ? x : inOrder(x, orderWithLast(axes, x.shape.length), "sum");
    return run("row_sum", [ordered], [shape], { rows: columnsOf(kept), columns: columnsOf(reduced), factor })[0];
  });
}

/** factor x; takes x over. */
export function scaled(x: Tensor, factor: number): Tensor {
  if (factor === 1) return x;
  const [y] = run("scale", [x], [x.shape], { size: x.size, factor });
  x.dispose();
  return y;
}
