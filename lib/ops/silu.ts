import { run } from "../tensor/mod.ts";
import type { Op } from "./op.ts";

/** x sigmoid(x), also called swish (Elfwing, Uchibe & Doya 2017). */
export const silu: Op = {
  name: "silu",
  forward([x]) {
    const [y] = run("silu", [x], [x.shape], { size: x.size });
    return { y, saved: [x] };
  },
  backward: (dy, { saved: [x] }) => run("silu_grad", [x, dy], [x.shape], { size: x.size }),
};
