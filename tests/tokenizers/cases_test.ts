// All strings of cases.json: tokens, ids, types, offsets, word ids and masks are Python's.
import assert from "node:assert/strict";
import { sharedTest } from "../shared.ts";
import { PLACES, shared, toUnits } from "./golden.ts";

for (const { name, golden } of PLACES) {
  const test = golden === shared ? sharedTest : Deno.test;
  test(`tokenizer() gives Python's encoding of every string with ${name}`, async () => {
    const tokenizer = await golden.tokenizer(name);
    for (const { text, expected } of golden.json("cases.json").cases) {
      const { tokens, ids, type_ids, offsets, word_ids, special_tokens_mask } = expected[name];
      const found = tokenizer(text, {
        returnOffsetsMapping: true,
        returnSpecialTokensMask: true,
        returnTokenTypeIds: true,
      });
      const about = JSON.stringify(text);
      assert.deepEqual(found.tokens(), tokens, about);
      assert.deepEqual(found.input_ids, ids, about);
      assert.deepEqual(found.token_type_ids, type_ids, about);
      assert.deepEqual(found.offset_mapping, toUnits(text, offsets), about);
      assert.deepEqual(found.wordIds(), word_ids, about);
      assert.deepEqual(found.special_tokens_mask, special_tokens_mask, about);
      assert.deepEqual(tokenizer(text).input_ids, ids, `without offsets: ${about}`);
    }
  });
}
