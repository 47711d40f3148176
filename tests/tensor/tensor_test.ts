import assert from "node:assert/strict";
import "../../lib/autograd/mod.ts"; // attaches the methods
import { Random, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";

for (const device of ["cpu", "webgpu"] as const) {
  deviceTest(device, "tensor() gives back what it was made of", async () => {
    assert.deepEqual(await tensor([[1, 2, 3], [4, 5, 6]]).toList(), [[1, 2, 3], [4, 5, 6]]);
    assert.deepEqual(await tensor([1, -2], { dtype: "int32" }).data(), Int32Array.of(1, -2));
    assert.deepEqual(await tensor(Float32Array.of(1, 2, 3, 4), [2, 2]).toList(), [[1, 2], [3, 4]]);
    assert.deepEqual((await tensor([]).data()).length, 0);
    assert.equal(await tensor(7).item(), 7);
    assert.deepEqual(await tensor([[1, 2], [3, 4]]).reshape([-1]).toList(), [1, 2, 3, 4]);
  });

  deviceTest(device, "tensor() keeps whole numbers exact beyond 24 bits once a kernel has used them", async () => {
    const ids = tensor([2_000_000_011, -7], { dtype: "int32" });
    const read = await ids.backend.read(ids.buffer, "int32", 2);
    assert.deepEqual(Array.from(read), [2_000_000_011, -7]);
  });
}

deviceTest("cpu", "tensor() names what does not fit", () => {
  assert.throws(() => tensor([[1, 2], [3]]), /ragged/);
  assert.throws(() => tensor([1, 2, 3], [2, 2]), /3 elements do not fit the shape \(2, 2\)/);
  assert.throws(() => tensor([1, 2, 3]).reshape([2, -1]), /3 elements do not fit the shape \(2, -1\)/);
  assert.throws(
    () => tensor([1, 2]).add(tensor([1, 2, 3])),
    /add: shapes \(2\) and \(3\) do not fit; from the last axis on, lengths must be equal or one of them 1/,
  );
  assert.throws(() => tensor([[1, 2]]).matmul(tensor([[1, 2]])), /matmul: shapes \(1, 2\) and \(1, 2\) do not fit/);
});

Deno.test("Random gives the same numbers for a seed and goes on from its state", () => {
  const [a, b] = [new Random(3), new Random(3)];
  const first = [a.uniform(), a.normal(), a.bits()];
  assert.deepEqual(first, [b.uniform(), b.normal(), b.bits()]);
  const { state } = a;
  const next = [a.normal(), a.uniform()];
  b.state = state;
  assert.deepEqual([b.normal(), b.uniform()], next);
  assert.notDeepEqual(first, [new Random(4).uniform(), 0, 0]);
});

Deno.test("Random gives normal numbers with mean 0 and variance 1, and every order of a permutation", () => {
  const random = new Random(1);
  const n = 200_000;
  const values = Float64Array.from({ length: n }, () => random.normal());
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n;
  assert.ok(Math.abs(mean) < 5 / Math.sqrt(n));
  assert.ok(Math.abs(variance - 1) < 5 * Math.sqrt(2 / n));
  const orders = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = random.permutation(3).join("");
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  assert.equal(orders.size, 6);
  for (const count of orders.values()) assert.ok(Math.abs(count - 1000) < 5 * Math.sqrt(1000 * 5 / 6));
});
