import { run } from "../tensor/mod.ts";
import type { Op } from "./op.ts";

/** |x|; its gradient at 0 is 0. */
export const abs: Op = {
  name: "abs",
  forward([x]) {
    const [y] = run("abs", [x], [x.shape], { size: x.size });
    return { y, saved: [x] };
  },
  backward: (dy, { saved: [x] }) => run("abs_grad", [x, dy], [x.shape], { size: x.size }),
};
