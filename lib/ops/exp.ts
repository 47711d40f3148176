import { run } from "../tensor/mod.ts";
import { elementwise } from "./broadcast.ts";
import type { Op } from "./op.ts";

/** e^x; its gradient is itself. */
export const exp: Op = {
  name: "exp",
  forward([x]) {
    const [y] = run("exp", [x], [x.shape], { size: x.size });
    return { y, saved: [y] };
  },
  backward: (dy, { saved: [y] }) => [elementwise("mul", dy, y)],
};
