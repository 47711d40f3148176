// A BLAS for the matrix products, where the machine has one: found, opened through FFI, and called in place on the
// WebAssembly memory. Each thread opens it anew and calls it on its own share, so BLAS itself runs on one thread.
// `deno task blas` fetches one, `deno task blas mkl` Intel's.

import { fileURLToPath } from "node:url";

const I = "i32";
const SGEMM = [I, I, I, I, I, I, "f32", "usize", I, "usize", I, "f32", "usize", I] as const;
const SGEMM_BATCH = [I, I, I, I, I, I, "f32", "usize", I, I, "usize", I, I, "f32", "usize", I, I, I] as const;

const symbolsOf = (prefix: string) => ({
  sgemm: { name: `${prefix}cblas_sgemm`, parameters: SGEMM, result: "void" },
  sgemmBatch: {
    name: `${prefix}cblas_sgemm_batch_strided`,
    parameters: SGEMM_BATCH,
    result: "void",
    optional: true,
  },
  setThreads: { name: `${prefix}openblas_set_num_threads`, parameters: [I], result: "void", optional: true },
  setThreadingLayer: { name: "MKL_Set_Threading_Layer", parameters: [I], result: I, optional: true },
} as const);

const ROW_MAJOR = 101;
const PLAIN = 111;
const TRANSPOSED = 112;
/** MKL without threads of its own. */
const MKL_THREADING_SEQUENTIAL = 1;

/** A library that was found, to be opened in each thread. */
export interface BlasLibrary {
  readonly path: string;
  /** What stands before the names of its functions: the pip package of SciPy has its own. */
  readonly prefix: string;
  readonly hasBatch: boolean;
}

/** The imports of the kernels: addresses are byte offsets in the WebAssembly memory. */
export interface BlasCalls {
  readonly sgemm: (...args: number[]) => void;
  readonly sgemmBatch: (...args: number[]) => void;
}

/** What the kernels import where there is no BLAS; they never call it. */
export const noBlas: BlasCalls = { sgemm: missing, sgemmBatch: missing };

function missing(): never {
  throw new Error("The kernels called a BLAS that is not there.");
}

/**
 * Looks for a BLAS: the library `choice` names ("none" for none), or else macOS Accelerate, what `deno task blas` put
 * into .cache (MKL before OpenBLAS), the system's OpenBLAS. A denied permission counts as not found.
 * @throws Error when `choice` names a library that cannot be opened
 */
export function findBlas(choice = environment("ATTEND_BLAS")): BlasLibrary | null {
  if (choice === "none") return null;
  if (choice) {
    return probe(choice, (reason) => {
      throw new Error(`ATTEND_BLAS: cannot use "${choice}" (${reason}); name a library with cblas_sgemm, or "none".`);
    });
  }
  for (const path of candidates()) {
    const found = probe(path, () => null);
    if (found) return found;
  }
  return null;
}

function candidates(): string[] {
  const cached = (path: string) => fileURLToPath(new URL(`../../../.cache/${path}`, import.meta.url));
  const pip = (file: string) => cached(`blas/scipy_openblas32/lib/${file}`);
  switch (Deno.build.os) {
    case "darwin":
      return [
        "/System/Library/Frameworks/Accelerate.framework/Accelerate",
        pip("libscipy_openblas.dylib"),
        "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
        "/usr/local/opt/openblas/lib/libopenblas.dylib",
      ];
    case "windows":
      return [
        cached("mkl/Library/bin/mkl_rt.3.dll"),
        pip("libscipy_openblas.dll"),
        pip("scipy_openblas.dll"),
        "libopenblas.dll",
      ];
    default:
      return [
        cached("mkl/lib/libmkl_rt.so.3"),
        cached("mkl/local/lib/libmkl_rt.so.3"),
        pip("libscipy_openblas.so"),
        "libopenblas.so.0",
        "libopenblas.so",
      ];
  }
}

function probe(path: string, failed: (reason: string) => null): BlasLibrary | null {
  if (Deno.permissions.querySync({ name: "ffi", path }).state !== "granted") return null;
  let reason = "";
  for (const prefix of ["scipy_", ""]) {
    try {
      const { setThreads, setThreadingLayer, sgemmBatch } = Deno.dlopen(path, symbolsOf(prefix)).symbols;
      setThreads?.(1);
      setThreadingLayer?.(MKL_THREADING_SEQUENTIAL);
      // MKL wants the results of a batch one behind the other; heads lie side by side
      return { path, prefix, hasBatch: sgemmBatch !== null && setThreadingLayer === null };
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  return failed(reason);
}

/** Opens a library in this thread, for kernels on `memory`, whose base address stays the same while it grows. */
export function openBlas({ path, prefix }: BlasLibrary, memory: WebAssembly.Memory): BlasCalls {
  const symbols: unknown = Deno.dlopen(path, symbolsOf(prefix)).symbols;
  // FFI takes a plain number as usize, at less cost than the bigint it declares
  const { sgemm, sgemmBatch } = symbols as BlasCalls;
  const view: BufferSource = new Uint8Array(memory.buffer as unknown as ArrayBuffer); // FFI takes shared memory as well
  const base = Number(Deno.UnsafePointer.value(Deno.UnsafePointer.of(view)));
  const at = (address: number) => base + (address >>> 0); // a u32 arrives from WebAssembly as a signed number
  const turn = (flag: number) => flag ? TRANSPOSED : PLAIN;
  return {
    sgemm: (ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, y, ldy) =>
      sgemm(ROW_MAJOR, turn(ta), turn(tb), m, n, k, alpha, at(a), lda, at(b), ldb, beta, at(y), ldy),
    // deno-fmt-ignore
    sgemmBatch: (ta, tb, m, n, k, alpha, a, lda, strideA, b, ldb, strideB, beta, y, ldy, strideY, count) =>
      sgemmBatch(ROW_MAJOR, turn(ta), turn(tb), m, n, k, alpha, at(a), lda, strideA, at(b), ldb, strideB, beta, at(y), ldy, strideY, count),
  };
}

function environment(name: string): string | undefined {
  if (Deno.permissions.querySync({ name: "env", variable: name }).state !== "granted") return undefined;
  return Deno.env.get(name) || undefined;
}
