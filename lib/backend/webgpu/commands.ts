// The open list of commands: dispatches are recorded one after the other into one compute pass and handed to the GPU together.
// Their uniforms are collected beside them and written in one piece just before, so that a submit costs two calls.

import { type Dispatch, UNIFORM_SLOT_BYTES } from "./programs.ts";

/** Kernels recorded before they are handed over, so that the GPU starts while the host goes on. */
const KERNELS_A_SUBMIT = 512;

/** What is written to buffers waits in staging memory for the next submit; more than this is not left waiting. */
const UNSUBMITTED_WRITE_BYTES = 32 * 2 ** 20;

/** Commands of one device on their way to its queue. */
export class Commands {
  readonly uniformBuffer: GPUBuffer;
  readonly #uniforms = new DataView(new ArrayBuffer(KERNELS_A_SUBMIT * UNIFORM_SLOT_BYTES));
  readonly #touched = new Set<number>();
  #encoder: GPUCommandEncoder | null = null;
  #pass: GPUComputePassEncoder | null = null;
  #recorded = 0;
  #writtenBytes = 0;

  /** @param submitted called after each submit, when no recorded command waits */
  constructor(private readonly device: GPUDevice, private readonly submitted: () => void) {
    this.uniformBuffer = device.createBuffer({
      label: "uniforms",
      size: this.#uniforms.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  /**
   * Records the dispatches of one kernel.
   * @param fill writes the kernel's uniforms at the offset it is given
   */
  record(
    dispatches: readonly Dispatch[],
    buffers: readonly number[],
    fill: (view: DataView, offset: number) => void,
  ): void {
    if (this.#recorded === KERNELS_A_SUBMIT) this.submit();
    const offset = this.#recorded++ * UNIFORM_SLOT_BYTES;
    fill(this.#uniforms, offset);
    for (const buffer of buffers) this.#touched.add(buffer);
    this.#encoder ??= this.device.createCommandEncoder();
    this.#pass ??= this.#encoder.beginComputePass();
    for (const { pipeline, bindGroup, workgroups: [x, y] } of dispatches) {
      this.#pass.setPipeline(pipeline);
      this.#pass.setBindGroup(0, bindGroup, [offset]);
      this.#pass.dispatchWorkgroups(x, y);
    }
  }

  /** Writes a buffer from byte `at` on. Recorded kernels that use it see what it held before. */
  write(id: number, buffer: GPUBuffer, values: Float32Array | Int32Array, at = 0): void {
    if (values.length === 0) return; // Deno 2.9.6 ends the process over an empty write
    if (this.#touched.has(id)) this.submit();
    const source = values.buffer instanceof ArrayBuffer ? values.buffer : values.slice().buffer; // shared memory is not taken
    const offset = source === values.buffer ? values.byteOffset : 0;
    for (let done = 0; done < values.byteLength; done += UNSUBMITTED_WRITE_BYTES) {
      const bytes = Math.min(UNSUBMITTED_WRITE_BYTES, values.byteLength - done);
      this.device.queue.writeBuffer(buffer, at + done, source, offset + done, bytes);
      this.#writtenBytes += bytes;
      if (this.#writtenBytes >= UNSUBMITTED_WRITE_BYTES) this.submit();
    }
  }

  /** Records a copy behind all kernels recorded so far. */
  copy(from: GPUBuffer, to: GPUBuffer, bytes: number): void {
    this.#endPass();
    this.#encoder ??= this.device.createCommandEncoder();
    this.#encoder.copyBufferToBuffer(from, 0, to, 0, bytes);
  }

  /** Hands over all that was recorded. */
  submit(): void {
    this.#endPass();
    if (this.#recorded > 0) {
      this.device.queue.writeBuffer(
        this.uniformBuffer,
        0,
        this.#uniforms.buffer,
        0,
        this.#recorded * UNIFORM_SLOT_BYTES,
      );
    }
    if (this.#encoder || this.#writtenBytes > 0) {
      this.device.queue.submit(this.#encoder ? [this.#encoder.finish()] : []);
    }
    this.#encoder = null;
    this.#recorded = 0;
    this.#writtenBytes = 0;
    this.#touched.clear();
    this.submitted();
  }

  #endPass(): void {
    this.#pass?.end();
    this.#pass = null;
  }
}
