import { run, type Shape, sizeOf } from "../tensor/mod.ts";
import { axisOf } from "./axes.ts";
import type { Op } from "./op.ts";
import { narrowed, readView, type View, whole, writeView } from "./view.ts";

export interface SliceOptions {
  axis: number;
  /** First place; negative ones count from the end. */
  start: number;
  /** The place after the last; negative ones count from the end. */
  end: number;
}

/** A part of an axis, as arrays are sliced: places beyond the end are left out. Its gradient is zeros elsewhere. */
export const slice: Op<SliceOptions> = {
  name: "slice",
  forward: ([x], options) => ({ y: readView(x, viewOf(x.shape, options), "slice"), saved: [] }),
  backward(dy, { shapes: [shape], options }) {
    const [dx] = run("fill", [], [shape], { size: sizeOf(shape), value: 0 });
    writeView(dy, dx, viewOf(shape, options));
    return [dx];
  },
};

function viewOf(shape: Shape, { axis, start, end }: SliceOptions): View {
  const at = axisOf("slice", axis, shape);
  const place = (index: number) => Math.min(Math.max(index < 0 ? index + shape[at] : index, 0), shape[at]);
  const first = place(start);
  return narrowed(whole(shape), at, first, Math.max(0, place(end) - first));
}
