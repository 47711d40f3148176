import assert from "node:assert/strict";
import { bagOfWords } from "../../bench/baselines/bag_of_words.ts";
import { matthewsCorrcoef } from "../../lib/metrics/mod.ts";
import { changedFiles } from "../../tasks/datasets.ts";

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
const wordsOf = (sentence: string) => new Set(sentence.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []);

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

Deno.test("acceptability: no frequent word gives the label away", () => {
  const prior = splits.train.filter(({ label }) => label === 1).length / splits.train.length;
  const counts = new Map<string, [unacceptable: number, acceptable: number]>();
  for (const { sentence, label } of splits.train) {
    for (const word of wordsOf(sentence)) {
      const count = counts.get(word) ?? [0, 0];
      count[label]++;
      counts.set(word, count);
    }
  }
  for (const [word, [bad, good]] of counts) {
    if (bad + good < 50) continue;
    assert.ok(
      good / (bad + good) <= prior + 0.25 && bad / (bad + good) <= 1 - prior + 0.25,
      `${word}: ${bad} to ${good}`,
    );
  }
});

Deno.test("acceptability: no two sentences of different splits share more than 80 % of their words", () => {
  const train = splits.train.map(({ sentence }) => wordsOf(sentence));
  const validation = splits.validation.map(({ sentence }) => wordsOf(sentence));
  const near = (a: Set<string>, b: Set<string>) => a.intersection(b).size > 0.8 * a.union(b).size;
  for (const { sentence } of splits.test) {
    const words = wordsOf(sentence);
    for (const other of [...train, ...validation]) assert.ok(!near(words, other), sentence);
  }
  for (const words of validation) for (const other of train) assert.ok(!near(words, other), [...words].join(" "));
});

Deno.test("acceptability: validation and test have words that training lacks", () => {
  const known = new Set(splits.train.flatMap(({ sentence }) => [...wordsOf(sentence)]));
  for (const split of ["validation", "test"] as const) {
    const fresh = new Set(
      splits[split].flatMap(({ sentence }) => [...wordsOf(sentence)]).filter((word) => !known.has(word)),
    );
    assert.ok(fresh.size >= 50, `${split} has ${fresh.size}`);
  }
});

Deno.test("acceptability: counting words and pairs of neighbours hardly tells the classes apart", () => {
  const judge = bagOfWords(splits.train.map(({ sentence }) => sentence), splits.train.map(({ label }) => label));
  for (const split of ["validation", "test"] as const) {
    const labels = splits[split].map(({ label }) => label);
    const found = matthewsCorrcoef(labels, splits[split].map(({ sentence }) => judge(sentence)));
    assert.ok(found < 0.3, `bag of words reaches ${found} on ${split}`);
  }
});

Deno.test("acceptability is what its generator writes, byte for byte, the tokenizer too", async () => {
  assert.deepEqual(await changedFiles("acceptability"), []);
});
