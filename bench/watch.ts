// A backend seen from outside: each kernel it runs is timed, and its arithmetic and traffic counted from its table row and buffers.

import type { Backend, BufferId } from "../lib/backend/backend.ts";
import { type KernelName, kernels } from "../lib/backend/kernels.ts";

/** One run of a kernel, or of several sets of buffers at once. */
export interface Call {
  readonly kernel: KernelName;
  /** Its sizes, to read. */
  readonly shape: string;
  readonly ms: number;
  /** Multiplications and additions of its products; 0 for all other kernels. */
  readonly flops: number;
  /** Read and written, each buffer once. */
  readonly bytes: number;
}

/** Buffers and numbers of a kernel. */
interface Work {
  readonly inputs: readonly BufferId[];
  readonly outputs: readonly BufferId[];
  readonly uniforms: Readonly<Record<string, number>>;
}

/** The same backend; `seen` hears of every kernel when it is done. The buffers of all tensors must be allocated through it. */
export function watchKernels(backend: Backend, seen: (call: Call) => void): Backend {
  const bytesOf = new Map<BufferId, number>();

  function timed(kernel: KernelName, works: readonly Work[], run: () => void): void {
    const start = performance.now();
    run();
    const ms = performance.now() - start;
    const sizeOf = (buffer: BufferId) => bytesOf.get(buffer) ?? 0;
    const total = (count: (work: Work) => number) => works.reduce((sum, work) => sum + count(work), 0);
    const shape = works.length === 1 ? shapeOf(works[0]) : `${works.length} at once`;
    const [flops, bytes] = [(w: Work) => flopsOf(kernel, w, sizeOf), (w: Work) => traffic(kernel, w, sizeOf)].map(
      total,
    );
    seen({ kernel, shape, ms, flops, bytes });
  }

  const watched = {
    allocate(bytes: number, label: string): BufferId {
      const buffer = backend.allocate(bytes, label);
      bytesOf.set(buffer, bytes);
      return buffer;
    },
    run(
      kernel: KernelName,
      inputs: readonly BufferId[],
      outputs: readonly BufferId[],
      uniforms: Work["uniforms"],
    ): void {
      timed(
        kernel,
        [{ inputs, outputs, uniforms }],
        () => Reflect.apply(backend.run, backend, [kernel, inputs, outputs, uniforms]),
      );
    },
    runAll(kernel: KernelName, works: readonly Work[]): void {
      timed(kernel, works, () => Reflect.apply(Reflect.get(backend, "runAll"), backend, [kernel, works]));
    },
  };
  return new Proxy(backend, {
    get: (target, name) => Reflect.get(Object.hasOwn(watched, name) ? watched : target, name),
  });
}

/** Sizes as one writes them: rows x columns, (m, k) (k, n) as m x n x k. */
function shapeOf({ uniforms: u }: Work): string {
  if ("k" in u) {
    const transposes = `${u.transposeA ? " aᵀ" : ""}${u.transposeB ? " bᵀ" : ""}`;
    return `${u.batch > 1 ? `${u.batch} of ` : ""}${u.m ?? u.rows} x ${u.n} x ${u.k}${transposes}`;
  }
  if ("headSize" in u) {
    return `${u.sequences} x ${u.heads} heads of ${u.headSize}, ${u.longestQueries} x ${u.longestKeys}`;
  }
  const sizes = [u.rows, u.columns, u.vocabulary, u.count, u.size].filter((size) => size !== undefined);
  return sizes.join(" x ");
}

/** Products by the names of their sizes: (m, k) (k, n), or (rows, k) (k, n); attention's by its matrix of probabilities. */
function flopsOf(
  kernel: KernelName,
  { inputs, outputs, uniforms: u }: Work,
  sizeOf: (buffer: BufferId) => number,
): number {
  if ("k" in u) return 2 * (u.batch ?? 1) * (u.m ?? u.rows) * u.n * u.k;
  if (!kernel.startsWith("attention_")) return 0;
  const probabilities = kernel === "attention_probabilities" ? outputs[0] : inputs[0];
  return 2 * u.headSize * sizeOf(probabilities) / 4;
}

/** Outputs with a star are read as well. Kernels on some rows of a table touch only those. */
function traffic(
  kernel: KernelName,
  { inputs, outputs, uniforms: u }: Work,
  sizeOf: (buffer: BufferId) => number,
): number {
  const touched = "rows" in u && "columns" in u && !("vocabulary" in u) ? 4 * u.rows * u.columns : Infinity;
  const bytes = (buffer: BufferId) => Math.min(sizeOf(buffer), touched);
  const written = outputs.map((buffer, i) => bytes(buffer) * (kernels[kernel].outputs[i].endsWith("*") ? 2 : 1));
  return [...inputs.map(bytes), ...written].reduce((sum, each) => sum + each, 0);
}
