// AMSGrad (Reddi, Kale & Kumar 2018): Adam whose steps divide by the largest second moment so far, which cannot shrink again.

import { run, type Tensor, update } from "../tensor/mod.ts";
import type { AdamNumbers } from "./adam_rows.ts";
import type { Clipping } from "./clipped_gradient.ts";

/** One step in place, of the kernels that Adam has: the moments first, then the parameter by the largest of the second moments. */
export function amsgradStep(
  param: Tensor,
  { gradient, norm, maxNorm }: Clipping,
  [m, v]: readonly [Tensor, Tensor],
  largest: Tensor,
  numbers: AdamNumbers,
): void {
  const { size, shape } = param;
  update("adamw", [gradient, norm], [param, m, v], { size, ...numbers, maxNorm, decay: 1, stepSize: 0 });
  const [above] = run("sub", [v, largest], [shape], { size });
  const [rise] = run("relu", [above], [shape], { size });
  update("accumulate", [rise], [largest], { size });
  const asTheyAre = { beta1: 1, beta2: 1, oneMinusBeta1: 0, oneMinusBeta2: 0 };
  update("adamw", [gradient, norm], [param, m, largest], { size, ...numbers, maxNorm, ...asTheyAre });
}
