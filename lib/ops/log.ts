import { run } from "../tensor/mod.ts";
import { elementwise } from "./broadcast.ts";
import type { Op } from "./op.ts";

/** The natural logarithm: -infinity at 0, NaN below. */
export const log: Op = {
  name: "log",
  forward([x]) {
    const [y] = run("log", [x], [x.shape], { size: x.size });
    return { y, saved: [x] };
  },
  backward: (dy, { saved: [x] }) => [elementwise("div", dy, x)],
};
