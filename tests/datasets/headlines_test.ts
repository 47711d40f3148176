import assert from "node:assert/strict";
import { accuracyScore } from "../../lib/metrics/mod.ts";
import { changedFiles } from "../../tasks/datasets.ts";
import { wordsOf } from "../../tasks/datasets/text/neighbours.ts";
import { assertNoNearDuplicates, assertSizes, bagOfWordsResults, readSet } from "./properties.ts";

const all = await readSet("headlines");
const { unsupervised, ...splits } = all;

Deno.test("headlines has its sizes, as many of each section, and no text twice", () => {
  assertSizes(all, { train: 4000, validation: 500, test: 500, unsupervised: 3000 }, 4);
  assert.ok(unsupervised.every(({ label }) => label === -1));
});

Deno.test("headlines: no two labelled texts of different splits share more than 80 % of their words", () => {
  assertNoNearDuplicates(splits);
});

Deno.test("headlines: the unlabelled texts know most of the words that training lacks", () => {
  const known = new Set(splits.train.flatMap(({ text }) => wordsOf(text)));
  const read = new Set(unsupervised.flatMap(({ text }) => wordsOf(text)));
  for (const split of ["validation", "test"]) {
    const fresh = new Set(splits[split].flatMap(({ text }) => wordsOf(text)).filter((word) => !known.has(word)));
    assert.ok(fresh.size >= 80, `${split} has ${fresh.size}`);
    const share = [...fresh].filter((word) => read.has(word)).length / fresh.size;
    assert.ok(share > 0.9, `${split}: ${share} of them`);
  }
});

Deno.test("headlines: counting words and pairs of neighbours leaves room for composition and adaptation", () => {
  for (const { split, labels, predictions } of bagOfWordsResults(splits)) {
    const found = accuracyScore(labels, predictions);
    assert.ok(found < 0.85, `bag of words reaches an accuracy of ${found} on ${split}`);
  }
});

Deno.test("headlines is what its generator writes, byte for byte", async () => {
  assert.deepEqual(await changedFiles("headlines"), []);
});
