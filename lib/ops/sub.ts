import { elementwise, sumTo } from "./broadcast.ts";
import type { Op } from "./op.ts";
import { scaled } from "./reduce.ts";

/** y = a - b, broadcast. */
export const sub: Op = {
  name: "sub",
  forward: ([a, b]) => ({ y: elementwise("sub", a, b), saved: [] }),
  backward: (dy, { shapes: [a, b], needs }) => [
    needs[0] ? sumTo(dy, a) : null,
    needs[1] ? scaled(sumTo(dy, b), -1) : null,
  ],
};
