// One call of a kernel with its inputs, how it is run on a device, and how what comes back is held to the float64 loops.

import type { Backend, DType, HostArray } from "../../lib/backend/backend.ts";
import { type KernelName, kernels, type Uniforms } from "../../lib/backend/kernels.ts";

/** One call of a kernel. */
export interface KernelCase<K extends KernelName> {
  readonly name: string;
  readonly inputs: readonly HostArray[];
  /** What each output holds before: its size in numbers, or its values where the kernel updates them in place or gives int32. */
  readonly outputs: readonly (number | Float32Array | Int32Array)[];
  readonly uniforms: Uniforms<K>;
  /** Largest error allowed, as a part of the output's largest value; by default 4e-6. */
  readonly tolerance?: number;
}

/** What a kernel gives on a device, each output in full. Outputs that are not updated in place hold NaN before, so that gaps show. */
export async function runCase<K extends KernelName>(
  backend: Backend,
  kernel: K,
  c: KernelCase<K>,
): Promise<HostArray[]> {
  const upload = (values: HostArray, name: string) => {
    const buffer = backend.allocate(4 * Math.max(1, values.length), name);
    backend.write(buffer, values);
    return buffer;
  };
  const inputs = c.inputs.map((values, i) => upload(values, kernels[kernel].inputs[i]));
  const before = c.outputs.map((output) => typeof output === "number" ? new Float32Array(output).fill(NaN) : output);
  const outputs = before.map((values, i) => upload(values, kernels[kernel].outputs[i]));
  backend.run(kernel, inputs, outputs, c.uniforms);
  const results: HostArray[] = [];
  for (const [i, buffer] of outputs.entries()) {
    results.push(await backend.read(buffer, dtypeOf(before[i]), before[i].length));
  }
  for (const buffer of [...inputs, ...outputs]) backend.free(buffer);
  return results;
}

export function dtypeOf(values: HostArray): DType {
  return values instanceof Int32Array ? "int32" : "float32";
}

/**
 * Where `actual` differs from `expected` beyond rounding, in words; undefined where it does not. NaN and what is infinite in float32 must
 * stand in the same places, and where `signs` is true the signs must agree too, those of zeros included.
 */
export function difference(
  actual: HostArray,
  expected: HostArray,
  tolerance = 4e-6,
  signs = false,
): string | undefined {
  let largest = 0;
  for (const value of expected) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  const allowed = Math.max(1e-6, tolerance * largest);
  for (let i = 0; i < expected.length; i++) {
    const [got, wanted] = [actual[i], expected[i]];
    const isSame = Object.is(got, Math.fround(wanted)) || Math.abs(got - wanted) <= allowed;
    if (!isSame || (signs && isNegative(got) !== isNegative(wanted))) {
      return `element ${i} of ${expected.length} is ${got}, float64 gives ${wanted} (allowed ${
        allowed.toExponential(1)
      })`;
    }
  }
  return undefined;
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}
