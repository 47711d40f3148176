// Runs in the browser's page: the WebGPU device of the library, its kernels and the float64 loops they are held to.

import { type KernelName, kernels } from "../../lib/backend/kernels.ts";
import { createWebgpuBackend, type WebgpuBackend } from "../../lib/backend/webgpu/mod.ts";
import { createFloat64Backend } from "../backend_f64.ts";
import { difference, type KernelCase, runCase } from "../backend/kernel_case.ts";
import { kernelCases } from "../backend/kernel_cases.ts";

/** What the page offers to the test that drives it. */
export interface KernelPage {
  adapter(): string;
  kernels(): KernelName[];
  /** Runs every case of a kernel and says where it differs from float64; nothing where it does not. */
  check(kernel: KernelName, isSoftware: boolean): Promise<string[]>;
}

const float64 = createFloat64Backend();
const devices = new Map<boolean, WebgpuBackend>();
for (const isSoftware of [true, false]) devices.set(isSoftware, await createWebgpuBackend(null, isSoftware));

const page: KernelPage = {
  adapter: () => devices.get(true)?.report().adapter ?? "none",
  kernels: () => Object.keys(kernels).filter((name): name is KernelName => name in kernelCases),
  check: (kernel, isSoftware) => check(kernel, isSoftware),
};

async function check<K extends KernelName>(kernel: K, isSoftware: boolean): Promise<string[]> {
  const gpu = devices.get(isSoftware);
  if (!gpu) return ["there is no device"];
  const found: string[] = [];
  const cases: readonly KernelCase<K>[] = kernelCases[kernel];
  for (const c of cases) {
    const actual = await runCase(gpu, kernel, c);
    const expected = await runCase(float64, kernel, c);
    expected.forEach((values, i) => {
      const problem = difference(actual[i], values, c.tolerance, kernel === "attention_probabilities");
      if (problem) found.push(`${c.name}: ${kernels[kernel].outputs[i]}: ${problem}`);
    });
  }
  return found;
}

Object.assign(globalThis, { page });
