import assert from "node:assert/strict";
import { createAllocator } from "../../lib/backend/cpu/memory.ts";
import { Random } from "../../lib/tensor/random.ts";

const MIB = 2 ** 20;
const START = 4096;

function memoryOf(maximumMib: number): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum: maximumMib * 16, shared: true });
}

Deno.test("allocate() gives aligned buffers that never overlap, whatever is freed meanwhile", () => {
  const allocator = createAllocator(memoryOf(64), START);
  const random = new Random(3);
  const live = new Map<number, number>();
  for (let i = 0; i < 3000; i++) {
    if (live.size > 0 && random.uniform() < 0.48) {
      const buffer = [...live.keys()][random.integer(live.size)];
      allocator.free(buffer);
      live.delete(buffer);
      continue;
    }
    const bytes = random.integer(random.uniform() < 0.1 ? 200_000 : 3000);
    const buffer = allocator.allocate(bytes, "test");
    assert.equal(buffer % 64, 0);
    assert.ok(buffer >= START);
    for (const [other, size] of live) {
      assert.ok(buffer + bytes <= other || other + size <= buffer, `${buffer} overlaps`);
    }
    live.set(buffer, bytes);
  }
  assert.equal(allocator.report().buffers, live.size);
  for (const buffer of live.keys()) allocator.free(buffer);
  assert.deepEqual({ ...allocator.report(), reserved: 0 }, { inUse: 0, buffers: 0, reserved: 0 });
});

Deno.test("free() joins neighbours, so that what many small buffers held serves one large one", () => {
  const allocator = createAllocator(memoryOf(64), START);
  const small = Array.from({ length: 1000 }, () => allocator.allocate(16_000, "small"));
  const { reserved } = allocator.report();
  // every second one first, so that each of the others then has free neighbours on both sides
  for (const parity of [0, 1]) small.filter((_, i) => i % 2 === parity).forEach((buffer) => allocator.free(buffer));
  assert.equal(allocator.allocate(16_000_000, "large"), small[0]);
  assert.equal(allocator.report().reserved, reserved);
});

Deno.test("allocate() takes the smallest free stretch that fits, so the same work again needs no more memory", () => {
  const allocator = createAllocator(memoryOf(256), START);
  const sizes = Array.from({ length: 200 }, (_, i) => 1000 + (i * 7919) % 90_000);
  const round = () =>
    sizes.map((bytes) => allocator.allocate(bytes, "step")).forEach((buffer) => allocator.free(buffer));
  round();
  const { reserved } = allocator.report();
  for (let i = 0; i < 20; i++) round();
  assert.equal(allocator.report().reserved, reserved);
});

Deno.test("allocate() names the buffer, its size and what would help when memory ends, and goes on working", () => {
  const allocator = createAllocator(memoryOf(32), START);
  const held = allocator.allocate(20 * MIB, "first");
  assert.throws(() => allocator.allocate(20 * MIB, "word embeddings"), {
    name: "RangeError",
    message: /no memory for word embeddings \(20 MiB\): 20 MiB are in use.*freeze the embeddings.*smaller batch/,
  });
  allocator.free(held);
  assert.ok(allocator.allocate(20 * MIB, "word embeddings") > 0);
});

Deno.test("free() refuses a buffer that is not in use", () => {
  const allocator = createAllocator(memoryOf(32), START);
  const buffer = allocator.allocate(100, "once");
  allocator.free(buffer);
  assert.throws(() => allocator.free(buffer), /no buffer in use lies at 4096/);
});
