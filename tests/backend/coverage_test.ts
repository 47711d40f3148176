// Walks the kernel maps of both devices: a kernel of the table that a device lacks, that no case runs, or that lies in a folder without
// being in the table fails here. (cpu_test.ts and webgpu_test.ts run each kernel of the table on its cases.)

import assert from "node:assert/strict";
import { plan } from "../../lib/backend/cpu/kernels.ts";
import { compile, createMemory, instantiate } from "../../lib/backend/cpu/wasm.ts";
import { type KernelName, kernels } from "../../lib/backend/kernels.ts";
import { webgpuKernels } from "../../lib/backend/webgpu/kernels.ts";
import { kernelCases } from "./kernel_cases.ts";
import { largeCases } from "./large_cases.ts";

const names = (Object.keys(kernels) as KernelName[]).sort();

const wasm = instantiate({ memory: createMemory(8 << 20), module: await compile(), blas: null, thread: 0, threads: 2 });

Deno.test("every kernel of the table is on the CPU", () => {
  for (const name of names) assert.equal(typeof wasm[name], "function", `cpu.wasm does not export ${name}`);
  const files = namesIn("cpu", ".ts");
  assert.deepEqual(names.filter((name) => !files.includes(name)), [], "kernels without a file in kernels/cpu");
});

Deno.test("every kernel of the table is on WebGPU, and nothing else is", () => {
  for (const isSoftware of [true, false]) {
    assert.deepEqual(Object.keys(webgpuKernels(isSoftware)).sort(), names);
  }
  assert.deepEqual(namesIn("webgpu", ".wgsl").sort(), names);
});

Deno.test("every kernel is run on small odd sizes and on more than one thread takes at a time", () => {
  assert.deepEqual(Object.keys(kernelCases).sort(), names);
  assert.deepEqual(Object.keys(largeCases).sort(), names);
  for (const name of names) {
    assert.ok(kernelCases[name].length >= 3, `${name} has fewer than three small cases`);
    assert.ok(largeCases[name].length >= 1, `${name} has no large case`);
    assert.ok(isShared(name), `no large case of ${name} is shared by threads`);
  }

  function isShared<K extends KernelName>(name: K): boolean {
    const shares = largeCases[name].map((c) => plan(name, c.uniforms, { threads: 2, wasm }));
    return shares.some(({ units, grain }) => units > grain || units === 1);
  }
});

function namesIn(folder: string, ending: string): string[] {
  const url = new URL(`../../kernels/${folder}/`, import.meta.url);
  return Array.from(Deno.readDirSync(url))
    .filter(({ name, isFile }) => isFile && name.endsWith(ending))
    .map(({ name }) => name.slice(0, -ending.length));
}
