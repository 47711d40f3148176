import { run } from "../tensor/mod.ts";
import type { Op } from "./op.ts";

/** y = factor x. */
export const scale: Op<{ factor: number }> = {
  name: "scale",
  forward([x], { factor }) {
    const [y] = run("scale", [x], [x.shape], { size: x.size, factor });
    return { y, saved: [] };
  },
  backward: (dy, { options: { factor } }) => run("scale", [dy], [dy.shape], { size: dy.size, factor }),
};
