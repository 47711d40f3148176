// The WebGPU device: Backend over navigator.gpu alone, so that it runs in Deno (wgpu) and in a browser (Dawn) alike.
// Calls are recorded and run later; what they got wrong is told at the next run or read (failures.ts).

import type { Backend, BufferId, DeviceReport, DType, HostArray, KernelCall, MemoryReport } from "../backend.ts";
import { type KernelName, kernels, type KernelSignature, type Uniforms } from "../kernels.ts";
import { Commands } from "./commands.ts";
import { Failures } from "./failures.ts";
import { webgpuKernels } from "./kernels.ts";
import { BufferPool, inMegabytes } from "./pool.ts";
import { Programs } from "./programs.ts";
import { type BindingLimits, type Window, windowsOf } from "./windows.ts";

/** Steps that may wait on the GPU before `settle` waits for the first of them. */
const STEPS_IN_FLIGHT = 2;

/** A backend on the GPU. */
export interface WebgpuBackend extends Backend {
  readonly name: "webgpu";
  /** Whether kernels for adapters that compute on the CPU (llvmpipe, SwiftShader) are run. */
  readonly isSoftware: boolean;
  /**
   * Back-pressure, to be awaited once a step by loops that read nothing back: hands over what was recorded and resolves when at
   * most two calls' work is still under way. Without it a fast host queues commands without end.
   */
  settle(): Promise<void>;
  /** Resolves when the GPU is gone: closed, or lost by the driver. Never rejects. */
  readonly lost: Promise<void>;
}

type AdapterNames = Pick<GPUAdapterInfo, "isFallbackAdapter" | "description" | "architecture" | "device">;

/** Whether an adapter is a program on the CPU; such adapters want other matrix products, and the CPU device is often faster. */
export function isSoftwareAdapter(adapter: { readonly info: AdapterNames }): boolean {
  const { isFallbackAdapter, description, architecture, device } = adapter.info;
  return isFallbackAdapter ||
    /llvmpipe|lavapipe|swiftshader|softpipe|basic render|warp/i.test(`${description} ${architecture} ${device}`);
}

/**
 * Opens a GPU.
 * @param adapter the one to use; by default the one the system prefers
 * @param isSoftware which kernels to run, those for adapters on the CPU or those for GPUs; by default as the adapter says
 * @param largestBinding bytes that a kernel is shown of a buffer at once, at least 256; by default as many as the adapter allows
 * @throws Error where there is no adapter
 */
export async function createWebgpuBackend(
  adapter?: GPUAdapter | null,
  isSoftware?: boolean,
  largestBinding = Infinity,
): Promise<WebgpuBackend> {
  const chosen = adapter ?? await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!chosen) {
    throw new Error(
      "webgpu: no adapter was found; install a Vulkan driver (Debian: mesa-vulkan-drivers) or set ATTEND_DEVICE=cpu.",
    );
  }
  const { maxBufferSize, maxStorageBufferBindingSize } = chosen.limits;
  const device = await chosen.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } });
  return new OpenWebgpuBackend(chosen, device, isSoftware ?? isSoftwareAdapter(chosen), largestBinding);
}

class OpenWebgpuBackend implements WebgpuBackend {
  readonly name = "webgpu";
  readonly lost: Promise<void>;
  readonly #adapterName: string;
  readonly #device: GPUDevice;
  readonly #failures: Failures;
  readonly #pool: BufferPool<GPUBuffer>;
  readonly #staging: BufferPool<GPUBuffer>;
  readonly #commands: Commands;
  readonly #programs: Programs;
  readonly #limits: BindingLimits;
  readonly #steps: Promise<unknown>[] = [];

