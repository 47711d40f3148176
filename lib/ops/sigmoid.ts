import { run } from "../tensor/mod.ts";
import type { Op } from "./op.ts";

/** 1 / (1 + e^-x). */
export const sigmoid: Op = {
  name: "sigmoid",
  forward([x]) {
    const [y] = run("sigmoid", [x], [x.shape], { size: x.size });
    return { y, saved: [y] };
  },
  backward: (dy, { saved: [y] }) => run("sigmoid_grad", [y, dy], [y.shape], { size: y.size }),
};
