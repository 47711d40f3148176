// The one place where tensors meet kernels: buffers in the order of the table, outputs allocated, inputs checked.

import type { Backend, DType } from "../backend/backend.ts";
import { getBackend } from "../backend/current.ts";
import type { KernelName, Uniforms } from "../backend/kernels.ts";
import { type Shape, sizeOf } from "./shape.ts";
import { Storage } from "./storage.ts";
import { Tensor } from "./tensor.ts";

/**
 * Runs a kernel on tensors and returns its outputs, one new float32 tensor for each shape, in the order of the kernel table.
 * @throws Error where a tensor was freed, or where tensors of two devices meet
 */
export function run<K extends KernelName>(
  kernel: K,
  inputs: readonly Tensor[],
  outputShapes: readonly Shape[],
  uniforms: Uniforms<K>,
  dtype: DType = "float32",
): Tensor[] {
  const backend = backendOf(kernel, inputs);
  const outputs = outputShapes.map((shape) => {
    const buffer = backend.allocate(4 * Math.max(1, sizeOf(shape)), kernel);
    return new Tensor(new Storage(backend, buffer), shape, dtype, kernel);
  });
  backend.run(kernel, inputs.map((tensor) => tensor.buffer), outputs.map((tensor) => tensor.buffer), uniforms);
  return outputs;
}

/** Runs a kernel that writes into tensors that are there already (optimizers, accumulation). */
export function update<K extends KernelName>(
  kernel: K,
  inputs: readonly Tensor[],
  targets: readonly Tensor[],
  uniforms: Uniforms<K>,
): void {
  const backend = backendOf(kernel, [...inputs, ...targets]);
  backend.run(kernel, inputs.map((tensor) => tensor.buffer), targets.map((tensor) => tensor.buffer), uniforms);
}

function backendOf(kernel: KernelName, tensors: readonly Tensor[]): Backend {
  const backend = tensors[0]?.backend ?? getBackend();
  for (const tensor of tensors) {
    if (tensor.backend !== backend) {
      throw new Error(
        `${kernel}: tensors of two devices meet (${backend.name} and ${tensor.backend.name}); make both on one.`,
      );
    }
  }
  return backend;
}
