// Clipping of gradients by their norm over all parameters (Pascanu et al. 2013).

import { noGrad, stack } from "../autograd/mod.ts";
import { SUM_OF_SQUARES_CHUNK } from "../backend/kernels.ts";
import { RowGradient } from "../ops/mod.ts";
import { full, run, scope, type Tensor, update, updateAll } from "../tensor/mod.ts";
import { ClippedGradient } from "./clipped_gradient.ts";

/** Which norm is taken: 2 the Euclidean one, 1 the sum of absolute values, Infinity the largest of them. */
export type NormType = 1 | 2 | typeof Infinity;

const norms: ReadonlyMap<NormType, (gradients: readonly Tensor[]) => Tensor> = new Map([
  [1, normOfNorms((x) => x.abs().sum())],
  [2, euclideanNorm],
  [Infinity, normOfNorms((x) => x.abs().max())],
]);

/**
 * Scales all gradients by min(1, maxNorm / (norm + 1e-6)) when they are next read, where norm is taken over all of them together, and
 * returns that norm from before, shape (). Nothing waits for the device: read the norm only where it is shown.
 * @throws RangeError where maxNorm is negative or the norm is not one of 1, 2 and Infinity
 */
export function clipGradNorm(
  parameters: Iterable<Tensor>,
  maxNorm: number,
  { normType = 2 }: { normType?: NormType } = {},
): Tensor {
  if (!(maxNorm >= 0)) throw new RangeError(`clipGradNorm: maxNorm is ${maxNorm}; it must be 0 or more.`);
  const normOf = norms.get(normType);
  if (!normOf) throw new RangeError(`clipGradNorm: normType is ${normType}; it must be 1, 2 or Infinity.`);
  const clipped = [...parameters].filter((param) => param.gradient !== null && param.size > 0);
  const gradients = clipped.map(valuesOf);
  const norm = gradients.length === 0 ? full([], 0) : normOf(gradients);
  clipped.forEach((param, i) => {
    const gradient = gradients[i];
    if (param.gradient !== gradient) update("clip", [norm], [gradient], { size: gradient.size, maxNorm });
    else param.gradient = new ClippedGradient(gradient, norm, maxNorm);
  });
  return norm;
}

/** The numbers of a gradient; rows that have none would add zeros. */
function valuesOf(param: Tensor): Tensor {
  return param.gradient instanceof RowGradient ? param.gradient.values : param.grad!;
}

/** The Euclidean norm of all gradients together, shape (). */
function euclideanNorm(gradients: readonly Tensor[]): Tensor {
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

/** A norm that is the same over all numbers at once as over the norms of parts, shape (). */
function normOfNorms(norm: (x: Tensor) => Tensor): (gradients: readonly Tensor[]) => Tensor {
  return (gradients) => noGrad(() => scope(() => norm(stack(gradients.map(norm)))));
}
