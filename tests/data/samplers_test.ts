// fixtures/data/length_grouped.json: transformers.trainer_pt_utils.get_length_grouped_indices (4.57.6) for lengths (i * 7919) % 23 + 1,
// with the permutation that torch drew for it.
import assert from "node:assert/strict";
import { Dataset, LengthGroupedSampler } from "../../lib/data/mod.ts";
import { groupedByLength } from "../../lib/data/samplers.ts";
import { goldenJson } from "../golden.ts";

interface Case {
  readonly n: number;
  readonly batchSize: number;
  readonly perm: number[];
  readonly order: number[];
}

Deno.test("groupedByLength() gives Transformers' order of the same random rows", () => {
  for (const { n, batchSize, perm, order } of goldenJson<Case[]>("data/length_grouped.json")) {
    const lengths = Array.from({ length: n }, (_, i) => (i * 7919) % 23 + 1);
    assert.deepEqual([...groupedByLength(Int32Array.from(perm), lengths, batchSize)], order, `${n} rows`);
  }
});

Deno.test("LengthGroupedSampler gives every row once, the longest first, another order each epoch and the same for a seed", () => {
  const dataset = Dataset.fromDict({
    input_ids: Array.from({ length: 100 }, (_, i) => new Array(1 + i * 37 % 50).fill(1)),
  });
  const make = (seed: number) => new LengthGroupedSampler({ batchSize: 4, dataset, seed });
  const order = [...make(1).order(0)];
  assert.deepEqual(order.toSorted((a, b) => a - b), Array.from({ length: 100 }, (_, i) => i));
  assert.equal(dataset[order[0]].input_ids.length, 50);
  assert.notDeepEqual([...make(1).order(1)], order);
  assert.notDeepEqual([...make(2).order(0)], order);
  assert.deepEqual([...make(1).order(0)], order);
  assert.throws(() => new LengthGroupedSampler({ batchSize: 4 }), /give it lengths, or a dataset with token ids/);
});
