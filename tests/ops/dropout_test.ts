import assert from "node:assert/strict";
import { apply } from "../../lib/autograd/mod.ts";
import { dropout } from "../../lib/ops/mod.ts";
import { full, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { goldenRows } from "../golden.ts";
import { assertClose, normalValues, testOp } from "../test_op.ts";

testOp({
  name: "dropout()",
  cases: [[1], [7], [4, 9], [3, 16], [5, 129]].map((shape, i) => ({
    name: `(${shape})`,
    inputs: [normalValues(shape, i)],
    call: ([x]) => apply(dropout, [x], { p: 0.3, seed: i * 7919 }),
  })),
});

for (const device of ["float64", "cpu", "webgpu"] as const) {
  deviceTest(
    device,
    "dropout() gives PyTorch's numbers wherever both masks agree, over enough seeds to meet each place",
    async () => {
      const [row] = goldenRows("dropout");
      const [x, mask, gradient] = [row.inputs.get("x")!, row.inputs.get("mask")!.data, row.gradients.get("x")!];
      const compared = new Set<number>();
      for (let seed = 0; seed < 12; seed++) {
        const input = tensor(x.data, x.shape);
        input.requiresGrad = true;
        const y = apply(dropout, [input], { p: Number(row.attrs.p), seed });
        y.backward(tensor(row.upstream!.data, y.shape));
        const [found, dx] = [await y.data(), await input.grad!.data()];
        mask.forEach((kept, i) => {
          if ((found[i] !== 0) !== (kept === 1)) return;
          compared.add(i);
          assertClose([found[i]], [row.output.data[i]], row.output.tolerance, `value ${i}`);
          assertClose([dx[i]], [gradient.data[i]], gradient.tolerance, `gradient ${i}`);
        });
      }
      assert.equal(compared.size, mask.length);
    },
  );

  deviceTest(device, "dropout() leaves all as it is at p 0, and p is checked", async () => {
    const x = tensor([1, 2, 3]);
    assert.deepEqual([...await apply(dropout, [x], { p: 0, seed: 1 }).data()], [1, 2, 3]);
    assert.throws(
      () => apply(dropout, [x], { p: 1, seed: 1 }),
      /dropout: p is 1; it must be at least 0 and less than 1/,
    );
  });

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
