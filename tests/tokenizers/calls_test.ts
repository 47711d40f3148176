// The 53 calls of encode_cases.json: pairs, truncation, stride and overflow, padding, words, and Python's errors.
import assert from "node:assert/strict";
import type { Offset, TokenizerOptions } from "../../lib/tokenizers/mod.ts";
import { sharedTest } from "../shared.ts";
import { PLACES, shared, toUnits } from "./golden.ts";

/** One row of an expected result. */
interface Row {
  readonly ids: number[];
  readonly tokens: string[];
  readonly type_ids: number[];
  readonly attention_mask: number[];
  readonly special_tokens_mask: number[];
  readonly word_ids: (number | null)[];
  readonly sequence_ids: (0 | 1 | null)[];
  readonly offsets: Offset[];
}

for (const { name, golden } of PLACES) {
  if (name === "bert-cased") continue; // differs from bert-uncased in the normalizer only
  const test = golden === shared ? sharedTest : Deno.test;
  test(`tokenizer() gives Python's rows for every call with ${name}`, async () => {
    const tokenizer = await golden.tokenizer(name);
    for (const { name: about, text, pair, args, expected } of golden.json("encode_cases.json").cases) {
      tokenizer.paddingSide = args._padding_side ?? "right";
      tokenizer.truncationSide = args._truncation_side ?? "right";
      const run = () => tokenizer(text, { ...toOptions(args), textPair: pair ?? undefined });
      const { encodings, error, overflow_to_sample_mapping: samples } = expected[name];
      // With fewer tokens than the special ones need, Python wraps around and truncates nothing; here it is an error.
      if (error || args.max_length < tokenizer.numSpecialTokensToAdd(pair !== null)) {
        assert.throws(run, /Error: tokenizer: /, about);
        continue;
      }
      const found = run(), isNested = Array.isArray(found.input_ids[0]);
      const rowsOf = (column: unknown) => isNested ? column : [column];
      const wanted = (key: keyof Row) => encodings.map((row: Row) => row[key]);
      assert.deepEqual(rowsOf(found.input_ids), wanted("ids"), about);
      assert.deepEqual(rowsOf(found.token_type_ids), wanted("type_ids"), about);
      assert.deepEqual(rowsOf(found.attention_mask), wanted("attention_mask"), about);
      assert.deepEqual(rowsOf(found.special_tokens_mask), wanted("special_tokens_mask"), about);
      assert.deepEqual(found.overflow_to_sample_mapping, samples, about);
      const sourceOf = (row: number, sequence: 0 | 1) => {
        const source = sequence === 0 ? text : pair;
        return typeof source === "string" || args.is_split_into_words ? source : source[samples?.[row] ?? row];
      };
      encodings.forEach((row: Row, i: number) => {
        assert.deepEqual(found.tokens(i), row.tokens, about);
        assert.deepEqual(found.wordIds(i), row.word_ids, about);
        assert.deepEqual(found.sequenceIds(i), row.sequence_ids, about);
        const offsets = row.offsets.map((offset, j) => {
          const sequence = row.sequence_ids[j], source = sequence === null ? "" : sourceOf(i, sequence);
          return toUnits(Array.isArray(source) ? source[row.word_ids[j] ?? 0] : source, [offset])[0];
        });
        assert.deepEqual(isNested ? found.offset_mapping?.[i] : found.offset_mapping, offsets, about);
      });
    }
  });
}

/** Python's arguments as options; those with an underscore are set on the tokenizer. */
function toOptions(args: Record<string, unknown>): TokenizerOptions {
  const given = Object.entries(args).filter(([name]) => !name.startsWith("_"));
  return {
    ...Object.fromEntries(
      given.map(([name, value]) => [name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()), value]),
    ),
    returnOffsetsMapping: true,
    returnSpecialTokensMask: true,
    returnTokenTypeIds: true,
  };
}
