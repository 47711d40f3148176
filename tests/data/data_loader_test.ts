import assert from "node:assert/strict";
import { DataLoader, Dataset, RandomSampler, type TensorBatch } from "../../lib/data/mod.ts";
import { keep, setSeed, type Tensor, tensor } from "../../lib/tensor/mod.ts";

const ten = Dataset.fromDict({ x: Array.from({ length: 10 }, (_, i) => i) });
const xs = (batch: TensorBatch) => [...batch.x.hostData ?? []];

async function collect(batches: AsyncIterable<TensorBatch>): Promise<number[][]> {
  const all: number[][] = [];
  for await (const batch of batches) all.push(xs(batch));
  return all;
}

Deno.test("DataLoader gives every row once, in order, the last batch shorter", async () => {
  const loader = new DataLoader({ dataset: ten, batchSize: 4 });
  assert.equal(loader.length, 3);
  assert.deepEqual(await collect(loader), [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]);
});

Deno.test("DataLoader leaves the last batch out when dropLast is set", async () => {
  const loader = new DataLoader({ dataset: ten, batchSize: 4, dropLast: true });
  assert.equal(loader.length, 2);
  assert.deepEqual((await collect(loader)).at(-1), [4, 5, 6, 7]);
});

Deno.test("DataLoader shuffles anew each epoch, and the same way for the same seed", async () => {
  const make = (seed?: number) => new DataLoader({ dataset: ten, batchSize: 4, shuffle: true, seed });
  const loader = make(5);
  const [first, second] = [await collect(loader), await collect(loader)];
  assert.deepEqual(first.flat().sort((a, b) => a - b), ten.column("x"));
  assert.notDeepEqual(first, second);
  const again = make(5);
  assert.deepEqual([await collect(again), await collect(again)], [first, second]);
  assert.notDeepEqual(await collect(make(6)), first);
  setSeed(1);
  const unseeded = await collect(make());
  setSeed(1);
  assert.deepEqual(await collect(make()), unseeded, "setSeed decides where no seed is given");
});

Deno.test("DataLoader.iterate() goes on in the middle of an epoch with the batches that were left", async () => {
  const options = { dataset: ten, batchSize: 3, shuffle: true, seed: 7 };
  const whole = await collect(new DataLoader(options).iterate({ epoch: 2 }));
  const rest = await collect(new DataLoader(options).iterate({ epoch: 2, skipBatches: 2 }));
  assert.deepEqual(rest, whole.slice(2));
  assert.deepEqual(await collect(new DataLoader(options).iterate({ epoch: 2, skipBatches: 4 })), []);
});

Deno.test("RandomSampler gives each epoch its own order, whatever was asked before", () => {
  const orders = [0, 1, 2].map((epoch) => [...new RandomSampler(50, 3).order(epoch)].join());
  assert.equal(new Set(orders).size, 3);
  const sampler = new RandomSampler(50, 3);
  assert.deepEqual([2, 0, 1].map((epoch) => [...sampler.order(epoch)].join()), [orders[2], orders[0], orders[1]]);
  const neighbours = [...new RandomSampler(50, 4).order(0)].join();
  assert.ok(!orders.includes(neighbours));
});

Deno.test("DataLoader frees a batch, and what was made of it, when the next is asked for", async () => {
  const made: Tensor[] = [];
  const kept: Tensor[] = [];
  for await (const batch of new DataLoader({ dataset: ten, batchSize: 5 })) {
    assert.ok(made.every((tensor) => tensor.isDisposed));
    made.push(batch.x, tensor([1, 2], { dtype: "int32" }));
    kept.push(keep(tensor([3], { dtype: "int32" })));
  }
  assert.equal(made.length, 4);
  assert.ok(made.every((tensor) => tensor.isDisposed));
  assert.ok(kept.every((tensor) => !tensor.isDisposed));
});

Deno.test("DataLoader frees the batch when the loop is left early or throws", async () => {
  const seen: Tensor[] = [];
  for await (const batch of new DataLoader({ dataset: ten })) {
    seen.push(batch.x);
    break;
  }
  await assert.rejects(async () => {
    for await (const batch of new DataLoader({ dataset: ten })) {
      seen.push(batch.x);
      throw new Error("stop");
    }
  }, /stop/);
  assert.deepEqual(seen.map((tensor) => tensor.isDisposed), [true, true]);
});

Deno.test("DataLoader reads any class with length and at(), through any collateFn, row by row as they are needed", async () => {
  const asked: number[] = [];
  const dataset = {
    length: 4,
    at(row: number) {
      asked.push(row);
      return { text: `text ${row}` };
    },
  };
  const loader = new DataLoader({
    dataset,
    batchSize: 2,
    collateFn: (rows) => Promise.resolve(rows.map((row) => String(row.text))),
  });
  for await (const texts of loader) {
    assert.deepEqual(texts, ["text 0", "text 1"]);
    break;
  }
  assert.deepEqual(asked, [0, 1]);
});

Deno.test("DataLoader lets an interrupt through while it is read as fast as it can", async () => {
  let interrupted = false;
  const timer = setTimeout(() => interrupted = true, 0);
  const endless = { length: 1_000_000_000, at: () => ({ x: 1 }) };
  const sampler = { length: endless.length, order: () => new Proxy<number[]>([], { get: () => 0 }) };
  for await (const _ of new DataLoader({ dataset: endless, sampler })) if (interrupted) break;
  clearTimeout(timer);
  assert.ok(interrupted);
});

Deno.test("DataLoader names the option when it cannot be", () => {
  assert.throws(
    () => new DataLoader({ dataset: ten, batchSize: 0 }),
    /batchSize is 0; it must be a whole number, 1 or more/,
  );
  assert.throws(() => new DataLoader({ dataset: ten.take(0) }), /the set has no rows/);
});
