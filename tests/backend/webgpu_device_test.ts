// What the WebGPU device does besides arithmetic: memory, order, errors. The kernels are proved in webgpu_test.ts.

import assert from "node:assert/strict";
import type { BufferId } from "../../lib/backend/backend.ts";
import { createWebgpuBackend, isSoftwareAdapter, type WebgpuBackend } from "../../lib/backend/webgpu/mod.ts";
import { BufferPool, roundedSize } from "../../lib/backend/webgpu/pool.ts";
import { foldWorkgroups } from "../../lib/backend/webgpu/programs.ts";
import { adapter } from "../gpu.ts";
import { withDevice } from "./with_device.ts";

/** A test on a device of its own, which is closed afterwards. */
function deviceTest(name: string, fn: (gpu: WebgpuBackend) => Promise<void>): void {
  Deno.test({
    name: `webgpu ${name}`,
    ignore: !adapter,
    async fn() {
      const gpu = await createWebgpuBackend();
      try {
        await fn(gpu);
      } finally {
        gpu.close();
        await gpu.lost;
      }
    },
  });
}

function upload(gpu: WebgpuBackend, ...values: number[]): BufferId {
  const buffer = gpu.allocate(4 * values.length, "test");
  gpu.write(buffer, Float32Array.from(values));
  return buffer;
}

deviceTest("read() gives what write() was given, float32 and int32", async (gpu) => {
  const floats = upload(gpu, 1.5, -0, Infinity);
  const ints = gpu.allocate(8, "ids");
  gpu.write(ints, Int32Array.of(-100, 2147483647));
  assert.deepEqual(await gpu.read(floats, "float32", 3), Float32Array.of(1.5, -0, Infinity));
  assert.deepEqual(await gpu.read(ints, "int32", 2), Int32Array.of(-100, 2147483647));
  gpu.write(floats, new Float32Array());
  assert.deepEqual(await gpu.read(floats, "float32", 0), new Float32Array());
});

deviceTest("write() takes values in shared memory", async (gpu) => {
  const shared = new Float32Array(new SharedArrayBuffer(16), 4, 2);
  shared.set([3, 4]);
  const buffer = gpu.allocate(8, "shared");
  gpu.write(buffer, shared);
  assert.deepEqual(await gpu.read(buffer, "float32", 2), Float32Array.of(3, 4));
});

deviceTest("write() leaves kernels alone that were queued before it", async (gpu) => {
  const x = upload(gpu, 1, 2);
  const y = gpu.allocate(8, "y");
  gpu.run("scale", [x], [y], { size: 2, factor: 10 });
  gpu.write(x, Float32Array.of(7, 7));
  assert.deepEqual(await gpu.read(y, "float32", 2), Float32Array.of(10, 20));
});

deviceTest("read() called many times at once gives each its own values", async (gpu) => {
  const buffers = [1, 2, 3, 4].map((value) => upload(gpu, value));
  const values = await Promise.all(buffers.map((buffer) => gpu.read(buffer, "float32", 1)));
  assert.deepEqual(values.map(([value]) => value), [1, 2, 3, 4]);
});

deviceTest("run() takes more kernels than one submit holds", async (gpu) => {
  const x = upload(gpu, 1);
  const y = upload(gpu, 0);
  for (let i = 0; i < 2000; i++) gpu.run("accumulate", [x], [y], { size: 1 });
  assert.deepEqual(await gpu.read(y, "float32", 1), Float32Array.of(2000));
});

deviceTest("run() reaches the last of more workgroups than one dimension takes", async (gpu) => {
  const size = 65535 * 256 + 257;
  const y = gpu.allocate(4 * size, "large");
  gpu.run("fill", [], [y], { size, value: 3 });
  const values = await gpu.read(y, "float32", size);
  assert.equal(values.findIndex((value) => value !== 3), -1);
});

