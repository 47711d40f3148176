// What this machine can do, measured in a second: how fast memory is copied, how fast a large product is taken.

import type { Backend } from "../lib/backend/backend.ts";

export interface Peaks {
  /** GB/s, bytes read and written together. */
  readonly copy: number;
  /** GFLOP/s of a float32 product of 1024 x 1024 x 1024. */
  readonly product: number;
}

/** Far more than the caches hold. */
const COPIED = 2 ** 25;
const SIDE = 1024;
const REPEATS = 7;

/** The best of some tries of each. The copy is the faster of the system's own on one thread and the kernel `scale` on all of them. */
export function measurePeaks(backend: Backend): Peaks {
  const [from, to] = [new Float32Array(COPIED).fill(1), new Float32Array(COPIED)];
  const byOne = fastest(() => to.set(from));
  const byAll = withBuffers(backend, 2, COPIED, ([x, y]) => {
    return fastest(() => backend.run("scale", [x], [y], { size: COPIED, factor: 1 }));
  });
  const product = withBuffers(backend, 3, SIDE * SIDE, ([a, b, y]) => {
    const sizes = { batch: 1, m: SIDE, n: SIDE, k: SIDE, transposeA: 0, transposeB: 0, strideA: 0, strideB: 0 };
    return fastest(() => backend.run("matmul", [a, b], [y], sizes));
  });
  return { copy: 2 * 4 * COPIED / Math.min(byOne, byAll) / 1e6, product: 2 * SIDE ** 3 / product / 1e6 };
}

/** Milliseconds of the fastest of some tries; the first, untimed, touches the pages. */
function fastest(work: () => void): number {
  work();
  const times = Array.from({ length: REPEATS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function withBuffers<R>(backend: Backend, count: number, size: number, work: (buffers: number[]) => R): R {
  const buffers = Array.from({ length: count }, () => backend.allocate(4 * size, "a measurement of the machine"));
  const ones = new Float32Array(size).fill(1);
  for (const buffer of buffers) backend.write(buffer, ones);
  const result = work(buffers);
  for (const buffer of buffers) backend.free(buffer);
  return result;
}
