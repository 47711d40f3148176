// The tokenizer object: its methods, its special tokens, padding of features, and what bad input gets.
import assert from "node:assert/strict";
import { BatchEncoding, type TokenizerOptions } from "../../lib/tokenizers/mod.ts";
import { ours } from "./golden.ts";

const bert = await ours.tokenizer("bert-uncased");
const roberta = await ours.tokenizer("roberta");

Deno.test("tokenizer() gives lists for one text and lists of lists for several", () => {
  const one = bert("the old garden"), many = bert(["the old garden", "the"]);
  assert.ok(one instanceof BatchEncoding);
  assert.deepEqual(Object.keys(one), ["input_ids", "token_type_ids", "attention_mask"]);
  assert.deepEqual(many.input_ids, [one.input_ids, bert("the").input_ids]);
  assert.deepEqual({ ...bert([]) }, { input_ids: [], token_type_ids: [], attention_mask: [] });
});

Deno.test("tokenizer() gives the columns that the model takes, and those asked for", () => {
  assert.deepEqual(Object.keys(roberta("the")), ["input_ids", "attention_mask"]);
  const options = { returnAttentionMask: false, returnTokenTypeIds: false, returnLength: true };
  assert.deepEqual({ ...bert(["the", "the old"], options) }, {
    input_ids: bert(["the", "the old"]).input_ids,
    length: [3, 4],
  });
});

Deno.test("offset_mapping counts UTF-16 units: slices of the text are the tokens", () => {
  const text = "A 😀 Garden, é!";
  const { offset_mapping = [] } = bert(text, { returnOffsetsMapping: true, addSpecialTokens: false });
  assert.deepEqual(offset_mapping.map(([start, end]) => text.slice(start, end)), ["A", "😀", "Garden", ",", "é", "!"]);
});

Deno.test("tokenizer() truncates when only maxLength is given, and to the model's length with truncation: true", () => {
  assert.equal(bert("the old garden near the river", { maxLength: 4 }).input_ids.length, 4);
  assert.equal(bert("the ".repeat(500), { truncation: true }).input_ids.length, 128);
  assert.equal(bert("the ".repeat(500)).input_ids.length, 502);
  assert.equal(bert("the", { padding: "max_length" }).input_ids.length, 128);
});

Deno.test("wordIds() and tokens() name the row that is missing", () => {
  const encoding = bert(["the unusually"]);
  assert.deepEqual(encoding.tokens(0), ["[CLS]", "the", "unusual", "##ly", "[SEP]"]);
  assert.deepEqual(encoding.wordIds(0), [null, 0, 1, 1, null]);
  assert.throws(() => encoding.wordIds(1), { message: "BatchEncoding: there is no row 1; it has 1." });
});

Deno.test("tokenize(), encode() and the conversions agree", () => {
  assert.deepEqual(bert.tokenize("The garden!"), ["the", "garden", "!"]);
  const ids = bert.encode("The garden!");
  assert.deepEqual(bert.convertIdsToTokens(ids), ["[CLS]", "the", "garden", "!", "[SEP]"]);
  assert.deepEqual(bert.convertIdsToTokens(ids, { skipSpecialTokens: true }), bert.tokenize("The garden!"));
  assert.deepEqual(bert.convertTokensToIds(["[CLS]", "the"]), ids.slice(0, 2));
  assert.equal(bert.convertTokensToIds("no such token"), bert.unkTokenId);
  assert.equal(bert.convertIdsToTokens(bert.maskTokenId), "[MASK]");
  assert.throws(() => bert.convertIdsToTokens([600]), {
    message: "tokenizer: there is no token with the id 600; the last id is 599.",
  });
  assert.deepEqual(bert.getSpecialTokensMask(ids), [1, 0, 0, 0, 1]);
});

Deno.test("special tokens have names and ids; one that is missing is an error", () => {
  assert.deepEqual([bert.padTokenId, bert.unkTokenId, bert.clsTokenId, bert.sepTokenId, bert.maskTokenId], [
    0,
    1,
    2,
    3,
    4,
  ]);
  assert.deepEqual([roberta.bosToken, roberta.eosToken, roberta.maskToken], ["<s>", "</s>", "<mask>"]);
  assert.deepEqual(bert.allSpecialTokens, ["[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]"]);
  assert.throws(() => bert.bosToken, {
    message: "This tokenizer has no bosToken; its special tokens are [UNK], [SEP], [PAD], [CLS], [MASK].",
  });
  assert.equal(bert.specialTokensMap.bosToken, undefined);
});

