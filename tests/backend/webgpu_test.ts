import assert from "node:assert/strict";
import { createWebgpuBackend } from "../../lib/backend/webgpu/mod.ts";
import { type KernelName, kernels } from "../../lib/backend/kernels.ts";
import { createFloat64Backend } from "../backend_f64.ts";
import { adapter } from "../gpu.ts";
import { difference, type KernelCase, runCase } from "./kernel_case.ts";
import { kernelCases } from "./kernel_cases.ts";

/** `Deno.test` for what needs a GPU, or a program that stands in for one. */
function webgpuTest(name: string, fn: (t: Deno.TestContext) => void | Promise<void>): void {
  Deno.test({ name: `webgpu ${name}`, fn, ignore: !adapter });
}

async function checkKernel<K extends KernelName>(t: Deno.TestContext, kernel: K, isSoftware: boolean): Promise<void> {
  const gpu = await createWebgpuBackend(adapter, isSoftware);
  const float64 = createFloat64Backend();
  const cases: readonly KernelCase<K>[] = kernelCases[kernel];
  for (const c of cases) {
    await t.step(c.name, async () => {
      const actual = await runCase(gpu, kernel, c);
      assert.deepEqual(await runCase(gpu, kernel, c), actual, "run again it gave other bits");
      const expected = await runCase(float64, kernel, c);
      const areSigned = kernel === "attention_probabilities";
      expected.forEach((values, i) => {
        const found = difference(actual[i], values, c.tolerance, areSigned);
        assert.equal(found && `${kernels[kernel].outputs[i]}: ${found}`, undefined);
      });
    });
  }
  assert.equal(gpu.memory().buffers, 0);
  gpu.close();
  await gpu.lost;
}

for (const kernel of Object.keys(kernelCases).filter(isKernelName)) {
  for (const isSoftware of [true, false]) {
    const variant = isSoftware ? "for software adapters" : "for GPUs";
    webgpuTest(
      `kernel ${kernel} ${variant} gives the numbers of the float64 loops`,
      (t) => checkKernel(t, kernel, isSoftware),
    );
  }
}

function isKernelName(name: string): name is KernelName {
  return name in kernels;
}
