import { run } from "../tensor/mod.ts";
import type { Op } from "./op.ts";

/** max(x, 0) (Nair & Hinton 2010); its gradient at 0 is 0. */
export const relu: Op = {
  name: "relu",
  forward([x]) {
    const [y] = run("relu", [x], [x.shape], { size: x.size });
    return { y, saved: [y] };
  },
  backward: (dy, { saved: [y] }) => run("relu_grad", [y, dy], [y.shape], { size: y.size }),
};
