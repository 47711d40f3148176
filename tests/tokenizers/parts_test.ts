// Single normalizers, pre-tokenizers, models, added tokens and truncation windows against Python's.
import assert from "node:assert/strict";
import { PreTrainedTokenizer } from "../../lib/tokenizers/mod.ts";
import { ours, toUnits } from "./golden.ts";

const { parts, windows } = ours.json("parts.json");

for (const { name, tokenizer: json, rows } of parts) {
  Deno.test(`tokenizer() gives Python's tokens and offsets with ${name}`, () => {
    const tokenizer = new PreTrainedTokenizer({ tokenizerJson: JSON.stringify(json), config: {} });
    for (const { text, ids, tokens, offsets, word_ids } of rows) {
      const found = tokenizer(text, { returnOffsetsMapping: true });
      assert.deepEqual(found.tokens(), tokens, JSON.stringify(text));
      assert.deepEqual(found.input_ids, ids, JSON.stringify(text));
      assert.deepEqual(found.offset_mapping, toUnits(text, offsets), JSON.stringify(text));
      assert.deepEqual(found.wordIds(), word_ids, JSON.stringify(text));
      assert.deepEqual(tokenizer(text).input_ids, ids, `without offsets: ${JSON.stringify(text)}`);
    }
  });
}

for (const { side, maxLength, stride, rows } of windows.calls) {
  Deno.test(`tokenizer() cuts ten tokens into windows of ${maxLength} with stride ${stride} from the ${side}`, () => {
    const tokenizer = new PreTrainedTokenizer({ tokenizerJson: JSON.stringify(windows.tokenizer), config: {} });
    tokenizer.truncationSide = side;
    const options = { truncation: true, maxLength, stride, returnOverflowingTokens: true } as const;
    assert.deepEqual(tokenizer("0 1 2 3 4 5 6 7 8 9", options).input_ids, rows);
  });
}
