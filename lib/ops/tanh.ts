import { run } from "../tensor/mod.ts";
import type { Op } from "./op.ts";

/** The hyperbolic tangent; its gradient is 1 - y². */
export const tanh: Op = {
  name: "tanh",
  forward([x]) {
    const [y] = run("tanh", [x], [x.shape], { size: x.size });
    return { y, saved: [y] };
  },
  backward: (dy, { saved: [y] }) => run("tanh_grad", [y, dy], [y.shape], { size: y.size }),
};
