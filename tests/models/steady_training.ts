// Training loops that must hold constant memory: what the device counts stays the same to the byte from step to step, no bind group is
// made, and the process grows by no more than its collector's slack. Run for a minute's worth of steps in memory_test.ts, for 500 in
// tests/long.

import assert from "node:assert/strict";
import type { Backend, MemoryReport } from "../../lib/backend/backend.ts";
import { createCpuBackend } from "../../lib/backend/cpu/mod.ts";
import { setBackend } from "../../lib/backend/current.ts";
import { createWebgpuBackend } from "../../lib/backend/webgpu/mod.ts";
import { noGrad } from "../../lib/autograd/mod.ts";
import { DataLoader, Dataset } from "../../lib/data/mod.ts";
import type { SequenceClassificationModel } from "../../lib/models/mod.ts";
import { AdamW, clipGradNorm, getScheduler } from "../../lib/optim/mod.ts";
import { scope } from "../../lib/tensor/mod.ts";
import { adapter } from "../gpu.ts";
import { pad, tinyModel, tinyRows } from "../trainer/tiny.ts";

/** Steps before memory is looked at: pools fill, code is compiled, Workers start. */
const WARM_UP = 20;
/**
 * What the process may grow by: its heap between two collections, and Workers that start late on a busy machine (20 MB each). The device
 * counts every buffer; this is for what is not one: values on the host, staging memory, graphs.
 */
const SLACK_BYTES = 100e6;

const makers: Record<"cpu" | "webgpu", () => Promise<Backend>> = {
  cpu: () => createCpuBackend(),
  webgpu: () => createWebgpuBackend(adapter),
};

/** Trains for some steps and calls `look` after each. */
type Loop = (model: SequenceClassificationModel, steps: number, look: () => void) => Promise<void>;

/** Twelve texts of 3 to 14 tokens, padded to one length. */
const texts = tinyRows(12).map(({ input_ids, attention_mask, label }) => {
  const padding = Array<number>(14 - input_ids.length).fill(0);
  return { input_ids: [...input_ids, ...padding], attention_mask: [...attention_mask, ...padding], label };
});

const loops: Readonly<Record<string, Loop>> = {
  async "the loop that lessons write by hand"(model, steps, look) {
    const rows = Array.from({ length: steps * texts.length }, (_, i) => texts[i % texts.length]);
    const loader = new DataLoader({ dataset: Dataset.fromList(rows), batchSize: texts.length });
    const optimizer = new AdamW(model.parameters(), { lr: 1e-3 });
    const scheduler = getScheduler("linear", { optimizer, numWarmupSteps: 0, numTrainingSteps: steps });
    for await (const batch of loader) {
      const { loss } = model.forward(batch);
      loss!.backward();
      optimizer.step();
      scheduler.step();
      optimizer.zeroGrad();
      look();
    }
  },

  async "gradients of several batches, clipping, and evaluation without gradients"(model, steps, look) {
    const optimizer = new AdamW(model.parameters(), { lr: 1e-3 });
    const halves = [pad(texts.slice(0, 6)), pad(texts.slice(6))];
    for (let step = 0; step < steps; step++) {
      for (const half of halves) scope(() => model.forward(half).loss!.scale(0.5).backward());
      clipGradNorm(model.parameters(), 1).dispose();
      optimizer.step();
      optimizer.zeroGrad();
      model.eval();
      await scope(() => noGrad(() => model.forward(halves[step % 2]).logits).data());
      model.train();
      look();
    }
  },
};

/** Registers a test a loop and device. */
export function testSteadyTraining(steps: number): void {
  for (const device of ["cpu", "webgpu"] as const) {
    for (const [name, loop] of Object.entries(loops)) {
      Deno.test({
        name: `${steps} training steps hold constant memory on ${device}: ${name}`,
        ignore: device === "webgpu" && !adapter,
        sanitizeOps: false,
        sanitizeResources: false,
        fn: () => assertSteady(device, loop, steps),
      });
    }
  }
}

async function assertSteady(device: "cpu" | "webgpu", loop: Loop, steps: number): Promise<void> {
  const backend = await makers[device]();
  const before = setBackend(backend);
  using made = countBindGroups();
  try {
    const model = await tinyModel({ hidden_size: 64, num_hidden_layers: 2, intermediate_size: 128 });
    const seen: (MemoryReport & { readonly rss: number; readonly bindGroups: number })[] = [];
    await loop(model, steps, () => {
      seen.push({ ...backend.memory(), bindGroups: made.bindGroups, rss: Deno.memoryUsage().rss });
    });
    assert.equal(seen.length, steps);
    const [warm, end] = [seen[WARM_UP], seen.at(-1)!];
    const { rss: rssWarm, ...expected } = warm;
    seen.slice(WARM_UP).forEach(({ rss: _, ...counted }, i) => {
      assert.deepEqual(counted, expected, `step ${WARM_UP + i}`);
    });
    const grown = end.rss - rssWarm;
    assert.ok(grown < SLACK_BYTES, `the process grew by ${(grown / 1e6).toFixed(1)} MB`);
    model.dispose();
  } finally {
    setBackend(before);
    backend.close();
  }
}

/**
 * Counts the bind groups that are made. The GPU's side of them is freed when the collector finds their few bytes on the host, which can
 * be long after: a step that makes new ones grows the process.
 */
function countBindGroups(): { readonly bindGroups: number } & Disposable {
  const { createBindGroup } = GPUDevice.prototype;
  let bindGroups = 0;
  GPUDevice.prototype.createBindGroup = function (descriptor) {
    bindGroups++;
    return createBindGroup.call(this, descriptor);
  };
  return {
    get bindGroups() {
      return bindGroups;
    },
    [Symbol.dispose]() {
      GPUDevice.prototype.createBindGroup = createBindGroup;
    },
  };
}
