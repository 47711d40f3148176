// The only place that records the graph.

import type { Op } from "../ops/mod.ts";
import type { Tensor } from "../tensor/mod.ts";
import { isGradEnabled } from "./grad_mode.ts";
import { Node } from "./node.ts";

/** Runs an op on tensors, and records it when a gradient flows through one of them. */
export function apply(op: Op, inputs: readonly Tensor[]): Tensor;
export function apply<Options>(op: Op<Options>, inputs: readonly Tensor[], options: Options): Tensor;
export function apply<Options>(op: Op<Options>, inputs: readonly Tensor[], options?: Options): Tensor {
  const { y, saved } = op.forward(inputs, options as Options);
  if (isGradEnabled() && inputs.some((input) => input.isDifferentiable)) {
    y.setNode(Node.of(op, inputs, options as Options, saved));
  }
  for (const tensor of saved) if (tensor !== y && !inputs.includes(tensor)) tensor.dispose();
  return y;
}
