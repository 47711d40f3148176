import assert from "node:assert/strict";
import { apply } from "../../lib/autograd/mod.ts";
import { dropout } from "../../lib/ops/mod.ts";
import { full } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { normalValues, testOp } from "../test_op.ts";

testOp({
  name: "dropout()",
  cases: [[1], [7], [4, 9], [3, 16], [5, 129]].map((shape, i) => ({
    name: `(${shape})`,
    inputs: [normalValues(shape, i)],
    call: ([x]) => apply(dropout, [x], { p: 0.3, seed: i * 7919 }),
  })),
});

for (const device of ["float64", "cpu", "webgpu"] as const) {
  deviceTest(device, "dropout() drops a share p and keeps the mean", async () => {
    const n = 100_000;
    for (const p of [0.1, 0.5]) {
      const y = Array.from(await apply(dropout, [full([n], 1)], { p, seed: 3 }).data());
      const dropped = y.reduce((count, value) => count + Number(value === 0), 0) / n;
      const sigma = Math.sqrt(p * (1 - p) / n);
      assert.ok(Math.abs(dropped - p) < 5 * sigma, `a share of ${dropped} was dropped, expected ${p}`);
      assert.ok(Math.abs(Math.max(...y.slice(0, 99)) - 1 / (1 - p)) < 1e-4);
    }
  });
}
