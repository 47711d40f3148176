// What the float64 kernels share: their type, and the random bits of dropout.

import type { KernelName, Uniforms } from "../../lib/backend/kernels.ts";

export type Buffer = Float64Array;

/** Kernels of the table, or some of them. */
export type Kernels = {
  readonly [K in KernelName]: (inputs: Buffer[], outputs: Buffer[], uniforms: Uniforms<K>) => void;
};

// ---- dropout: lowbias32 (Wellons 2018) of seed + counter; 16 bits an element, eight elements share four hashes
function hash(x: number): number {
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

export function isKept(seed: number, i: number, threshold: number): boolean {
  const h = hash((seed + Math.floor(i / 8) * 4 + (i & 3)) >>> 0);
  return (i & 4 ? h >>> 16 : h & 0xffff) >= threshold;
}

export const roundUp8 = (n: number) => Math.ceil(n / 8) * 8;
