import { run, sameShape } from "../tensor/mod.ts";
import { elementwise } from "./broadcast.ts";
import { assertShapes, type Op } from "./op.ts";
import { scaled } from "./reduce.ts";

/** Binary cross-entropy of sigmoid(x) against targets between 0 and 1, one loss a value. Inputs x and targets of one shape. */
export const bceWithLogits: Op = {
  name: "bceWithLogits",
  forward([x, targets]) {
    assertShapes("bceWithLogits", sameShape(x.shape, targets.shape), "both must be the same", x, targets);
    const [y] = run("bce_with_logits", [x, targets], [x.shape], { size: x.size });
    return { y, saved: [x, targets] };
  },
  backward(dy, { saved: [x, targets], needs }) {
    const [p] = run("sigmoid", [x], [x.shape], { size: x.size });
    return [
      needs[0] ? elementwise("mul", dy, elementwise("sub", p, targets)) : null,
      needs[1] ? scaled(elementwise("mul", dy, x), -1) : null,
    ];
  },
};
