import { elementwise, sumTo } from "./broadcast.ts";
import type { Op } from "./op.ts";

/** y = a + b, broadcast. */
export const add: Op = {
  name: "add",
  forward: ([a, b]) => ({ y: elementwise("add", a, b), saved: [] }),
  backward: (dy, { shapes: [a, b], needs }) => [needs[0] ? sumTo(dy, a) : null, needs[1] ? sumTo(dy, b) : null],
};
