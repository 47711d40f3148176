import { rowsAndColumns, run } from "../tensor/mod.ts";
import type { Op } from "./op.ts";

/** A drop probability p and the seed of the mask: the same seed gives the same mask on every device. */
export interface DropoutOptions {
  p: number;
  seed: number;
}

/**
 * The numbers that dropout kernels take: p as a threshold on 16 random bits, so the share that is
 * dropped is exact to 1/65536, and what kept values are scaled by, 1 / (1 - p).
 * @throws RangeError unless 0 <= p < 1
 */
export function dropoutUniforms({ p, seed }: DropoutOptions): { threshold: number; keepScale: number; seed: number } {
  if (!(p >= 0 && p < 1)) throw new RangeError(`dropout: p is ${p}; it must be at least 0 and less than 1.`);
  const threshold = Math.round(p * 65536);
  return { threshold, keepScale: threshold === 0 ? 1 : 1 / (1 - p), seed };
}

/** Zeros each value with probability p and scales the others by 1 / (1 - p) (Srivastava et al. 2014). */
export const dropout: Op<DropoutOptions> = {
  name: "dropout",
  forward([x], options) {
    const [y] = run("dropout", [x], [x.shape], { ...rowsAndColumns(x.shape), ...dropoutUniforms(options) });
    return { y, saved: [] };
  },
  backward: (dy, { options }) =>
    run("dropout", [dy], [dy.shape], {
      ...rowsAndColumns(dy.shape),
      ...dropoutUniforms(options),
    }),
};
