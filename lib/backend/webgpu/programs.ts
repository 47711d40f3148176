// Kernels made ready for a device: compiled once each, with the bind groups that name their buffers. Both are cached, as a training
// step runs the same kernels on the same pooled buffers again and again.

import { type KernelName, kernels, type KernelSignature, type Uniforms } from "../kernels.ts";
import type { Failures } from "./failures.ts";
import type { BufferPool } from "./pool.ts";
import type { WebgpuKernels } from "./kernels.ts";
import type { Pass } from "./pass.ts";
import type { Span, Window } from "./windows.ts";

/** Uniforms of one dispatch take one slot, as dynamic offsets must be multiples of 256 bytes. */
export const UNIFORM_SLOT_BYTES = 256;

/** Bind groups kept; beyond it all are dropped and made anew. */
const BIND_GROUPS_KEPT = 8192;

/** Workgroups that one dimension of a dispatch may have; WebGPU promises every device this many. */
const WORKGROUPS_A_DIMENSION = 65535;

/** One dispatch, ready to be recorded. */
export interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  /** Workgroups in x and y; the kernel numbers them row by row and leaves those beyond its last alone. */
  readonly workgroups: readonly [number, number];
}

/** `count` workgroups, at least one, as a rectangle that a dispatch can hold: [x, y] with x y >= count. */
export function foldWorkgroups(count: number): [number, number] {
  const y = Math.ceil(count / WORKGROUPS_A_DIMENSION);
  return [Math.ceil(count / y), y];
}

/** Pipelines and bind groups of one device. */
export class Programs {
  readonly #pipelines = new Map<string, GPUComputePipeline>();
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  readonly #bindGroups = new Map<string, GPUBindGroup>();

  constructor(
    private readonly device: GPUDevice,
    private readonly implementations: WebgpuKernels,
    private readonly pool: BufferPool<GPUBuffer>,
    private readonly uniformBuffer: GPUBuffer,
    private readonly failures: Failures,
    private readonly largestBinding: number,
  ) {}

  /** The dispatches that run a window of a kernel's work; none where there is nothing to compute. */
  dispatches<K extends KernelName>(kernel: K, { spans, uniforms, place }: Window<Uniforms<K>>): Dispatch[] {
    const bindGroup = this.#bindGroup(spans, kernels[kernel].inputs.length);
    return this.implementations[kernel].passes(uniforms, place)
      .filter((pass) => pass.workgroups > 0)
      .map((pass) => ({
        pipeline: this.#pipeline(kernel, pass),
        bindGroup,
        workgroups: foldWorkgroups(Math.ceil(pass.workgroups)),
      }));
  }

  /** Forgets the bind groups, which name buffers that may have been destroyed. */
  dropBindGroups(): void {
    this.#bindGroups.clear();
  }

  #bindGroup(spans: readonly Span[], inputs: number): GPUBindGroup {
    const key = `${inputs}:${spans.map(({ buffer, start, length }) => `${buffer}.${start}.${length}`).join()}`;
    const known = this.#bindGroups.get(key);
    if (known) return known;
    if (this.#bindGroups.size >= BIND_GROUPS_KEPT) this.dropBindGroups();
    const bindGroup = this.device.createBindGroup({
      layout: this.#layout(inputs, spans.length - inputs),
      entries: [
        ...spans.map((span, binding) => ({ binding, resource: this.#binding(span) })),
        { binding: spans.length, resource: { buffer: this.uniformBuffer, size: UNIFORM_SLOT_BYTES } },
      ],
    });
    this.#bindGroups.set(key, bindGroup);
    return bindGroup;
  }

  /** Up to a whole vector of four, as shaders read and write those; what is behind the last number is the buffer's unused end. */
  #binding({ buffer, start, length }: Span): GPUBufferBinding {
    const gpu = this.pool.get(buffer);
    const size = Math.min(Math.ceil(length / 4) * 16, gpu.size - 4 * start, this.largestBinding);
    return { buffer: gpu, offset: 4 * start, size };
  }

  /** Bindings in order: inputs (read only), outputs, and the uniforms at a dynamic offset. */
  #layout(inputs: number, outputs: number): GPUBindGroupLayout {
    const key = `${inputs}>${outputs}`;
    const known = this.#layouts.get(key);
    if (known) return known;
    const buffers: GPUBufferBindingLayout[] = [
      ...Array.from({ length: inputs }, () => ({ type: "read-only-storage" as const })),
      ...Array.from({ length: outputs }, () => ({ type: "storage" as const })),
      { type: "uniform", hasDynamicOffset: true },
    ];
    const layout = this.device.createBindGroupLayout({
      label: key,
      entries: buffers.map((buffer, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer })),
    });
    this.#layouts.set(key, layout);
    return layout;
  }

  #pipeline(kernel: KernelName, { entry, constants }: Pass): GPUComputePipeline {
    const label = `${kernel}.${entry}(${Object.values(constants).join()})`;
    const known = this.#pipelines.get(label);
    if (known) return known;
    const signature: KernelSignature = kernels[kernel];
    const layout = this.device.createPipelineLayout({
      label,
      bindGroupLayouts: [this.#layout(signature.inputs.length, signature.outputs.length)],
    });
    const pipeline = this.failures.watch(
      "validation",
      (message) => `webgpu: kernel ${label} does not compile: ${message}.`,
      () => {
        const module = this.device.createShaderModule({ label, code: this.implementations[kernel].code });
        return this.device.createComputePipeline({ label, layout, compute: { module, entryPoint: entry, constants } });
      },
    );
    this.#pipelines.set(label, pipeline);
    return pipeline;
  }
}
