// The one place where tensors meet kernels: buffers in the order of the table, outputs allocated, inputs checked.

import type { Backend, DType } from "../backend/backend.ts";
import { getBackend } from "../backend/current.ts";
import { INT32_ARGUMENTS, type KernelName, kernels, type Uniforms } from "../backend/kernels.ts";
import { type Shape, shapeText, sizeOf } from "./shape.ts";
import { Storage } from "./storage.ts";
import { Tensor } from "./tensor.ts";

/**
 * Runs a kernel on tensors and returns its outputs, one new tensor for each shape, in the order of the kernel table.
 * @throws TypeError where a dtype is not the kernel's; Error where a tensor was freed, or where tensors of two devices meet
 */
export function run<K extends KernelName>(
  kernel: K,
  inputs: readonly Tensor[],
  outputShapes: readonly Shape[],
  uniforms: Uniforms<K>,
): Tensor[] {
  assertDTypes(kernel, kernels[kernel].inputs, inputs);
  const backend = backendOf(kernel, inputs);
  const outputs = outputShapes.map((shape, i) => empty(shape, dtypeOf(kernels[kernel].outputs[i]), kernel, backend));
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
  updateAll(kernel, [{ inputs, targets, uniforms }]);
}

/** One call of `update`. */
export interface UpdateCall<K extends KernelName> {
  readonly inputs: readonly Tensor[];
  readonly targets: readonly Tensor[];
  readonly uniforms: Uniforms<K>;
}

/**
 * Runs a kernel on many sets of tensors that do not depend on each other, in one pass: an optimizer's forty small parameters cost no more
 * to hand to the threads than one large one.
 */
export function updateAll<K extends KernelName>(kernel: K, calls: readonly UpdateCall<K>[]): void {
  if (calls.length === 0) return;
  const all = calls.flatMap(({ inputs, targets }) => [...inputs, ...targets]);
  for (const { inputs } of calls) assertDTypes(kernel, kernels[kernel].inputs, inputs);
  const backend = backendOf(kernel, all);
  const bufferOf = (tensor: Tensor) => tensor.buffer;
  backend.runAll(
    kernel,
    calls.map(({ inputs, targets, uniforms }) => ({
      inputs: inputs.map(bufferOf),
      outputs: targets.map(bufferOf),
      uniforms,
    })),
  );
}

/** A tensor whose values are yet to be written. */
export function empty(shape: Shape, dtype: DType, createdBy: string, backend: Backend = getBackend()): Tensor {
  return new Tensor(Storage.allocate(backend, sizeOf(shape), createdBy), shape, dtype, createdBy);
}

/** A tensor of one value throughout, written on the device: a table's moments would be 100 MB on the host first. */
export function full(shape: Shape, value: number): Tensor {
  return run("fill", [], [shape], { size: sizeOf(shape), value })[0];
}

function dtypeOf(argument: string): DType {
  return INT32_ARGUMENTS.includes(argument) ? "int32" : "float32";
}

function assertDTypes(kernel: KernelName, names: readonly string[], tensors: readonly Tensor[]): void {
  for (let i = 0; i < tensors.length; i++) {
    if (names[i] === "bits" || tensors[i].dtype === dtypeOf(names[i])) continue;
    const { shape, dtype } = tensors[i];
    throw new TypeError(`${kernel}: ${names[i]} ${shapeText(shape)} is ${dtype}; it must be ${dtypeOf(names[i])}.`);
  }
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
