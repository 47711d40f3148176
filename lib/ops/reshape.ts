import type { Shape } from "../tensor/mod.ts";
import type { Op } from "./op.ts";

/** The same values under another shape of the same size; one length may be -1. */
export const reshape: Op<{ shape: Shape }> = {
  name: "reshape",
  forward: ([x], { shape }) => ({ y: x.alias(shape, "reshape"), saved: [] }),
  backward: (dy, { shapes: [shape] }) => [dy.alias(shape)],
};
