// What a device must do for tensors: hold buffers and run kernels on them. A backend knows no shapes, no gradients and no scopes;
// it is handed contiguous buffers and the numbers a kernel asks for. Only `read` is async.

import type { KernelName, Uniforms } from "./kernels.ts";

/** Names a buffer of one backend. Never 0. */
export type BufferId = number;

/** Values of a tensor on the host: float32 and int32; float64 only on the tests' reference backend. */
export type HostArray = Float32Array | Int32Array | Float64Array;

export type DType = "float32" | "int32";

/** Counters of a backend's memory, all in bytes but for `buffers`. */
export interface MemoryReport {
  /** Bytes of buffers in use. */
  readonly inUse: number;
  /** Number of buffers in use. */
  readonly buffers: number;
  /** Bytes held from the system, in use or kept for reuse. */
  readonly reserved: number;
}

/** What `device()` reports. */
export interface DeviceReport {
  readonly name: string;
  /** The GPU's own name, or the CPU path taken. */
  readonly adapter: string | null;
  /** The BLAS library in use, or null where the WASM product runs. */
  readonly blas: string | null;
  readonly threads: number;
  /** Why this device was chosen and what would help. */
  readonly reason: string;
}

/** The buffers and numbers of one run of a kernel; buffers stand in the order of the kernel table. */
export interface KernelCall<K extends KernelName = KernelName> {
  readonly inputs: readonly BufferId[];
  readonly outputs: readonly BufferId[];
  readonly uniforms: Uniforms<K>;
}

export interface Backend {
  readonly name: "cpu" | "webgpu" | "float64";
  /** @param label what the buffer is for, named in out-of-memory errors @throws RangeError when memory ends */
  allocate(bytes: number, label: string): BufferId;
  free(buffer: BufferId): void;
  /** Overwrites elements from number `start` on. */
  write(buffer: BufferId, values: HostArray, start?: number): void;
  /** The first `size` elements, once all that was run before is done. */
  read(buffer: BufferId, dtype: DType, size: number): Promise<HostArray>;
  /** Queues a kernel; buffers stand in the order of the kernel table. */
  run<K extends KernelName>(
    kernel: K,
    inputs: readonly BufferId[],
    outputs: readonly BufferId[],
    uniforms: Uniforms<K>,
  ): void;
  /** Queues a kernel on several sets of buffers that do not depend on each other, as one pass where the device can. */
  runAll<K extends KernelName>(kernel: K, calls: readonly KernelCall<K>[]): void;
  /** Back-pressure for loops that read nothing back, once a step: resolves when at most two steps wait on the device. */
  settle(): Promise<void>;
  memory(): MemoryReport;
  report(): DeviceReport;
  /** Ends threads and gives memory back; the backend is unusable afterwards. */
  close(): void;
}
