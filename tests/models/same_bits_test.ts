// The same seed gives the same bits: a whole training step with dropout, twice on one device; and the same masks on both.

import assert from "node:assert/strict";
import { apply } from "../../lib/autograd/mod.ts";
import { AdamW, clipGradNorm } from "../../lib/optim/mod.ts";
import { dropout } from "../../lib/ops/mod.ts";
import { full, scope, setSeed, type Tensor } from "../../lib/tensor/mod.ts";
import { deviceTest, onDevice } from "../devices.ts";
import { adapter } from "../gpu.ts";
import { pad, tinyModel, tinyRows } from "../trainer/tiny.ts";

async function bitsOf(x: Tensor): Promise<Uint8Array> {
  return new Uint8Array((await x.data()).buffer);
}

/** The bits of a step: loss, logits, every gradient, every parameter afterwards. */
async function step(seed: number): Promise<Record<string, Uint8Array>> {
  const model = await tinyModel({ hidden_size: 36, intermediate_size: 50, num_hidden_layers: 2 });
  const optimizer = new AdamW(model.parameters(), { lr: 1e-2 });
  setSeed(seed);
  const { loss, logits } = scope(() => {
    const { loss, logits } = model.forward(pad(tinyRows(30)));
    loss!.backward();
    return { loss: loss!, logits };
  });
  const bits: Record<string, Uint8Array> = { loss: await bitsOf(loss), logits: await bitsOf(logits) };
  for (const [name, { grad }] of model.namedParameters()) bits[`gradient of ${name}`] = await bitsOf(grad!);
  bits.norm = await bitsOf(clipGradNorm(model.parameters(), 1));
  optimizer.step();
  for (const [name, parameter] of model.namedParameters()) bits[name] = await bitsOf(parameter);
  model.dispose();
  return bits;
}

/** The names under which two steps differ. */
function differing(a: Record<string, Uint8Array>, b: Record<string, Uint8Array>): string[] {
  return Object.keys(a).filter((name) => a[name].length !== b[name].length || a[name].some((v, i) => v !== b[name][i]));
}

for (const device of ["cpu", "webgpu"] as const) {
  deviceTest(device, "a training step has the same bits with the same seed, and others with another", async () => {
    const first = await step(5);
    for (let again = 0; again < 3; again++) assert.deepEqual(differing(await step(5), first), []);
    const others = differing(await step(6), first);
    assert.ok(others.includes("loss") && others.includes("logits"));
  });
}

Deno.test({
  name: "dropout() drops the same places on cpu and webgpu",
  ignore: !adapter,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    for (const [i, shape] of [[1, 1], [3, 7], [130, 67], [5, 1031], [40_000]].entries()) {
      const options = { p: 0.1 + i * 0.2, seed: (i * 2654435761) % 2 ** 32 };
      const kept = async () =>
        Array.from(await apply(dropout, [full(shape, 1)], options).data(), (value) => value !== 0);
      assert.deepEqual(await onDevice("webgpu", kept), await onDevice("cpu", kept), `(${shape})`);
    }
  },
});
