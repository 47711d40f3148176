import { run } from "../tensor/mod.ts";
import { elementwise } from "./broadcast.ts";
import type { Op } from "./op.ts";
import { scaled } from "./reduce.ts";

/** The square root; its gradient 1 / (2 √x) is infinite at 0. */
export const sqrt: Op = {
  name: "sqrt",
  forward([x]) {
    const [y] = run("sqrt", [x], [x.shape], { size: x.size });
    return { y, saved: [y] };
  },
  backward: (dy, { saved: [y] }) => [scaled(elementwise("div", dy, y), 0.5)],
};
