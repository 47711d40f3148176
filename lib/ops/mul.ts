import { elementwise, sumTo } from "./broadcast.ts";
import type { Op } from "./op.ts";

/** y = a b element by element, broadcast. */
export const mul: Op = {
  name: "mul",
  forward: ([a, b]) => ({ y: elementwise("mul", a, b), saved: [a, b] }),
  backward: (dy, { saved: [a, b], needs }) => [
    needs[0] ? sumTo(elementwise("mul", dy, b), a.shape) : null,
    needs[1] ? sumTo(elementwise("mul", dy, a), b.shape) : null,
  ],
};
