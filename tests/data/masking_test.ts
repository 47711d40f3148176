// fixtures/data/mlm_collator.json: what Transformers 4.57.6 gives for the collators, and the rules its numbers follow.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  DataCollatorForLanguageModeling,
  DataCollatorForTokenClassification,
  DataCollatorForWholeWordMask,
  DataCollatorWithPadding,
  nextSentencePairs,
  type Row,
  type TensorBatch,
} from "../../lib/data/mod.ts";
import { setSeed } from "../../lib/tensor/mod.ts";
import { AutoTokenizer } from "../../lib/tokenizers/mod.ts";
import { deviceTest } from "../devices.ts";
import { goldenJson } from "../golden.ts";

interface Golden {
  readonly mlm: {
    readonly spec: { readonly expected_fractions: Readonly<Record<string, number>> };
    readonly example: Example & { readonly input_ids_before: number[][] };
  };
  readonly whole_word_mask: {
    readonly spec: { readonly rows: readonly { readonly n_tokens: number; readonly labelled: number }[] };
    readonly examples: readonly { readonly tokens: string[][] }[];
  };
  readonly with_padding: readonly {
    readonly name: string;
    readonly args: {
      readonly padding?: "max_length";
      readonly max_length?: number;
      readonly pad_to_multiple_of?: number;
    };
    readonly padding_side: "left" | "right";
    readonly features: Row[];
    readonly batch: Readonly<Record<string, number[] | number[][]>>;
    readonly dtypes: Readonly<Record<string, string>>;
  }[];
}
interface Example {
  readonly features: { input_ids: number[] }[];
  readonly attention_mask: number[][];
}

const golden = goldenJson<Golden>("data/mlm_collator.json");
const tokenizer = await AutoTokenizer.fromPretrained(
  fileURLToPath(new URL("../fixtures/tokenizers/bert-uncased", import.meta.url)),
);
const { features, input_ids_before, attention_mask } = golden.mlm.example;
const [CLS, SEP, UNK] = [tokenizer.clsTokenId, tokenizer.sepTokenId, tokenizer.unkTokenId];

/** A column of a batch as lists. */
function rowsOf(batch: TensorBatch, name: string): number[][] {
  const { shape: [rows, length = 1], hostData } = batch[name];
  return Array.from({ length: rows }, (_, row) => [...hostData ?? []].slice(row * length, (row + 1) * length));
}

/** Asserts that a share of `n` draws is what it should be, within five standard deviations. */
function assertShare(count: number, n: number, share: number, what: string): void {
  const sigma = Math.sqrt(share * (1 - share) / n);
  assert.ok(Math.abs(count / n - share) <= 5 * sigma, `${what}: ${count / n} of ${n}, expected ${share}`);
}

for (const { name, args, padding_side, features, batch, dtypes } of golden.with_padding) {
  deviceTest("float64", `DataCollatorWithPadding gives Transformers' batch: ${name}`, async () => {
    const options = { maxLength: args.max_length, padToMultipleOf: args.pad_to_multiple_of, paddingSide: padding_side };
    const ours = new DataCollatorWithPadding(tokenizer, { ...options, padding: args.padding ?? true })(features);
    assert.deepEqual(Object.keys(ours).sort(), Object.keys(batch).sort());
    for (const [column, values] of Object.entries(batch)) {
      assert.deepEqual([...await ours[column].data()], [values].flat(2), column);
      assert.equal(ours[column].dtype, dtypes[column].includes("float") ? "float32" : "int32", column);
    }
  });
}

Deno.test("DataCollatorForLanguageModeling hides tokens in Transformers' shares, special ones never, and labels them alone", () => {
  setSeed(1);
  const collator = new DataCollatorForLanguageModeling(tokenizer);
  assert.ok(collator instanceof DataCollatorForLanguageModeling);
  const special = new Set(tokenizer.allSpecialIds);
  const count = { ordinary: 0, selected: 0, mask: 0, random: 0, same: 0 };
  for (let time = 0; time < 2000; time++) {
    const batch = collator(features);
    if (time === 0) assert.deepEqual(rowsOf(batch, "attention_mask"), attention_mask);
    const [ids, labels] = [rowsOf(batch, "input_ids"), rowsOf(batch, "labels")];
    input_ids_before.forEach((before, row) =>
      before.forEach((id, i) => {
        const label = labels[row][i];
        if (special.has(id)) assert.deepEqual([ids[row][i], label], [id, -100]);
        else count.ordinary++;
        if (label === -100) return assert.equal(ids[row][i], id);
        assert.equal(label, id);
        count.selected++;
        if (ids[row][i] === tokenizer.maskTokenId) count.mask++;
        else if (ids[row][i] === id) count.same++;
        else count.random++;
      })
    );
  }
  const expected = golden.mlm.spec.expected_fractions;
  assertShare(count.selected, count.ordinary, expected.selected_of_ordinary, "selected");
  assertShare(count.mask, count.selected, expected.mask_of_selected, "mask");
  // the mask token may come up as the random one: the golden shares take that out of "random", this count puts it into "mask"
  assertShare(count.random, count.selected, expected.changed_to_random_of_selected, "random");
  assertShare(count.same, count.selected, expected.unchanged_of_selected, "unchanged");
});

