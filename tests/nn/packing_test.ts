import assert from "node:assert/strict";
import { pack, packValues, readTokens, unpack } from "../../lib/nn/mod.ts";
import { Random, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";

deviceTest("float64", "pack() keeps the real tokens in order, with where each sequence lies", () => {
  const packing = pack([1, 1, 0, 1, 0, 1], 2, 3, 4);
  assert.deepEqual([...packing.places], [0, 1, 3, 5]);
  assert.deepEqual([...packing.first.hostData!], [0, 2]);
  assert.deepEqual([...packing.all.segments.hostData!], [0, 2, 0, 2, 0, 2, 2, 2, 2, 16]);
  assert.equal(packing.all.probabilities, 32);
});

deviceTest("float64", "readTokens() gives the tokens that are read their whole sequences as keys", () => {
  const packing = pack([1, 1, 0, 1, 0, 1], 2, 3, 4);
  const first = readTokens(packing, (_, column) => column === 0);
  assert.deepEqual([...first.rows.hostData!], [0, 2]);
  assert.deepEqual([...first.places], [0, 3]);
  assert.deepEqual([...first.attention.segments.hostData!], [0, 1, 0, 2, 0, 1, 1, 2, 2, 8]);
  const { rows, places, attention } = readTokens(packing, (place) => place === 5);
  assert.deepEqual([[...rows.hostData!], [...places]], [[3], [5]]);
  assert.deepEqual([...attention.segments.hostData!], [0, 0, 0, 2, 0, 0, 1, 2, 2, 0]);
  assert.equal(attention.probabilities, 8);
});

deviceTest("float64", "pack() keeps a padded first token as a query that nobody sees", () => {
  const packing = pack([0, 1, 1], 1, 3, 1);
  assert.deepEqual([...packing.places], [1, 2, 0]);
  assert.deepEqual([...packing.first.hostData!], [2]);
  assert.deepEqual([...packing.all.segments.hostData!], [0, 3, 0, 2, 0]);
});

deviceTest("float64", "unpack() puts packed values back, zeros where the mask is 0", async () => {
  const random = new Random(4);
  for (let i = 0; i < 50; i++) {
    const [batch, length] = [1 + random.integer(4), 1 + random.integer(6)];
    const mask = Array.from({ length: batch * length }, () => random.integer(2));
    const values = mask.map((_, at) => at + 1);
    const packing = pack(mask, batch, length, 1);
    const rows = tensor(Array.from(packValues(values, packing).hostData!), [packing.places.length, 1]);
    const padded = unpack(rows, packing, mask);
    assert.deepEqual(padded.shape, [batch, length, 1]);
    assert.deepEqual([...await padded.data()], values.map((value, at) => mask[at] ? value : 0));
  }
});
