// Clipping of gradients by their norm over all parameters (Pascanu et al. 2013).

import { SUM_OF_SQUARES_CHUNK } from "../backend/kernels.ts";
import { full, run, type Tensor, update } from "../tensor/mod.ts";

/**
 * Scales all gradients in place by min(1, maxNorm / (norm + 1e-6)), where norm is the Euclidean norm over all of them, and
 * returns that norm from before, shape (). Nothing waits for the device: read the norm only where it is shown.
 */
export function clipGradNorm(parameters: Iterable<Tensor>, maxNorm: number): Tensor {
  if (!(maxNorm >= 0)) throw new RangeError(`clipGradNorm: maxNorm is ${maxNorm}; it must be 0 or more.`);
  const gradients = [...parameters].flatMap((param) => param.grad ? [param.grad] : []);
  const norm = gradNorm(gradients);
  for (const gradient of gradients) update("clip", [norm], [gradient], { size: gradient.size, maxNorm });
  return norm;
}

/** The Euclidean norm of all gradients together, shape (); 0 where there are none. */
function gradNorm(gradients: readonly Tensor[]): Tensor {
  const chunks = gradients.map((gradient) => Math.ceil(gradient.size / SUM_OF_SQUARES_CHUNK));
  const partials = full([chunks.reduce((a, b) => a + b, 0)], 0);
  let first = 0;
  gradients.forEach((gradient, i) => {
    update("sum_of_squares", [gradient], [partials], { size: gradient.size, first });
    first += chunks[i];
  });
  const [norm] = run("norm", [partials], [[]], { size: partials.size });
  partials.dispose();
  return norm;
}
