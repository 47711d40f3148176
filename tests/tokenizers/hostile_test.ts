// Input that is meant to break a tokenizer: huge words, halves of characters, damaged files.
import assert from "node:assert/strict";
import { PreTrainedTokenizer } from "../../lib/tokenizers/mod.ts";
import { ours } from "./golden.ts";

const NAMES = ["bert-uncased", "roberta", "unigram-nfkc"];
const tokenizers = await Promise.all(NAMES.map((name) => ours.tokenizer(name)));

for (const [i, tokenizer] of tokenizers.entries()) {
  Deno.test(`tokenizer() gets through a word of 10 MB with ${NAMES[i]}`, () => {
    const short = tokenizer("garden".repeat(40), { addSpecialTokens: false }).input_ids;
    const { input_ids } = tokenizer("garden".repeat(1_666_667));
    // BERT knows no word of more than 100 characters; the others cut a long word like a short one.
    if (NAMES[i] === "bert-uncased") assert.deepEqual(input_ids, [2, 1, 3]);
    else assert.deepEqual(input_ids.slice(1, 40), short.slice(0, 39));
  });

  Deno.test(`tokenizer() takes halves of characters for U+FFFD with ${NAMES[i]}`, () => {
    const options = { returnOffsetsMapping: true };
    const texts = ["\ud800", "a\udc00b", "\udc00\ud800", "the \ud83d garden", "\ud800".repeat(1000)];
    for (const text of texts) {
      assert.deepEqual({ ...tokenizer(text, options) }, { ...tokenizer(text.replace(/\p{Cs}/gu, "\ufffd"), options) });
    }
  });

  Deno.test(`tokenizer() sorts 200,000 marks on one letter without quadratic time with ${NAMES[i]}`, () => {
    const marks = "a" + "\u0301".repeat(100_000) + "\u0316".repeat(100_000);
    const tracked = tokenizer(marks, { returnOffsetsMapping: true });
    assert.deepEqual(tokenizer(marks).input_ids, tracked.input_ids);
    assert.equal(tracked.offset_mapping?.length, tracked.input_ids.length);
  });
}

for (const name of NAMES) {
  Deno.test(`PreTrainedTokenizer() reads a damaged tokenizer.json of ${name} or says what is wrong with it`, () => {
    const source = Deno.readTextFileSync(new URL(`../fixtures/tokenizers/${name}/tokenizer.json`, import.meta.url));
    const config = ours.json(`${name}/tokenizer_config.json`);
    const random = randomNumbers(7);
    let read = 0, refused = 0;
    for (let i = 0; i < 1000; i++) {
      const tokenizerJson = i % 2 === 0 ? damageText(source, random) : damageValue(source, random);
      try {
        new PreTrainedTokenizer({ tokenizerJson, config })("The old garden, 😀!", { returnOffsetsMapping: true });
        read++;
      } catch (error) {
        assert.ok(error instanceof Error && !/undefined|not a function|stack/.test(error.message), String(error));
        refused++;
      }
    }
    assert.ok(read > 50 && refused > 50, `${read} read, ${refused} refused`);
  });
}

Deno.test("PreTrainedTokenizer() names the field that is wrong", () => {
  const config = {};
  const model = { type: "WordPiece", unk_token: "[UNK]", vocab: { "[UNK]": 0 } };
  const cases: [unknown, string][] = [
    [[], "tokenizer.json is a list of 0; expected an object."],
    [{}, "tokenizer.json.model is missing; expected an object."],
    [
      { model: { type: "WordPiece", unk_token: "[UNK]" } },
      "tokenizer.json.model.vocab is missing; expected an object.",
    ],
    [
      { model: { ...model, vocab: { a: "b" } } },
      'tokenizer.json.model.vocab gives "a" the id "b"; expected a whole number.',
    ],
    [{ model, normalizer: { type: "Magic" } }, "tokenizer.json.normalizer: normalizer Magic is not supported."],
    [
      { model: { type: "Markov", vocab: {} } },
      "tokenizer.json.model: model Markov is not supported; WordPiece, BPE and Unigram are.",
    ],
    [
      { model: { type: "Unigram", vocab: [["a", 0]], unk_id: 3 } },
      "tokenizer.json.model.unk_id is 3; the vocabulary has 1 tokens.",
    ],
  ];
  for (const [json, message] of cases) {
    assert.throws(() => new PreTrainedTokenizer({ tokenizerJson: JSON.stringify(json), config }), { message });
  }
  assert.throws(
    () => new PreTrainedTokenizer({ tokenizerJson: "{", config }),
    /^Error: tokenizer\.json is not valid JSON \(/,
  );
});

/** Changes one character of a text. */
function damageText(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length), sign = '{}[]",:0129-ntf\\ax'[Math.floor(random() * 18)];
  return text.slice(0, at) + sign + text.slice(at + 1);
}

/** Gives one value of a JSON text, wherever it is, another type or size. */
function damageValue(text: string, random: () => number): string {
  const values: unknown[] = [null, -1, 1e9, 0.5, "", "x", [], {}, true, [[1]], { type: "Sequence" }];
  const wanted = Math.floor(random() ** 4 * 400), value = values[Math.floor(random() * values.length)];
  let met = 0;
  return JSON.stringify(JSON.parse(text, (key, old) => key !== "" && met++ === wanted ? value : old));
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function randomNumbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
