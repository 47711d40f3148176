// Tables of which few rows have a gradient: AdamW leaves the others behind and catches them up when they are read. Held to PyTorch's dense
// AdamW (tests/fixtures/adamw_rows.json, whose "about" says how it was made), and to this library's own dense steps bit for bit.

import assert from "node:assert/strict";
import { backward } from "../../lib/autograd/mod.ts";
import { Embedding } from "../../lib/nn/mod.ts";
import { RowGradient } from "../../lib/ops/mod.ts";
import { AdamW, clipGradNorm, type OptimizerState } from "../../lib/optim/mod.ts";
import { Random, scope, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import fixture from "../fixtures/adamw_rows.json" with { type: "json" };
import { exact, onEachDevice } from "./devices.ts";

const { vocabulary, columns } = fixture;
const options = { betas: [0.9, 0.98], eps: 1e-6, weightDecay: 0.1 } as const;

function table(values: readonly number[]): Embedding {
  const made = new Embedding(vocabulary, columns, 4);
  made.weight.write(Float64Array.from(values));
  return made;
}

/** Rows looked up, and their gradient. Reading `grad` makes it dense. */
function backwardOf(embedding: Embedding, ids: readonly number[], upstream: readonly number[], dense = false): void {
  scope(() => {
    const rows = embedding.forward(tensor(Int32Array.from(ids)));
    backward(rows, tensor(Float64Array.from(upstream), [ids.length, columns]));
    if (dense) assert.ok(embedding.weight.grad);
    else assert.ok(embedding.weight.gradient instanceof RowGradient);
  });
}

onEachDevice("AdamW takes PyTorch's steps when few rows of a table have a gradient", async (tolerance) => {
  const embedding = table(fixture.start);
  const optimizer = new AdamW(embedding.parameters(), options);
  for (const [i, ids] of fixture.ids.entries()) {
    optimizer.paramGroups[0].lr = fixture.lr[i];
    optimizer.zeroGrad();
    backwardOf(embedding, ids, fixture.upstream[i]);
    const norm = clipGradNorm([embedding.weight], 2);
    close(await exact(norm), [fixture.norms[i]], tolerance);
    optimizer.step();
  }
  close(await exact(embedding.weight), fixture.end, tolerance);
});

deviceTest(
  "cpu",
  "AdamW gives the bits of dense steps when rows are caught up late, in part, after a change of betas and after loading",
  async () => {
    const random = new Random(5);
    const [late, dense] = [table(fixture.start), table(fixture.start)];
    const optimizers = [late, dense].map((embedding) => new AdamW(embedding.parameters(), options));
    for (let step = 0; step < 200; step++) {
      const ids = Array.from({ length: 5 }, () => random.integer(step % 50 < 40 ? 6 : vocabulary));
      const upstream = Array.from({ length: 5 * columns }, () => random.normal());
      if (step === 100) { for (const { paramGroups } of optimizers) paramGroups[0].betas = [0.8, 0.9]; }
      if (step === 130) {
        const next = new AdamW(late.parameters(), options);
        next.loadStateDict(optimizers[0].stateDict());
        optimizers[0] = next;
      }
      if (step === 160) {
        const saved = await copied(optimizers[0]);
        optimizers[0].loadStateDict(saved);
      }
      const isDense = step % 60 === 59; // a step that reads the whole gradient, as accumulation with a tied weight does
      backwardOf(late, ids, upstream, isDense);
      backwardOf(dense, ids, upstream, true);
      for (const optimizer of optimizers) {
        optimizer.paramGroups[0].lr = 0.01 / (1 + step % 7);
        optimizer.step();
        optimizer.zeroGrad();
      }
      if (step % 30 === 0) assert.deepEqual(await late.weight.data(), await dense.weight.data(), `step ${step}`);
    }
    assert.deepEqual(await late.weight.data(), await dense.weight.data());
    const [a, b] = optimizers.map((optimizer) => optimizer.stateDict().state[0]);
    assert.equal(a.step, b.step);
    for (const name of ["exp_avg", "exp_avg_sq"]) {
      assert.deepEqual(
        await valuesOf(a, name),
        await valuesOf(b, name),
        name,
      );
    }
  },
);

onEachDevice("backward() adds up the gradients of rows when it runs twice", async (tolerance) => {
  const [late, dense] = [table(fixture.start), table(fixture.start)];
  for (const ids of [[1, 2, 2, 7], [7, 3, 1, 4]]) {
    const upstream = Array.from({ length: 4 * columns }, (_, i) => i + ids[0]);
    scope(() => {
      for (const embedding of [late, dense]) {
        backward(embedding.forward(tensor(Int32Array.from(ids))), tensor(upstream, { shape: [4, columns] }));
      }
      assert.ok(dense.weight.grad);
    });
  }
  assert.ok(late.weight.gradient instanceof RowGradient);
  close(await exact(late.weight.grad!), await exact(dense.weight.grad!), tolerance);
  const first = await late.weight.grad!.data();
  assert.deepEqual(
    [...first.slice(7 * columns, 8 * columns)],
    Array.from({ length: columns }, (_, i) => 15 + 1 + i + 7 + i),
  );
});

deviceTest("cpu", "a table is up to date when another optimizer takes over, and when its own is gone", async () => {
  const [late, dense] = [table(fixture.start), table(fixture.start)];
  for (let round = 0; round < 3; round++) {
    for (const embedding of [late, dense]) {
      const optimizer = new AdamW(embedding.parameters(), { ...options, lr: 0.1 });
      for (const ids of [[1, 2], [3, 5], [2, 6]]) {
        backwardOf(embedding, ids, Array(2 * columns).fill(round + 1), embedding === dense);
        optimizer.step();
        optimizer.zeroGrad();
      }
    }
  }
  assert.deepEqual(await late.weight.data(), await dense.weight.data());
});

/** The state as a file would give it. */
async function copied(optimizer: AdamW): Promise<OptimizerState> {
  const { paramGroups, state } = optimizer.stateDict();
  const { step } = state[0];
  const tensors = { exp_avg: await valuesOf(state[0], "exp_avg"), exp_avg_sq: await valuesOf(state[0], "exp_avg_sq") };
  return { paramGroups, state: { 0: { step, tensors } } };
}

function valuesOf(state: OptimizerState["state"][number], name: string): Promise<Float32Array> {
  const values = state.tensors[name];
  return Promise.resolve(values instanceof Float32Array ? values : values.data() as Promise<Float32Array>);
}

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i])),
      `[${i}] ${actual[i]}, not ${expected[i]}`,
    );
  }
}
