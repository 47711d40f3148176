// What a model says when its device is lost, or has no room for a batch. The process lives, and goes on with a smaller batch or another
// device.

import assert from "node:assert/strict";
import type { Backend } from "../../lib/backend/backend.ts";
import { createCpuBackend } from "../../lib/backend/cpu/mod.ts";
import { setBackend } from "../../lib/backend/current.ts";
import { createWebgpuBackend } from "../../lib/backend/webgpu/mod.ts";
import type { SequenceClassificationModel } from "../../lib/models/mod.ts";
import { AdamW } from "../../lib/optim/mod.ts";
import { scope } from "../../lib/tensor/mod.ts";
import { withDevice } from "../backend/with_device.ts";
import { adapter } from "../gpu.ts";
import { tinyModel } from "../trainer/tiny.ts";

async function onBackend(backend: Backend, use: () => Promise<void>): Promise<void> {
  const before = setBackend(backend);
  try {
    await use();
  } finally {
    setBackend(before);
    backend.close();
  }
}

const small = { input_ids: [[5, 6, 7]], labels: [1] };

/** A training step; its loss. */
async function step(model: SequenceClassificationModel): Promise<number> {
  return await scope(() => {
    const { loss } = model.forward(small);
    loss!.backward();
    return loss!.item();
  });
}

Deno.test({
  name: "a lost GPU (webgpu) is an error at the next call that says what to do, and training goes on elsewhere",
  ignore: !adapter,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const devices: GPUDevice[] = [];
    const gpu = await createWebgpuBackend(withDevice(adapter!, (device) => devices.push(device)));
    await onBackend(gpu, async () => {
      const model = await tinyModel();
      await step(model);
      const reading = assert.rejects(model.forward(small).loss!.item(), /^Error: webgpu: /);
      devices[0].destroy();
      await gpu.lost;
      await reading;
      const lost =
        /^Error: webgpu: the GPU was lost \(.*\); what was on it is gone, make it anew or use the CPU \(ATTEND_DEVICE=cpu\)\.$/;
      assert.throws(() => model.forward(small), lost);
      await assert.rejects(model.parameters()[0].data(), lost);
      await assert.rejects(gpu.settle(), lost);
    });
    for (const make of [createWebgpuBackend, createCpuBackend]) {
      await onBackend(await make(), async () => assert.ok(Number.isFinite(await step(await tinyModel()))));
    }
  },
});

/** The attention of one text of so many tokens is more than the device can hold. */
const tooLong = {
  cpu: {
    tokens: 40_000,
    message:
      /^RangeError: cpu: no memory for attention_probabilities \(12208 MiB\): \d+ MiB are in use, .*smaller batch or shorter sequences\.$/,
  },
  webgpu: {
    tokens: 30_000,
    message:
      /^RangeError: attention_probabilities: needs a buffer of 7200\.0 MB, but a buffer of this GPU holds at most [\d.]+ MB; use a smaller batch or model, or the CPU/,
  },
};

for (const device of ["cpu", "webgpu"] as const) {
  Deno.test({
    name: `a batch larger than memory names the tensor, its size and what helps on ${device}; nothing of it stays`,
    ignore: device === "webgpu" && !adapter,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const backend = device === "cpu" ? await createCpuBackend() : await createWebgpuBackend(adapter);
      await onBackend(backend, async () => {
        const { tokens, message } = tooLong[device];
        const model = await tinyModel({ max_position_embeddings: tokens });
        const expected = await step(model.eval());
        new AdamW(model.parameters()).zeroGrad();
        const { inUse, buffers } = backend.memory();
        const long = { input_ids: [Array<number>(tokens).fill(5)], labels: [0] };
        assert.throws(() => model.forward(long, { outputAttentions: true }), message);
        assert.deepEqual([backend.memory().inUse, backend.memory().buffers], [inUse, buffers]);
        assert.equal(await step(model), expected);
      });
    },
  });
}