Deno.test("pad() pads the columns of tokens, collects the others and makes the mask", () => {
  const features = [{ input_ids: [2, 5, 3], token_type_ids: [0, 0, 0], label: 1 }, {
    input_ids: Int32Array.of(2, 3),
    token_type_ids: [0, 0],
    label: 0,
  }];
  assert.deepEqual(bert.pad(features), {
    input_ids: [[2, 5, 3], [2, 3, 0]],
    token_type_ids: [[0, 0, 0], [0, 0, 0]],
    label: [1, 0],
    attention_mask: [[1, 1, 1], [1, 1, 0]],
  });
  const wide = bert.pad(features, { padToMultipleOf: 8, paddingSide: "left" });
  assert.deepEqual(wide.input_ids, [[0, 0, 0, 0, 0, 2, 5, 3], [0, 0, 0, 0, 0, 0, 2, 3]]);
  assert.deepEqual(bert.pad(features, { padding: "max_length", maxLength: 4 }).input_ids[1], [2, 3, 0, 0]);
  assert.deepEqual(bert.pad(features, { padding: false }).input_ids, [[2, 5, 3], [2, 3]]);
});

Deno.test("pad() gives what a padded call gives", () => {
  const texts = ["the old garden", "the", ""];
  const rows = texts.map((text) => ({ ...bert(text) }));
  assert.deepEqual(bert.pad(rows), { ...bert(texts, { padding: true }) });
});

Deno.test("addTokens() gives words ids of their own, and says how many are new", async () => {
  const tokenizer = await ours.tokenizer("bert-uncased");
  const before = tokenizer.length;
  assert.equal(tokenizer.addTokens(["<joy>", "the", "<joy>"]), 1);
  assert.equal(tokenizer.addTokens("[TOPIC]", { specialTokens: true }), 1);
  assert.deepEqual(tokenizer.tokenize("the<JOY> [TOPIC]"), ["the", "<joy>", "[TOPIC]"]);
  assert.deepEqual(tokenizer.convertTokensToIds(["<joy>", "[TOPIC]"]), [before, before + 1]);
  assert.equal(tokenizer.length, before + 2);
  assert.equal(tokenizer.vocabSize, before);
  assert.equal(tokenizer.decode([before, before + 1], { skipSpecialTokens: true }), "<joy>");
});

Deno.test("a tokenizer shows itself by its sizes and special tokens", () => {
  const shown = 'PreTrainedTokenizer(vocabSize=600, modelMaxLength=128, paddingSide="right", truncationSide="right", ' +
    'specialTokens={unkToken: "[UNK]", sepToken: "[SEP]", padToken: "[PAD]", clsToken: "[CLS]", maskToken: "[MASK]"})';
  assert.equal(String(bert), shown);
  assert.equal(Deno.inspect(bert), shown);
});

const bad: [string, () => unknown, string | RegExp][] = [
  ["a number", () => call(42), "tokenizer: text is 42 (number); expected a string."],
  ["nothing", () => call(undefined), "tokenizer: text is missing; expected a string."],
  ["null in a batch", () => call(["a", null]), "tokenizer: text 1 of the batch is null; expected a string."],
  ["an object", () => call({ sentence: "a" }), "tokenizer: text is an object; expected a string."],
  ["a pair that is no text", () => call("a", { textPair: 1 }), "tokenizer: textPair is 1 (number); expected a string."],
  [
    "too few pairs",
    () => call(["a", "b"], { textPair: ["a"] }),
    "tokenizer: textPair has 1 texts for 2 texts; give one for each.",
  ],
  [
    "a misspelt option",
    () => call("a", { max_length: 3 }),
    "tokenizer: unknown option max_length; did you mean maxLength?",
  ],
  [
    "an unknown option",
    () => call("a", { lenght: 3 }),
    /^tokenizer: unknown option lenght; options are padding, maxLength/,
  ],
  [
    "a broken length",
    () => call("a", { maxLength: 1.5 }),
    "tokenizer: maxLength is 1.5; expected a whole number of 0 or more.",
  ],
  [
    "a length below the special tokens",
    () => call("a", { maxLength: 1, truncation: true }),
    "tokenizer: maxLength 1 is below the 2 special tokens; raise it.",
  ],
  [
    "an unknown padding",
    () => call("a", { padding: "all" }),
    'tokenizer: padding is "all"; expected false, true, "longest" or "max_length".',
  ],
  [
    "an unknown truncation",
    () => call("a", { truncation: "first" }),
    'tokenizer: truncation is "first"; expected a boolean, "longest_first", "only_first" or "only_second".',
  ],
  [
    "only_second without a pair",
    () => call("the old garden", { truncation: "only_second", maxLength: 3 }),
    'tokenizer: truncation "only_second" needs a textPair; use true or "only_first" for single texts.',
  ],
  [
    "words where a text should be",
    () => call(["the", 3], { isSplitIntoWords: true }),
    "tokenizer: word 1 of text is 3 (number); expected a string.",
  ],
  [
    "features without input_ids",
    () => bert.pad([{ label: 1 }]),
    "tokenizer.pad: input_ids of row 0 is missing; expected a list of token values.",
  ],
  ["no features", () => bert.pad([]), "tokenizer.pad: there are no features to pad."],
];

for (const [name, run, message] of bad) {
  Deno.test(`tokenizer() says what is wrong with ${name}`, () => void assert.throws(run, { message }));
}

/** A call as a notebook may make it, unchecked. */
function call(text: unknown, options: Record<string, unknown> = {}): unknown {
  return bert._call(text, options as TokenizerOptions);
}
