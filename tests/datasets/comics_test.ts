import assert from "node:assert/strict";
import { loadDataset, loadFromDisk } from "../../lib/data/mod.ts";
import { f1Score } from "../../lib/metrics/mod.ts";
import { AutoTokenizer } from "../../lib/tokenizers/mod.ts";
import { changedFiles } from "../../tasks/datasets.ts";
import { comics } from "../../tasks/datasets/comics/build.ts";
import { assertFreshWords, assertNoGiveaway, assertNoNearDuplicates, assertSizes } from "./properties.ts";
import { bagOfWordsResults, type Labelled } from "./properties.ts";

const folder = new URL("../../datasets/comics/saved", import.meta.url).pathname;
const set = await loadDataset("attend/comics");
const tokenizer = await AutoTokenizer.fromPretrained("attend/tiny");
/** The texts as the files hold them: tokens, read back. */
const splits: Record<string, Labelled[]> = Object.fromEntries(
  set.keys().map((split) => [
    split,
    Array.from(set.get(split), ({ input_ids, labels }) => ({
      text: tokenizer.decode(input_ids, { skipSpecialTokens: true }),
      label: labels,
    })),
  ]),
);

Deno.test("comics has its sizes, half praise and half blame, and no text twice", () => {
  assertSizes(splits, { train: 2000, validation: 400, test: 400 }, 2);
});

Deno.test("comics is the same set through loadDataset and loadFromDisk, with input_ids, attention_mask and labels", async () => {
  const saved = await loadFromDisk(folder);
  assert.ok("keys" in saved);
  for (const split of set.keys()) {
    assert.deepEqual(set.get(split).columnNames, ["input_ids", "attention_mask", "labels"]);
    assert.deepEqual([...saved.get(split)], [...set.get(split)]);
  }
});

Deno.test("comics holds the tokens of its texts, all of them known to its tokenizer", () => {
  for (const [split, rows] of Object.entries(comics())) {
    const { input_ids } = tokenizer(rows.map(({ text }) => text));
    assert.deepEqual(Array.from(set.get(split), (row) => row.input_ids), input_ids);
    assert.ok(input_ids.flat().every((id) => id !== tokenizer.unkTokenId), split);
  }
});

Deno.test("comics: no frequent word gives the label away", () => assertNoGiveaway(splits.train, 2));

Deno.test("comics: no two texts of different splits share more than 80 % of their words", () => {
  assertNoNearDuplicates(splits);
});

Deno.test("comics: validation and test have words that training lacks", () => assertFreshWords(splits, 10));

Deno.test("comics: counting words and pairs of neighbours leaves room for composition", () => {
  for (const { split, labels, predictions } of bagOfWordsResults(splits)) {
    const found = f1Score(labels, predictions, { average: "macro" });
    assert.ok(found < 0.8, `bag of words reaches macro-F1 ${found} on ${split}`);
  }
});

Deno.test("comics is what its generator writes, byte for byte", async () => {
  assert.deepEqual(await changedFiles("comics"), []);
});