  constructor(adapter: GPUAdapter, device: GPUDevice, readonly isSoftware: boolean, largestBinding: number) {
    const { description, device: model, vendor, architecture } = adapter.info;
    this.#adapterName = description || model || `${vendor} ${architecture}`.trim() || "unnamed GPU";
    this.#device = device;
    this.lost = device.lost.then(() => {});
    this.#failures = new Failures(device);
    const largest = inSteps(device.limits.maxBufferSize);
    const binding = inSteps(Math.min(largestBinding, device.limits.maxStorageBufferBindingSize));
    const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    this.#pool = new BufferPool((...asked) => this.#create(storage, ...asked), largest);
    const staging = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    this.#staging = new BufferPool((...asked) => this.#create(staging, ...asked), largest);
    this.#commands = new Commands(device, () => this.#trim());
    this.#programs = new Programs(
      device,
      webgpuKernels(isSoftware),
      this.#pool,
      this.#commands.uniformBuffer,
      this.#failures,
      binding,
    );
    this.#limits = {
      numbersOf: (buffer) => Math.ceil(this.#pool.bytes(buffer) / 4),
      labelOf: (buffer) => this.#pool.label(buffer),
      largest: binding / 4,
    };
  }

  allocate(bytes: number, label: string): BufferId {
    this.#failures.check();
    return this.#pool.allocate(bytes, label);
  }

  free(buffer: BufferId): void {
    this.#pool.free(buffer);
  }

  write(buffer: BufferId, values: HostArray, start = 0): void {
    if (values instanceof Float64Array) {
      throw new TypeError(
        "webgpu: float64 values cannot be written; WebGPU computes in float32 (use new Float32Array(values)).",
      );
    }
    if (values.length === 0) return; // Deno ends the process on a write of nothing
    const gpu = this.#pool.get(buffer);
    if (4 * start + values.byteLength > gpu.size) {
      throw new RangeError(
        `webgpu: ${start + values.length} values do not fit the buffer of "${
          this.#pool.label(buffer)
        }" (${gpu.size} bytes).`,
      );
    }
    this.#commands.write(buffer, gpu, values, 4 * start);
  }

  async read(buffer: BufferId, dtype: DType, size: number): Promise<HostArray> {
    this.#failures.check();
    const values = dtype === "int32" ? new Int32Array(size) : new Float32Array(size);
    if (size === 0) return values;
    const source = this.#pool.get(buffer);
    const label = this.#pool.label(buffer);
    const bytes = values.byteLength;
    if (bytes > source.size) {
      throw new RangeError(
        `webgpu: the buffer of "${label}" (${source.size} bytes) does not hold ${size} values.`,
      );
    }
    const id = this.#staging.allocate(bytes, "staging");
    const staging = this.#staging.get(id);
    this.#commands.copy(source, staging, bytes);
    this.#commands.submit();
    try {
      await staging.mapAsync(GPUMapMode.READ, 0, bytes);
      values.set(new (dtype === "int32" ? Int32Array : Float32Array)(staging.getMappedRange(0, bytes)));
      staging.unmap();
    } catch (error) {
      this.#failures.check(); // says more than the refused mapping does
      throw new Error(`webgpu: reading "${label}" failed: ${error instanceof Error ? error.message : error}`);
    } finally {
      this.#staging.free(id);
    }
    this.#failures.check();
    return values;
  }

  run<K extends KernelName>(
    kernel: K,
    inputs: readonly BufferId[],
    outputs: readonly BufferId[],
    uniforms: Uniforms<K>,
  ): void {
    this.#failures.check();
    assertBuffers(kernel, inputs, outputs);
    const buffers = [...inputs, ...outputs];
    for (const window of windowsOf(kernel, buffers, uniforms, this.#limits)) {
      const dispatches = this.#programs.dispatches(kernel, window);
      if (dispatches.length === 0) continue;
      this.#commands.record(dispatches, buffers, (view, offset) => fillUniforms(view, offset, kernel, window));
    }
  }

  runAll<K extends KernelName>(kernel: K, calls: readonly KernelCall<K>[]): void {
    for (const { inputs, outputs, uniforms } of calls) this.run(kernel, inputs, outputs, uniforms);
  }

  async settle(): Promise<void> {
    this.#failures.check();
    this.#commands.submit();
    this.#steps.push(this.#device.queue.onSubmittedWorkDone().catch(() => {})); // a lost device is told of by check()
    if (this.#steps.length > STEPS_IN_FLIGHT) await this.#steps.shift();
    this.#failures.check();
  }

  memory(): MemoryReport {
    return this.#pool.memory();
  }

  report(): DeviceReport {
    const reason = this.isSoftware ? "a software adapter computes on the CPU, where the CPU device is faster" : "";
    return { name: this.name, adapter: this.#adapterName, blas: null, threads: 1, reason };
  }

  close(): void {
    this.#commands.submit();
    this.#pool.close();
    this.#staging.close();
    this.#failures.end("this device was closed");
    this.#device.destroy();
  }

  #create(usage: GPUBufferUsageFlags, size: number, label: string, failed: () => void): GPUBuffer {
    const { inUse } = this.#pool.memory();
    return this.#failures.watch(
      "out-of-memory",
      () =>
        `webgpu: no memory for ${inMegabytes(size)} of "${label}" beside ${inMegabytes(inUse)} in use; ` +
        `use a smaller batch, shorter texts, or the CPU (ATTEND_DEVICE=cpu).`,
      () => this.#device.createBuffer({ label, size, usage }),
      failed,
    );
  }

  #trim(): void {
    this.#staging.trim();
    if (this.#pool.trim()) this.#programs.dropBindGroups();
  }
}

/** Bytes in steps of 256, at which every binding may begin. */
function inSteps(bytes: number): number {
  return Math.floor(bytes / 256) * 256;
}

/** @throws Error where the number of buffers is not the kernel's, or an output is another argument as well */
function assertBuffers(kernel: KernelName, inputs: readonly BufferId[], outputs: readonly BufferId[]): void {
  const { inputs: inputNames, outputs: outputNames }: KernelSignature = kernels[kernel];
  if (inputs.length !== inputNames.length || outputs.length !== outputNames.length) {
    throw new Error(
      `${kernel}: got ${inputs.length} inputs and ${outputs.length} outputs; ` +
        `it takes (${inputNames.join(", ")}) and gives (${outputNames.join(", ")}).`,
    );
  }
  const aliased = outputs.find((buffer, i) => inputs.includes(buffer) || outputs.indexOf(buffer) !== i);
  if (aliased !== undefined) {
    throw new Error(`${kernel}: an output shares its buffer with another argument; copy it first.`);
  }
}

/** Writes a kernel's uniforms and place, four bytes each in the order of their tables, as its shader's struct holds them. */
function fillUniforms<K extends KernelName>(
  view: DataView,
  offset: number,
  kernel: K,
  { uniforms, place }: Window<Uniforms<K>>,
): void {
  const { uniforms: types }: KernelSignature = kernels[kernel];
  const values: Readonly<Record<string, number>> = uniforms;
  let at = offset;
  for (const name in types) {
    if (types[name] === "f32") view.setFloat32(at, values[name], true);
    else view.setInt32(at, values[name], true); // the same bits for u32, whose values wrap
    at += 4;
  }
  for (const name in place) {
    view.setUint32(at, place[name], true);
    at += 4;
  }
}
