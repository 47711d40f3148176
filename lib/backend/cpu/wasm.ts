// The compiled kernels: read, instantiated on a shared memory, and typed by the declarations that the compiler
// generated beside them.

import { readFile } from "node:fs/promises";
import type { instantiate as generated } from "../../../kernels/cpu/build/cpu.d.ts";
import type { KernelName } from "../kernels.ts";
import { type BlasLibrary, noBlas, openBlas } from "./blas.ts";

type Generated = Awaited<ReturnType<typeof generated>>;

/** A kernel: its inputs, outputs and uniforms in the order of the table, then the range of units to do. */
export type CpuFunction = (...args: number[]) => void;

/** What cpu.wasm exports; a kernel of the table that it lacks is a type error in `instantiate`. */
export type CpuExports =
  & Readonly<Record<KernelName, CpuFunction>>
  & Pick<Generated, "matmul_units" | "linear_units" | "SCRATCH_BYTES">;

// The memory begins with the constants of the kernels (AssemblyScript's static data, which every instance writes
// again), then come the control words, then scratch memory of each thread, then tensors.
export const CONTROL_BYTE = 32768;
export const FIRST_FREE_BYTE = 65536;

/** What a thread needs to make its own kernels on the same memory. */
export interface ThreadSetup {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  readonly blas: BlasLibrary | null;
  /** 0 is the main thread. */
  readonly thread: number;
  readonly threads: number;
}

/** 64 KiB pages; the last of 65,536 stays out of reach, so that an address just past a buffer never wraps to 0. */
const MAX_PAGES = 65535;

export function createMemory(initialBytes: number): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: Math.ceil(initialBytes / 65536), maximum: MAX_PAGES, shared: true });
}

/** Reads kernels/cpu/build/cpu.wasm. */
export async function compile(): Promise<WebAssembly.Module> {
  const bytes = await readFile(new URL("../../../kernels/cpu/build/cpu.wasm", import.meta.url));
  return await WebAssembly.compile(new Uint8Array(bytes));
}

/** The kernels of one thread, with scratch memory of its own. */
export function instantiate({ module, memory, blas, thread, threads }: ThreadSetup): CpuExports {
  const calls = blas ? openBlas(blas, memory) : noBlas;
  const instance = new WebAssembly.Instance(module, { env: { memory, ...calls } });
  const exports: unknown = instance.exports;
  const kernels = (exports as Generated) satisfies Record<KernelName, (...args: never[]) => void>;
  const scratch = FIRST_FREE_BYTE + thread * kernels.SCRATCH_BYTES.value;
  kernels.configure(scratch, threads, blas !== null, blas?.hasBatch ?? false);
  return kernels;
}
