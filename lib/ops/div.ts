import { elementwise, sumTo } from "./broadcast.ts";
import type { Op } from "./op.ts";
import { scaled } from "./reduce.ts";

/** y = a / b element by element, broadcast. */
export const div: Op = {
  name: "div",
  forward([a, b]) {
    const y = elementwise("div", a, b);
    return { y, saved: [b, y] };
  },
  // dy/da = 1 / b, dy/db = -y / b
  backward(dy, { saved: [b, y], shapes, needs }) {
    const quotient = elementwise("div", dy, b);
    return [
      needs[0] ? sumTo(quotient, shapes[0]) : null,
      needs[1] ? scaled(sumTo(elementwise("mul", quotient, y), shapes[1]), -1) : null,
    ];
  },
};
