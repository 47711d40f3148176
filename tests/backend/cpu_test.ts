import assert from "node:assert/strict";
import type { Backend, HostArray } from "../../lib/backend/backend.ts";
import { type CpuOptions, createCpuBackend } from "../../lib/backend/cpu/mod.ts";
import { findBlas } from "../../lib/backend/cpu/blas.ts";
import { type KernelName, kernels } from "../../lib/backend/kernels.ts";
import { createFloat64Backend } from "../backend_f64.ts";
import { largeCases } from "./large_cases.ts";
import { difference, dtypeOf, type KernelCase, runCase } from "./kernel_case.ts";
import { kernelCases } from "./kernel_cases.ts";

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
/** What stands for NaN in int32 buffers. */
const GUARD_INT = -7;

/** As runCase, with NaN behind every buffer, which must be there afterwards. */
async function runGuarded<K extends KernelName>(backend: Backend, kernel: K, c: KernelCase<K>): Promise<HostArray[]> {
  const upload = (values: HostArray) => {
    const size = values.length + GUARD;
    const guarded = values instanceof Int32Array
      ? new Int32Array(size).fill(GUARD_INT)
      : new Float32Array(size).fill(NaN);
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
    const values = await backend.read(buffer, dtypeOf(before[i]), length + GUARD);
    const isGuard = (value: number) => Number.isNaN(value) || value === GUARD_INT;
    assert.ok(values.subarray(length).every(isGuard), `${kernel}, ${c.name}: written past the end of an output`);
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

cpuTest("exponentials, tanh and GELU are accurate to float32 over their whole range", async () => {
  const cpu = await backendOf("on one thread");
  const x = Float32Array.from({ length: 40_001 }, (_, i) => (i - 20_000) / 1000);
  const uniforms = { size: x.length };
  const relative = async (kernel: "gelu" | "tanh") => {
    const c = { name: "", inputs: [x], outputs: [x.length], uniforms };
    const [[actual], [expected]] = [await runCase(cpu, kernel, c), await runCase(float64, kernel, c)];
    return x.map((v, i) => v === 0 ? 0 : Math.abs((actual[i] - expected[i]) / (kernel === "gelu" ? v : expected[i])));
  };
  assert.ok(Math.max(...await relative("tanh")) < 3e-7);
  assert.ok(Math.max(...await relative("gelu")) < 3e-7); // of x: the share of x that is let through
  const pairs = x.map((v, i) => i % 2 ? v : 0).subarray(0, 40_000);
  const c = { name: "", inputs: [pairs], outputs: [40_000], uniforms: { rows: 20_000, columns: 2 } };
  const [[actual], [expected]] = [await runCase(cpu, "softmax", c), await runCase(float64, "softmax", c)];
  assert.ok(Math.max(...actual.map((v, i) => Math.abs(v / expected[i] - 1))) < 5e-7);
});

cpuTest(
  "run() throws with the kernel's name where memory ends inside it, in any thread, and goes on working",
  async () => {
    const cpu = await backendOf("on three threads");
    const [rows, columns] = [20_000, 16];
    const ids = cpu.allocate(4 * rows, "ids");
    const weight = cpu.allocate(4 * columns, "weight");
    const y = cpu.allocate(4 * rows * columns, "y");
    cpu.write(weight, new Float32Array(columns).fill(2));
    for (const broken of [0, rows / 2, rows - 1]) {
      const values = new Int32Array(rows);
      values[broken] = 60_000_000; // 3.8 GB past the table
      cpu.write(ids, values);
      const run = () => cpu.run("embedding", [weight, ids], [y], { rows, columns });
      assert.throws(run, /embedding: memory access out of bounds/);
      cpu.write(ids, new Int32Array(rows));
      run();
      assert.ok((await cpu.read(y, "float32", rows * columns)).every((v) => v === 2));
    }
    for (const buffer of [ids, weight, y]) cpu.free(buffer);
  },
);

cpuTest("createCpuBackend() names the library that ATTEND_BLAS asks for when it cannot be loaded", async () => {
  await assert.rejects(
    createCpuBackend({ blas: "/nowhere/libblas.so" }),
    /ATTEND_BLAS: cannot use "\/nowhere\/libblas.so"/,
  );
});

/** Runs a script in a Deno process of its own with these permissions; gives what it prints as JSON. */
async function runScript(permissions: string[], script: string): Promise<Record<string, unknown>> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  const backend = new URL("../../lib/backend/cpu/mod.ts", import.meta.url);
  await Deno.writeTextFile(file, `import { createCpuBackend } from "${backend}";\n${script}`);
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--no-prompt", ...permissions, file],
  }).output();
  await Deno.remove(file);
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

cpuTest("createCpuBackend() works with permission to read its own files only, without BLAS", async () => {
  const root = new URL("../../", import.meta.url).pathname;
  const script = `
    const cpu = await createCpuBackend({ threads: 2 });
    const y = cpu.allocate(400000, "y");
    cpu.run("fill", [], [y], { size: 100000, value: 3 });
    const values = await cpu.read(y, "float32", 100000);
    console.log(JSON.stringify({ blas: cpu.report().blas, sum: values.reduce((a, b) => a + b) }));`;
  const withoutBlas = { blas: null, sum: 300_000 };
  assert.deepEqual(await runScript([`--allow-read=${root}`], script), withoutBlas);
  const asked = script.replace("threads: 2", `threads: 2, blas: "libopenblas.so"`);
  assert.deepEqual(await runScript([`--allow-read=${root}`], asked), withoutBlas); // not permitted counts as not there
});

cpuTest("Workers sleep when there is nothing to do, and let the process end", async () => {
  const script = `
    import process from "node:process";
    const cpu = await createCpuBackend({ threads: 4, blas: "none" });
    const y = cpu.allocate(4e6, "y");
    for (let i = 0; i < 50; i++) cpu.run("gelu", [y], [y], { size: 1e6 });
    await new Promise((done) => setTimeout(done, 500)); // Workers that are still starting, and the compiler
    const before = process.cpuUsage();
    await new Promise((done) => setTimeout(done, 1000));
    console.log(JSON.stringify({ cpuMicroseconds: process.cpuUsage(before).user }));`;
  const { cpuMicroseconds } = await runScript(["-A"], script);
  assert.ok(Number(cpuMicroseconds) < 250_000, `${cpuMicroseconds} us of CPU in an idle second`);
});
