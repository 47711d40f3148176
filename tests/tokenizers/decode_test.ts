// decode_cases.json: back to text with and without special tokens and clean-up.
import assert from "node:assert/strict";
import { sharedTest } from "../shared.ts";
import { ours, PLACES, shared } from "./golden.ts";

for (const { name, golden } of PLACES) {
  const test = golden === shared ? sharedTest : Deno.test;
  test(`decode() gives Python's text with ${name}`, async () => {
    const tokenizer = await golden.tokenizer(name);
    const { cases, random_ids } = golden.json("decode_cases.json");
    const wanted = [
      ...cases.map(({ expected }: { expected: Record<string, unknown> }) => expected[name]),
      ...random_ids.filter(({ tokenizer }: { tokenizer: string }) => tokenizer === name),
    ];
    for (const { ids, ...texts } of wanted) {
      for (const skip of [0, 1]) {
        for (const clean of [0, 1]) {
          const options = { skipSpecialTokens: skip === 1, cleanUpTokenizationSpaces: clean === 1 };
          assert.equal(tokenizer.decode(ids, options), texts[`skip_${skip}_clean_${clean}`], JSON.stringify(ids));
        }
      }
    }
  });
}

Deno.test("decode() takes one id, typed arrays and nothing, and leaves unknown ids out", async () => {
  const tokenizer = await ours.tokenizer("bert-uncased");
  const { input_ids } = tokenizer("the old garden");
  assert.equal(tokenizer.decode(Int32Array.from(input_ids)), "[CLS] the old garden [SEP]");
  assert.equal(tokenizer.decode(input_ids[1]), "the");
  assert.equal(tokenizer.decode([]), "");
  assert.equal(tokenizer.decode([input_ids[1], 99_999]), "the");
  assert.deepEqual(tokenizer.batchDecode([input_ids, []], { skipSpecialTokens: true }), ["the old garden", ""]);
});
