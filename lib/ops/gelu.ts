import { run } from "../tensor/mod.ts";
import type { Op } from "./op.ts";

/** y = x Φ(x) with the normal distribution's Φ by erf (Hendrycks & Gimpel 2016). */
export const gelu: Op = {
  name: "gelu",
  forward([x]) {
    const [y] = run("gelu", [x], [x.shape], { size: x.size });
    return { y, saved: [x] };
  },
  backward: (dy, { saved: [x] }) => run("gelu_grad", [x, dy], [x.shape], { size: x.size }),
};