Deno.test("DataCollatorForLanguageModeling is decided by setSeed, or by a seed of its own, and takes other shares", () => {
  const once = (options?: ConstructorParameters<typeof DataCollatorForLanguageModeling>[1]) =>
    rowsOf(new DataCollatorForLanguageModeling(tokenizer, options)(features), "input_ids").join();
  const seeded = (seed: number) => {
    setSeed(seed);
    return once();
  };
  assert.equal(seeded(3), seeded(3));
  assert.notEqual(seeded(3), seeded(4));
  assert.equal(once({ seed: 3 }), once({ seed: 3 }));
  const all = new DataCollatorForLanguageModeling(tokenizer, {
    mlmProbability: 1,
    maskReplaceProb: 1,
    randomReplaceProb: 0,
  });
  const [ids] = rowsOf(all([{ input_ids: [CLS, 340, UNK, 577, SEP], label: 3 }]), "input_ids");
  assert.deepEqual(ids, [CLS, tokenizer.maskTokenId, UNK, tokenizer.maskTokenId, SEP], "[UNK] is a special token");
  const marked = all([{ input_ids: [CLS, 340, UNK, SEP], special_tokens_mask: [1, 0, 0, 1], label: 3 }]);
  assert.deepEqual(rowsOf(marked, "labels"), [[-100, 340, UNK, -100]], "unless the row says otherwise");
  assert.deepEqual(Object.keys(marked).sort(), ["attention_mask", "input_ids", "labels"]);
  const wide = new DataCollatorForLanguageModeling(tokenizer, { padToMultipleOf: 8 })([{ input_ids: [CLS, 340, SEP] }]);
  assert.deepEqual(wide.labels.shape, [1, 8]);
});

Deno.test("DataCollatorForLanguageModeling names the option when it cannot be", () => {
  assert.throws(() => new DataCollatorForLanguageModeling(tokenizer, { mlmProbability: 15 }), /mlmProbability is 15/);
  assert.throws(
    () => new DataCollatorForLanguageModeling(tokenizer, { maskReplaceProb: 0.95 }),
    /maskReplaceProb 0.95 and randomReplaceProb 0.1 are more than 1 together/,
  );
});

Deno.test("DataCollatorForWholeWordMask hides whole words up to Transformers' quota, in the same shares a token", () => {
  setSeed(2);
  const collator = new DataCollatorForWholeWordMask(tokenizer);
  const [{ tokens }] = golden.whole_word_mask.examples;
  const quotas = new Map(golden.whole_word_mask.spec.rows.map(({ n_tokens, labelled }) => [n_tokens, labelled]));
  const count = { selected: 0, mask: 0, same: 0 };
  const most = tokens.map(() => 0);
  const seen = tokens.map(() => new Set<number>());
  for (let time = 0; time < 2000; time++) {
    const batch = collator(features);
    const [ids, labels] = [rowsOf(batch, "input_ids"), rowsOf(batch, "labels")];
    for (const [row, words] of tokens.entries()) {
      const isHidden = labels[row].map((label) => label !== -100);
      most[row] = Math.max(most[row], isHidden.filter(Boolean).length);
      for (const [i, token] of words.entries()) {
        if (token.startsWith("##")) assert.equal(isHidden[i], isHidden[i - 1], `${words[i - 1]} ${token}`);
        if (token === "[CLS]" || token === "[SEP]") assert.ok(!isHidden[i]);
        if (!isHidden[i]) continue;
        seen[row].add(i);
        count.selected++;
        if (ids[row][i] === tokenizer.maskTokenId) count.mask++;
        if (ids[row][i] === labels[row][i]) count.same++;
      }
    }
    if (time === 0) assert.deepEqual(rowsOf(batch, "attention_mask"), attention_mask);
  }
  assert.deepEqual(most, tokens.map(({ length }) => quotas.get(length)));
  // a word of two tokens does not fit into a quota of one
  const hideable = tokens.map((words) => words.filter((token) => token !== "[CLS]" && token !== "[SEP]").length);
  assert.deepEqual(seen.map(({ size }) => size), hideable);
  const unknown = [{ input_ids: [CLS, UNK, SEP] }];
  assert.deepEqual(rowsOf(collator(unknown), "labels"), [[-100, -100, -100]], "a chosen [UNK] is left as it is");
  assertShare(count.mask, count.selected, 0.8 + 0.1 / tokenizer.length, "mask");
  assertShare(count.same, count.selected, golden.mlm.spec.expected_fractions.unchanged_of_selected, "unchanged");
});

