import assert from "node:assert/strict";
import { LearnedPositions, SinusoidalPositions, sinusoidalPositions, type SinusoidLayout } from "../../lib/nn/mod.ts";
import { full } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { goldenRows } from "../golden.ts";
import { assertClose } from "../test_op.ts";

for (const device of ["float64", "cpu", "webgpu"] as const) {
  deviceTest(device, "sinusoidalPositions() gives the reference's waves in both layouts", async () => {
    for (const { name, attrs, output } of goldenRows("sinusoidal_positional_encoding")) {
      const layout = String(attrs.layout) as SinusoidLayout;
      const table = sinusoidalPositions(Number(attrs.length), Number(attrs.dim), layout);
      assert.deepEqual(table.shape, output.shape);
      assertClose(await table.data(), output.data, output.tolerance, name);
      const added = new SinusoidalPositions(99, Number(attrs.dim), layout).forward(full([2, ...output.shape], 1));
      const expected = Array.from(output.data, (value) => value + 1);
      assertClose(await added.data(), [...expected, ...expected], output.tolerance + 1e-6, name);
    }
  });
}

deviceTest("cpu", "LearnedPositions adds its rows, and each gets the gradient of all sequences", async () => {
  const positions = new LearnedPositions(4, 2);
  positions.weight.write(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  const y = positions.forward(full([3, 2, 2], 10));
  assert.deepEqual([...await y.data()], [11, 12, 13, 14, 11, 12, 13, 14, 11, 12, 13, 14]);
  y.sum().backward();
  assert.deepEqual([...await positions.weight.grad!.data()], [3, 3, 3, 3, 0, 0, 0, 0]);
});

deviceTest("cpu", "positions say what they have no place for", () => {
  assert.throws(() => sinusoidalPositions(3, 5), /dim is 5; it must be even/);
  assert.throws(
    () => new LearnedPositions(4, 2).forward(full([1, 5, 2], 0)),
    /LearnedPositions: x is Tensor\(\(1, 5, 2\), float32\); it must be \(batch, length, 2\) with at most 4 positions\./,
  );
  assert.throws(() => new SinusoidalPositions(4, 2).forward(full([1, 3, 4], 0)), /SinusoidalPositions: x is/);
  assert.deepEqual([...new SinusoidalPositions(4, 2).namedParameters()], []);
});
