import assert from "node:assert/strict";
import { f1Score } from "../../lib/metrics/mod.ts";
import { changedFiles } from "../../tasks/datasets.ts";
import { handWrittenPairs } from "../../tasks/datasets/text/sources.ts";
import {
  assertFreshWords,
  assertNoGiveaway,
  assertNoNearDuplicates,
  assertSizes,
  bagOfWordsResults,
  readSet,
} from "./properties.ts";

const splits = await readSet("snippets");

Deno.test("snippets has its sizes, half praise and half blame, and no text twice", () => {
  assertSizes(splits, { train: 4000, validation: 500, test: 500 }, 2);
});

Deno.test("snippets: the two of a hand-written pair stand in one split, one after the other", () => {
  const pairs = handWrittenPairs(new URL("../../tasks/datasets/snippets/handwritten.txt", import.meta.url));
  assert.ok(pairs.length >= 50);
  for (const [blame, praise] of pairs) {
    const rows = Object.values(splits).find((rows) => rows.some(({ text }) => text === blame)) ?? [];
    const at = rows.findIndex(({ text }) => text === blame);
    assert.deepEqual(rows.slice(at, at + 2), [{ text: blame, label: 0 }, { text: praise, label: 1 }]);
  }
});

Deno.test("snippets: no frequent word gives the label away", () => assertNoGiveaway(splits.train, 2));

Deno.test("snippets: no two texts of different splits share more than 80 % of their words", () => {
  assertNoNearDuplicates(splits);
});

Deno.test("snippets: validation and test have words that training lacks", () => assertFreshWords(splits, 20));

Deno.test("snippets: counting words and pairs of neighbours leaves room for composition", () => {
  for (const { split, labels, predictions } of bagOfWordsResults(splits)) {
    const found = f1Score(labels, predictions, { average: "macro" });
    assert.ok(found < 0.75, `bag of words reaches macro-F1 ${found} on ${split}`);
  }
});

Deno.test("snippets is what its generator writes, byte for byte", async () => {
  assert.deepEqual(await changedFiles("snippets"), []);
});
