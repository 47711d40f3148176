// Clipping of gradients by their norm over all parameters (Pascanu et al. 2013).

import { SUM_OF_SQUARES_CHUNK } from "../backend/kernels.ts";
import { RowGradient } from "../ops/mod.ts";
import { full, run, type Tensor, updateAll } from "../tensor/mod.ts";

/**
 * Scales all gradients in place by min(1, maxNorm / (norm + 1e-6)), where norm is the Euclidean norm over all of them, and
 * returns that norm from before, shape (). Nothing waits for the device: read the norm only where it is shown.
 */
export function clipGradNorm(parameters: Iterable<Tensor>, maxNorm: number): Tensor {
  if (!(maxNorm >= 0)) throw new RangeError(`clipGradNorm: maxNorm is ${maxNorm}; it must be 0 or more.`);
  const gradients = [...parameters].flatMap(gradientsOf);
  const norm = gradNorm(gradients);
  updateAll(
    "clip",
    gradients.map((gradient) => ({
      inputs: [norm],
      targets: [gradient],
      uniforms: { size: gradient.size, maxNorm },
    })),
  );
  return norm;
}

/** The numbers of a parameter's gradient; rows that have none would add zeros. */
function gradientsOf(param: Tensor): Tensor[] {
  const { gradient } = param;
  if (gradient instanceof RowGradient) return [gradient.values];
  return param.grad ? [param.grad] : [];
}

/** The Euclidean norm of all gradients together, shape (); 0 where there are none. */
function gradNorm(gradients: readonly Tensor[]): Tensor {
  const chunks = gradients.map((gradient) => Math.ceil(gradient.size / SUM_OF_SQUARES_CHUNK));
  const partials = full([chunks.reduce((a, b) => a + b, 0)], 0);
  let first = 0;
  updateAll(
    "sum_of_squares",
    gradients.map((gradient, i) => {
      const uniforms = { size: gradient.size, first };
      first += chunks[i];
      return { inputs: [gradient], targets: [partials], uniforms };
    }),
  );
  const [norm] = run("norm", [partials], [[]], { size: partials.size });
  partials.dispose();
  return norm;
}
