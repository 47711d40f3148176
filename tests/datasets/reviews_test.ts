import assert from "node:assert/strict";
import { accuracyScore } from "../../lib/metrics/mod.ts";
import { changedFiles } from "../../tasks/datasets.ts";
import { assertFreshWords, assertNoGiveaway, assertNoNearDuplicates, assertSizes } from "./properties.ts";
import { bagOfWordsResults, type Labelled, readSet } from "./properties.ts";

const stars = await readSet("reviews", "review_body", "stars");
const fromZero = ({ text, label }: Labelled): Labelled => ({ text, label: label - 1 });
const splits = Object.fromEntries(Object.entries(stars).map(([split, rows]) => [split, rows.map(fromZero)]));

Deno.test("reviews has its sizes, as many of each of the five stars, and no text twice", () => {
  assertSizes(splits, { train: 5000, validation: 1000, test: 1000 }, 5);
});

Deno.test("reviews are short and long, of 10 to 200 words", () => {
  const lengths = splits.train.map(({ text }) => text.split(/\s+/).length).sort((a, b) => a - b);
  assert.ok(lengths[0] >= 9 && lengths[0] <= 12 && lengths.at(-1)! > 120 && lengths.at(-1)! <= 200, `${lengths}`);
  assert.ok(lengths[500] < 30 && lengths[4500] > 100, "a tenth is short, a tenth is long");
});

Deno.test("reviews: no frequent word gives the stars away", () => assertNoGiveaway(splits.train, 5));

Deno.test("reviews: no two texts of different splits share more than 80 % of their words", () => {
  assertNoNearDuplicates(splits);
});

Deno.test("reviews: validation and test have words that training lacks", () => assertFreshWords(splits, 10));

Deno.test("reviews: counting words and pairs of neighbours leaves room for composition", () => {
  for (const { split, labels, predictions } of bagOfWordsResults(splits)) {
    const found = accuracyScore(labels, predictions);
    assert.ok(found < 0.47, `bag of words reaches an accuracy of ${found} on ${split}`);
  }
});

Deno.test("reviews is what its generator writes, byte for byte", async () => {
  assert.deepEqual(await changedFiles("reviews"), []);
});
