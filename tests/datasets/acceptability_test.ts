import assert from "node:assert/strict";
import { matthewsCorrcoef } from "../../lib/metrics/mod.ts";
import { changedFiles } from "../../tasks/datasets.ts";
import {
  assertFreshWords,
  assertNoGiveaway,
  assertNoNearDuplicates,
  bagOfWordsResults,
  readSet,
} from "./properties.ts";

interface Row {
  sentence: string;
  label: number;
  idx: number;
  phenomenon: string;
}

const folder = new URL("../../datasets/acceptability/", import.meta.url);
const read = (split: string): Row[] =>
  Deno.readTextFileSync(new URL(`${split}.jsonl`, folder)).trim().split("\n").map((line) => JSON.parse(line));
const splits = { train: read("train"), validation: read("validation"), test: read("test") };
const all = Object.values(splits).flat();
const texts = await readSet("acceptability", "sentence");

Deno.test("acceptability has its sizes, about 70 % acceptable, and 15 or more phenomena in every split", () => {
  assert.deepEqual(Object.values(splits).map((rows) => rows.length), [6000, 700, 700]);
  for (const [split, rows] of Object.entries(splits)) {
    const share = rows.filter(({ label }) => label === 1).length / rows.length;
    assert.ok(Math.abs(share - 0.7) < 0.02, `${split}: ${share} are acceptable`);
    assert.ok(new Set(rows.map(({ phenomenon }) => phenomenon)).size >= 15, split);
    assert.deepEqual(rows.map(({ idx }) => idx), rows.map((_, i) => i), split);
  }
  assert.equal(new Set(all.map(({ sentence }) => sentence)).size, all.length, "a sentence stands twice");
});

Deno.test("acceptability has every phenomenon as often", () => {
  for (const [split, rows] of Object.entries(splits)) {
    const names = rows.filter(({ label }) => label === 0).map(({ phenomenon }) => phenomenon);
    const counts = Object.entries(Object.groupBy(names, (name) => name)).map(([name, all = []]) => ({
      name,
      count: all.length,
    }));
    const numbers = counts.map(({ count }) => count);
    assert.equal(counts.length, 27, split);
    assert.ok(Math.max(...numbers) - Math.min(...numbers) <= 1, `${split}: ${JSON.stringify(counts)}`);
  }
});

Deno.test("acceptability has each unacceptable sentence directly behind the acceptable one of its pair", () => {
  for (const rows of Object.values(splits)) {
    for (const [i, { label, phenomenon, sentence }] of rows.entries()) {
      if (label === 1) continue;
      assert.deepEqual([rows[i - 1].label, rows[i - 1].phenomenon], [1, phenomenon], sentence);
    }
  }
});

Deno.test("acceptability holds 300 or more sentences written by hand", () => {
  const pairs = Deno.readTextFileSync(new URL("../../tasks/datasets/acceptability/handwritten.txt", import.meta.url))
    .split("\n").filter((line) => line.includes(" | ")).map((line) => line.split(" | ").slice(1));
  const sentences = new Set(all.map(({ sentence }) => sentence));
  const found = pairs.flat().filter((sentence) => sentences.has(sentence));
  assert.ok(found.length >= 300, `${found.length} are there`);
});

Deno.test("acceptability: no frequent word gives the label away", () => assertNoGiveaway(texts.train, 2));

Deno.test("acceptability: no two sentences of different splits share more than 80 % of their words", () => {
  assertNoNearDuplicates(texts);
});

Deno.test("acceptability: validation and test have words that training lacks", () => assertFreshWords(texts, 50));

Deno.test("acceptability: counting words and pairs of neighbours hardly tells the classes apart", () => {
  for (const { split, labels, predictions } of bagOfWordsResults(texts)) {
    const found = matthewsCorrcoef(labels, predictions);
    assert.ok(found < 0.3, `bag of words reaches ${found} on ${split}`);
  }
});

Deno.test("acceptability is what its generator writes, byte for byte, the tokenizer too", async () => {
  assert.deepEqual(await changedFiles("acceptability"), []);
});