Deno.test("DataCollatorForTokenClassification pads labels beside tokens, and names a row whose labels do not fit", () => {
  const rows = [{ input_ids: [CLS, 7, SEP], labels: [-100, 1, -100] }, { input_ids: [CLS, SEP], labels: [-100, -100] }];
  const right = new DataCollatorForTokenClassification(tokenizer)(rows);
  assert.deepEqual(rowsOf(right, "labels"), [[-100, 1, -100], [-100, -100, -100]]);
  const left = new DataCollatorForTokenClassification(tokenizer, { paddingSide: "left", labelPadTokenId: 9 })(rows);
  assert.deepEqual(rowsOf(left, "labels"), [[-100, 1, -100], [9, -100, -100]]);
  assert.throws(
    () => new DataCollatorForTokenClassification(tokenizer)([{ input_ids: [CLS, 7, SEP], labels: [1] }]),
    /row 0 has 1 labels for 3 tokens; give each token one, -100 where it has none/,
  );
});

Deno.test("nextSentencePairs() pairs texts with what follows, or with another document, half and half", () => {
  setSeed(5);
  const words = [...tokenizer.getVocab().keys()].filter((token) => /^[a-z]{3,}$/.test(token));
  // sentence s of document d begins with words[d] and ends with the number's word, so that each token tells where it is from
  const documents = Array.from(
    { length: 20 },
    (_, d) => Array.from({ length: 30 }, (_, s) => [words[d], words[40 + s], words[d], words[d]].join(" ")),
  );
  const pairs = nextSentencePairs(documents, tokenizer, { maxLength: 32 });
  assert.deepEqual(pairs.columnNames, ["input_ids", "token_type_ids", "attention_mask", "next_sentence_label"]);
  const documentIds = new Map(words.slice(0, 20).map((word, d) => [tokenizer.convertTokensToIds(word), d]));
  let random = 0;
  for (const { input_ids, token_type_ids, attention_mask, next_sentence_label } of pairs) {
    assert.ok(input_ids.length <= 32 && attention_mask.length === input_ids.length);
    const cut = input_ids.indexOf(SEP) + 1;
    assert.deepEqual([input_ids[0], input_ids.at(-1)], [CLS, SEP]);
    assert.deepEqual(token_type_ids, input_ids.map((_: number, i: number) => i < cut ? 0 : 1));
    const sources = [input_ids.slice(1, cut - 1), input_ids.slice(cut, -1)].map((part) =>
      new Set(part.flatMap((id: number) => documentIds.get(id) ?? []))
    );
    if (sources.every(({ size }) => size === 1)) {
      assert.equal([...sources[0]][0] === [...sources[1]][0], next_sentence_label === 0);
    }
    random += next_sentence_label;
  }
  assertShare(random, pairs.numRows, 0.5, "not following");
  // what gave way to another document's sentences comes in the next pair: hardly a sentence is lost
  const firsts = nextSentencePairs(documents, tokenizer, { maxLength: 32, nspProbability: 1, shortSeqProbability: 0 })
    .column("input_ids").map((ids) => ids.slice(1, ids.indexOf(SEP)));
  const numbers = new Set(words.slice(40, 70).map((word) => tokenizer.convertTokensToIds(word)));
  const used = new Set(firsts.flatMap((ids) => {
    const document = ids.map((id: number) => documentIds.get(id)).find((d: unknown) => d !== undefined);
    return ids.filter((id: number) => numbers.has(id)).map((id: number) => `${document} ${id}`);
  }));
  assert.ok(used.size > 0.8 * 20 * 30, `${used.size} of 600 sentences`);
  const meanLength = (shortSeqProbability: number) => {
    const { input_ids } = nextSentencePairs(documents, tokenizer, { maxLength: 32, shortSeqProbability }).slice();
    return input_ids.reduce((sum, { length }) => sum + length, 0) / input_ids.length;
  };
  assert.ok(meanLength(1) < meanLength(0) - 5, "pairs are cut short where that is asked for");
  const batch = new DataCollatorForLanguageModeling(tokenizer)(pairs.take(4).toArray());
  assert.deepEqual(Object.keys(batch).sort(), [
    "attention_mask",
    "input_ids",
    "labels",
    "next_sentence_label",
    "token_type_ids",
  ]);
  assert.deepEqual([...batch.next_sentence_label.hostData ?? []], pairs.take(4).column("next_sentence_label"));
  assert.throws(
    () => nextSentencePairs(documents.slice(0, 1), tokenizer),
    /there is one document; a text that does not follow/,
  );
  assert.throws(() => nextSentencePairs([["a"], [""]], tokenizer), /document 1 has no sentence with a token/);
  assert.throws(() => nextSentencePairs(documents, tokenizer, { maxLength: 4 }), /maxLength is 4; it must leave room/);
});
