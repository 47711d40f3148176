import assert from "node:assert/strict";
import type { Backend, HostArray } from "../../lib/backend/backend.ts";
import { type CpuOptions, createCpuBackend } from "../../lib/backend/cpu/mod.ts";
import { findBlas } from "../../lib/backend/cpu/blas.ts";
import { type KernelName, kernels } from "../../lib/backend/kernels.ts";
import { createFloat64Backend } from "../backend_f64.ts";
import { largeCases } from "./large_cases.ts";
import { difference, type KernelCase, kernelCases, runCase } from "./kernel_cases.ts";

// Each way the CPU can be set up: products in WebAssembly or by BLAS, with Workers or without.
const setups: Record<string, CpuOptions> = {
  "on one thread": { threads: 1, blas: "none" },
  "on three threads": { threads: 3, blas: "none" },
  "with BLAS on one thread": { threads: 1 },
  "with BLAS on two threads": { threads: 2 },
};
const hasBlas = findBlas() !== null;

// Workers are started once a setup and live until the process ends.
const made = new Map<string, Promise<Backend>>();
function backendOf(setup: string): Promise<Backend> {
  let backend = made.get(setup);
  if (!backend) made.set(setup, backend = createCpuBackend(setups[setup]));
  return backend;
}

function cpuTest(name: string, fn: (t: Deno.TestContext) => void | Promise<void>, ignore = false): void {
  Deno.test({ name: `cpu ${name}`, fn, ignore, sanitizeOps: false, sanitizeResources: false });
}

function casesOf<K extends KernelName>(kernel: K): readonly KernelCase<K>[] {
  return [...kernelCases[kernel], ...largeCases[kernel]];
}

const float64 = createFloat64Backend();
const expectations = new Map<unknown, Promise<HostArray[]>>();
function expectedOf<K extends KernelName>(kernel: K, c: KernelCase<K>): Promise<HostArray[]> {
  let expected = expectations.get(c);
  if (!expected) expectations.set(c, expected = runCase(float64, kernel, c));
  return expected;
}

async function checkKernel<K extends KernelName>(kernel: K, setup: string): Promise<void> {
  const cpu = await backendOf(setup);
  for (const c of casesOf(kernel)) {
    const actual = await runGuarded(cpu, kernel, c);
    const expected = await expectedOf(kernel, c);
    expected.forEach((values, i) => {
      const found = difference(actual[i], values, c.tolerance, kernel === "attention_probabilities");
      assert.equal(found && `${c.name}, ${kernels[kernel].outputs[i]}: ${found}`, undefined);
    });
    assert.deepEqual(bitsOf(await runGuarded(cpu, kernel, c)), bitsOf(actual), `${c.name}: other bits when run again`);
  }
  assert.equal(cpu.memory().buffers, 0);
}

/** Numbers behind every buffer that no kernel may read (they are NaN) or write. */
const GUARD = 64;

/** As runCase, with NaN behind every buffer, which must be there afterwards. */
async function runGuarded<K extends KernelName>(backend: Backend, kernel: K, c: KernelCase<K>): Promise<HostArray[]> {
  const upload = (values: HostArray) => {
    const size = values.length + GUARD;
    const guarded = values instanceof Int32Array ? new Int32Array(size).fill(-7) : new Float32Array(size).fill(NaN);
    guarded.set(values);
    const buffer = backend.allocate(4 * size, "guarded");
    backend.write(buffer, guarded);
    return buffer;
  };
  const before = c.outputs.map((output) => typeof output === "number" ? new Float32Array(output).fill(NaN) : output);
  const inputs = c.inputs.map(upload);
  const outputs = before.map(upload);
  backend.run(kernel, inputs, outputs, c.uniforms);
  const results: HostArray[] = [];
  for (const [i, buffer] of outputs.entries()) {
    const { length } = before[i];
    const values = await backend.read(buffer, "float32", length + GUARD);
    assert.ok(values.subarray(length).every(Number.isNaN), `${kernel}, ${c.name}: written past the end of an output`);
    results.push(values.slice(0, length));
  }
  for (const buffer of [...inputs, ...outputs]) backend.free(buffer);
  return results;
}

function bitsOf(arrays: HostArray[]): Uint32Array[] {
  return arrays.map((values) => new Uint32Array(values.buffer, values.byteOffset, values.length));
}

for (const kernel of Object.keys(kernels).filter(isKernelName)) {
  for (const setup of Object.keys(setups)) {
    cpuTest(
      `kernel ${kernel} gives the numbers of the float64 loops ${setup}, the same bits twice`,
      () => checkKernel(kernel, setup),
      setup.includes("BLAS") && !hasBlas,
    );
  }
}

function isKernelName(name: string): name is KernelName {
  return name in kernels;
}
