// The CPU as a Backend: one shared WebAssembly memory, kernels compiled from AssemblyScript, a team of threads, and a
// BLAS where there is one.

import type { Backend, DType, HostArray, KernelCall } from "../backend.ts";
import { type KernelName, kernels } from "../kernels.ts";
import { type BlasLibrary, findBlas } from "./blas.ts";
import type { SharedCall } from "./control.ts";
import { KERNEL_NAMES, plan } from "./kernels.ts";
import { createAllocator } from "./memory.ts";
import { startTeam } from "./threads.ts";
import { compile, createMemory, FIRST_FREE_BYTE, instantiate } from "./wasm.ts";

export interface CpuOptions {
  /** Threads to work with; the cores of the machine where left out. */
  threads?: number;
  /** Path of a BLAS, or "none"; the environment's ATTEND_BLAS, then what is found, where left out. */
  blas?: string;
}

/** More threads than this gain little on models of this size, and each costs some 20 MiB. */
const MAX_THREADS = 16;

/**
 * Makes the CPU backend.
 * @throws Error when a BLAS was asked for by name and cannot be used
 */
export async function createCpuBackend(options: CpuOptions = {}): Promise<Backend> {
  const threads = options.threads ?? Math.min(MAX_THREADS, navigator.hardwareConcurrency);
  const library = findBlas(options.blas);
  const memory = createMemory(FIRST_FREE_BYTE);
  const setup = { memory, module: await compile(), blas: library, thread: 0, threads };
  const exports = instantiate(setup);
  const end = FIRST_FREE_BYTE + threads * exports.SCRATCH_BYTES.value;
  memory.grow(Math.ceil((end - memory.buffer.byteLength) / 65536));
  const team = startTeam(exports, setup);
  const allocator = createAllocator(memory, end);
  const machine = { threads, wasm: exports };

  function callOf<K extends KernelName>(kernel: K, { inputs, outputs, uniforms }: KernelCall<K>): SharedCall {
    const numbers: Readonly<Record<string, number>> = uniforms;
    const args = [...inputs, ...outputs];
    for (const name of UNIFORM_NAMES[kernel]) args.push(numbers[name]);
    return { args, shares: plan(kernel, uniforms, machine) };
  }

  return {
    name: "cpu",
    allocate: allocator.allocate,
    free: allocator.free,
    write(buffer, values, start = 0) {
      viewOf(values, memory.buffer, buffer + 4 * start, values.length).set(values);
    },
    read(buffer, dtype, size) {
      return Promise.resolve(copyOf(memory.buffer, dtype, buffer, size));
    },
    settle: () => Promise.resolve(), // a kernel is done when run returns
    run: (kernel, inputs, outputs, uniforms) => team.run(kernel, [callOf(kernel, { inputs, outputs, uniforms })]),
    runAll: (kernel, calls) => team.run(kernel, calls.map((call) => callOf(kernel, call))),
    memory: allocator.report,
    report: () => ({
      name: "cpu",
      adapter: null,
      blas: library && nameOf(library),
      threads: team.trouble() === null ? threads : 1,
      reason: reasonOf(library, team.trouble()),
    }),
    close: team.close,
  };
}

const UNIFORM_NAMES = Object.fromEntries(
  KERNEL_NAMES.map((name) => [name, Object.keys(kernels[name].uniforms)]),
) as Record<KernelName, string[]>;

function viewOf(values: HostArray, memory: ArrayBufferLike, address: number, size: number): HostArray {
  if (values instanceof Int32Array) return new Int32Array(memory, address, size);
  return new Float32Array(memory, address, size);
}

function copyOf(memory: ArrayBufferLike, dtype: DType, address: number, size: number): HostArray {
  return dtype === "int32"
    ? new Int32Array(memory, address, size).slice()
    : new Float32Array(memory, address, size).slice();
}

function nameOf({ path, prefix }: BlasLibrary): string {
  if (path.includes("Accelerate")) return "Accelerate";
  if (path.includes("mkl_rt")) return "MKL";
  return prefix === "scipy_" ? "OpenBLAS (scipy-openblas32)" : path;
}

function reasonOf(library: BlasLibrary | null, trouble: string | null): string {
  const parts: string[] = [];
  if (!library) parts.push("no BLAS is used, products run in WebAssembly; `deno task blas` fetches one");
  if (trouble) parts.push(`Workers cannot start (${trouble}), so one thread does all`);
  return parts.join("; ");
}
