import { run, sameShape } from "../tensor/mod.ts";
import { broadcastShape, expandTo } from "./broadcast.ts";
import { assertDType, assertShapes, type Op } from "./op.ts";

/** y = value where mask is not 0, else x. Inputs x, and mask int32 of x's shape or one that is repeated to it. */
export const maskedFill: Op<{ value: number }> = {
  name: "maskedFill",
  forward([x, mask], { value }) {
    assertDType("maskedFill", "int32", "mask", mask);
    const shape = broadcastShape(x.shape, mask.shape);
    const fits = shape !== undefined && sameShape(shape, x.shape);
    assertShapes("maskedFill", fits, "the mask must have x's shape, or be repeated to it", x, mask);
    const wide = expandTo(mask, x.shape);
    const [y] = run("masked_fill", [x, wide], [x.shape], { size: x.size, value });
    return { y, saved: [wide] };
  },
  backward(dy, { saved: [mask] }) {
    return [run("masked_fill", [dy, mask], [dy.shape], { size: dy.size, value: 0 })[0], null];
  },
};