deviceTest("memory() is the same after 500 steps, and so is the process's", async (gpu) => {
  const weights = upload(gpu, ...new Float32Array(1000));
  const step = () => {
    const batch = upload(gpu, ...new Float32Array(1000));
    const activations = gpu.allocate(400_000, "activations");
    gpu.run("fill", [], [activations], { size: 100_000, value: 1 });
    gpu.run("accumulate", [batch], [weights], { size: 1000 });
    gpu.free(batch);
    gpu.free(activations);
    return gpu.settle();
  };
  for (let i = 0; i < 20; i++) await step();
  const before = gpu.memory();
  const rss = Deno.memoryUsage().rss;
  for (let i = 0; i < 500; i++) await step();
  assert.deepEqual(gpu.memory(), before);
  assert.ok(Deno.memoryUsage().rss - rss < 60e6, "500 steps took memory that did not come back");
});

deviceTest("write() returns its staging memory though nothing is run", (gpu) => {
  const values = new Float32Array(250_000);
  const rss = Deno.memoryUsage().rss;
  for (let i = 0; i < 1000; i++) {
    const buffer = gpu.allocate(values.byteLength, "batch");
    gpu.write(buffer, values);
    gpu.free(buffer);
  }
  assert.ok(Deno.memoryUsage().rss - rss < 300e6, "1 GB of writes stayed in memory");
  return Promise.resolve();
});

deviceTest("allocate() names what does not fit and what would help", (gpu) => {
  assert.throws(
    () => gpu.allocate(5e9, "embeddings.word.weight"),
    /^RangeError: embeddings\.word\.weight: needs a buffer of 5000\.0 MB, but a buffer of this GPU holds at most [\d.]+ MB; use a smaller batch/,
  );
  return Promise.resolve();
});

deviceTest("calls with wrong buffers say which", async (gpu) => {
  const x = upload(gpu, 1, 2);
  const y = gpu.allocate(8, "y");
  assert.throws(() => gpu.run("add", [x], [y], { size: 2 }), /add: got 1 inputs and 1 outputs; it takes \(a, b\)/);
  assert.throws(() => gpu.run("scale", [x], [x], { size: 2, factor: 1 }), /scale: an output shares its buffer/);
  assert.throws(() => gpu.write(y, new Float32Array(65)), /65 values do not fit the buffer of "y"/);
  assert.throws(() => gpu.write(y, new Float64Array(1)), /float64 values cannot be written/);
  await assert.rejects(gpu.read(y, "float32", 65), /buffer of "y" \(256 bytes\) does not hold 65 values/);
  gpu.free(y);
  assert.throws(() => gpu.run("scale", [x], [y], { size: 2, factor: 1 }), /buffer of "y" is used after it was freed/);
  assert.throws(() => gpu.free(y), /buffer of "y" is used after it was freed/);
});

Deno.test({
  name: "webgpu calls after close() say that the device is gone, and a read under way is refused",
  ignore: !adapter,
  async fn() {
    const gpu = await createWebgpuBackend();
    const x = upload(gpu, 1);
    const reading = gpu.read(x, "float32", 1);
    const refused = assert.rejects(reading, /webgpu: this device was closed; what was on it is gone/);
    gpu.close();
    await refused;
    await gpu.lost;
    assert.throws(() => gpu.allocate(4, "late"), /this device was closed/);
    assert.throws(() => gpu.run("scale", [x], [x], { size: 1, factor: 2 }), /this device was closed/);
    await assert.rejects(gpu.read(x, "float32", 1), /this device was closed/);
  },
});

Deno.test({
  name: "webgpu an error the GPU tells of later is thrown once by the next call, and the device goes on",
  ignore: !adapter,
  async fn() {
    const devices: GPUDevice[] = [];
    const gpu = await createWebgpuBackend(withDevice(adapter!, (device) => devices.push(device)));
    const x = upload(gpu, 1, 2);
    devices[0].createShaderModule({ label: "broken", code: "fn (" });
    await assert.rejects(
      async () => {
        await gpu.read(x, "float32", 2);
        await gpu.read(x, "float32", 2);
      },
      /^Error: webgpu: .*broken.*\.$/,
    );
    assert.deepEqual(await gpu.read(x, "float32", 2), Float32Array.of(1, 2));
    gpu.close();
    await gpu.lost;
  },
});

