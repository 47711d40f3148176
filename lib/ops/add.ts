import { run, sameShape } from "../tensor/mod.ts";
import { assertShapes, type Op } from "./op.ts";

/** y = a + b, of one shape. */
export const add: Op = {
  name: "add",
  forward([a, b]) {
    assertShapes("add", sameShape(a.shape, b.shape), "both must be the same", a, b);
    const [y] = run("add", [a, b], [a.shape], { size: a.size });
    return { y, saved: [] };
  },
  backward: (dy) => [dy.alias(), dy.alias()],
};
