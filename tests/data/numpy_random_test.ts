import assert from "node:assert/strict";
import { NumpyRandom } from "../../lib/data/numpy_random.ts";

// numpy 2.4.6: g = default_rng(seed); g.permutation(10); g.permutation(7); g.choice(5, 3, replace=False); g.choice(4, 4, replace=False)
const NUMPY: readonly [seed: number, draws: readonly number[][]][] = [
  [0, [[4, 6, 2, 7, 3, 5, 9, 0, 8, 1], [3, 2, 0, 6, 4, 5, 1], [2, 3, 1], [1, 3, 2, 0]]],
  [1, [[8, 4, 7, 0, 1, 2, 5, 9, 6, 3], [1, 5, 6, 0, 2, 3, 4], [0, 3, 4], [3, 0, 2, 1]]],
  [42, [[5, 6, 0, 7, 3, 2, 4, 9, 1, 8], [6, 5, 2, 4, 3, 0, 1], [4, 2, 1], [2, 0, 1, 3]]],
  [123456789012, [[4, 7, 1, 3, 0, 8, 5, 6, 2, 9], [3, 0, 5, 1, 4, 6, 2], [4, 1, 0], [0, 2, 3, 1]]],
];

Deno.test("NumpyRandom draws NumPy's numbers when it has NumPy's seed", () => {
  for (const [seed, draws] of NUMPY) {
    const random = new NumpyRandom(seed);
    const ours = [random.permutation(10), random.permutation(7), random.choice(5, 3), random.choice(4, 4)];
    assert.deepEqual(ours.map((numbers) => [...numbers]), draws, `seed ${seed}`);
  }
});

Deno.test("NumpyRandom draws NumPy's order of 8,551 rows", () => {
  const order = new NumpyRandom(42).permutation(8551);
  assert.equal(order.slice(0, 1000).reduce((sum, row, i) => sum + row * i, 0), 2157393963);
  assert.equal(new Set(order).size, 8551);
});

Deno.test("NumpyRandom refuses a seed that is no whole number", () => {
  assert.throws(() => new NumpyRandom(-1), /The seed is -1; it must be a whole number, 0 or more/);
  assert.throws(() => new NumpyRandom(0.5), /The seed is 0.5/);
});