Deno.test({
  name: "webgpu running out of memory is an error that names the buffer, its size and what would help",
  ignore: !adapter,
  async fn() {
    const full = withDevice(adapter!, (device) => {
      const kinds: GPUErrorFilter[] = [];
      const [push, pop] = [device.pushErrorScope.bind(device), device.popErrorScope.bind(device)];
      device.pushErrorScope = (kind) => (kinds.push(kind), push(kind));
      device.popErrorScope = async () => {
        const isMemory = kinds.pop() === "out-of-memory";
        return await pop() ?? (isMemory ? new GPUOutOfMemoryError("no memory left") : null);
      };
    });
    const gpu = await createWebgpuBackend(full);
    gpu.allocate(3_000_000, "attention_probabilities");
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert.throws(
      () => gpu.allocate(4, "next"),
      /^Error: webgpu: no memory for 3\.1 MB of "attention_probabilities" beside 0\.0 MB in use; use a smaller batch, .*\.$/,
    );
    gpu.close();
    await gpu.lost;
  },
});

Deno.test("isSoftwareAdapter() knows programs on the CPU by flag or by name", () => {
  const named = (description: string, isFallbackAdapter = false) =>
    isSoftwareAdapter({ info: { isFallbackAdapter, description, architecture: "", device: "" } });
  assert.ok(named("llvmpipe (LLVM 15.0.6, 256 bits)"));
  assert.ok(named("SwiftShader Device (Subzero)"));
  assert.ok(named("unheard of", true));
  assert.ok(!named("NVIDIA GeForce RTX 4090"));
});

Deno.test("foldWorkgroups() covers every workgroup within the limit of a dimension", () => {
  for (const count of [1, 65535, 65536, 131071, 9_999_991]) {
    const [x, y] = foldWorkgroups(count);
    assert.ok(x <= 65535 && y <= 65535 && x * y >= count && x * y - count < y, `${count} as ${x} by ${y}`);
  }
});

Deno.test("roundedSize() wastes at most a quarter", () => {
  for (let bytes = 1; bytes < 1e6; bytes = bytes * 3 + 1) {
    const size = roundedSize(bytes);
    assert.ok(size >= bytes && size % 4 === 0 && size <= Math.max(256, bytes * 1.25), `${bytes} as ${size}`);
  }
});

Deno.test("BufferPool never uses a buffer again that there was no memory for, and gives idle ones back", () => {
  const fails: (() => void)[] = [];
  const destroyed: number[] = [];
  const pool = new BufferPool((size, _label, failed) => {
    fails.push(failed);
    return { destroy: () => void destroyed.push(size) };
  }, 1e9);
  const idle = pool.allocate(1e6, "idle");
  pool.free(idle);
  const missing = pool.allocate(2e8, "missing");
  fails[1]();
  pool.free(missing);
  assert.deepEqual(destroyed, [roundedSize(2e8)]);
  assert.notEqual(pool.allocate(2e8, "again"), missing);
  assert.ok(pool.trim(), "what lies idle may be what was lacking");
  assert.deepEqual(destroyed, [roundedSize(2e8), roundedSize(1e6)]);
  assert.equal(pool.memory().buffers, 1);
});

Deno.test("BufferPool uses the same buffers again, in whatever order they were freed", () => {
  const pool = new BufferPool(() => ({ destroy() {} }), 1e9);
  const ids = Array.from({ length: 5 }, () => pool.allocate(1000, "first step"));
  for (const i of [3, 0, 4, 1, 2]) pool.free(ids[i]);
  assert.deepEqual(Array.from({ length: 5 }, () => pool.allocate(1000, "second step")), ids);
});

Deno.test("BufferPool gives buffers back that were idle for long, never those in use", () => {
  const alive = new Set<number>();
  let made = 0;
  const pool = new BufferPool((size) => {
    const id = ++made;
    alive.add(id);
    return { size, destroy: () => void alive.delete(id) };
  }, 1e9);
  const kept = pool.allocate(1e6, "kept");
  const large = Array.from({ length: 10 }, () => pool.allocate(50e6, "large"));
  large.forEach((id) => pool.free(id));
  assert.equal(pool.allocate(50e6, "again"), large[0], "an idle buffer of that size is used again");
  pool.free(large[0]);
  pool.trim();
  assert.equal(alive.size, 11, "what was in use of late may be needed again");
  for (let i = 0; i < 64; i++) pool.trim();
  assert.ok(pool.memory().reserved < 100e6, `${pool.memory().reserved} bytes are still held`);
  assert.equal(pool.memory().buffers, 1);
  pool.free(kept);
});
