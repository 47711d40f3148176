// AutoTokenizer: the folders it opens, what it writes, and the options that overrule a folder.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { AutoTokenizer, trainWordPiece } from "../../lib/tokenizers/mod.ts";
import { withHub } from "../hub_server.ts";
import { sharedPath, sharedTest } from "../shared.ts";
import { ours } from "./golden.ts";

const fixtures = fileURLToPath(new URL("../fixtures/tokenizers/", import.meta.url));
const TEXT = "The <mask> isn't [MASK]; Café déjà vu 😀!";

for (const name of ["bert-uncased", "bert-cased", "roberta", "unigram-nfkc"]) {
  Deno.test(`savePretrained() writes what fromPretrained() opens with ${name}`, () =>
    inTempFolder(async (folder) => {
      const tokenizer = await ours.tokenizer(name);
      await tokenizer.savePretrained(folder);
      const loaded = await AutoTokenizer.fromPretrained(folder);
      assert.deepEqual({ ...loaded(TEXT) }, { ...tokenizer(TEXT) });
      const original = [...Deno.readDirSync(`${fixtures}${name}`)].map((entry) => entry.name).sort();
      assert.deepEqual([...Deno.readDirSync(folder)].map((entry) => entry.name).sort(), original);
      for (const file of original) {
        if (file.endsWith(".txt")) assert.equal(read(folder, file), read(`${fixtures}${name}`, file));
        else assert.deepEqual(JSON.parse(read(folder, file)), JSON.parse(read(`${fixtures}${name}`, file)));
      }
    }));
}

Deno.test("savePretrained() keeps what was set on the tokenizer and what was added to it", () =>
  inTempFolder(async (folder) => {
    const tokenizer = await ours.tokenizer("bert-uncased");
    tokenizer.modelMaxLength = 32;
    tokenizer.paddingSide = "left";
    tokenizer.addTokens("<joy>");
    await tokenizer.savePretrained(folder);
    const loaded = await AutoTokenizer.fromPretrained(folder);
    assert.equal(loaded.modelMaxLength, 32);
    assert.equal(loaded.paddingSide, "left");
    assert.equal(loaded.truncationSide, "right");
    assert.deepEqual(loaded.tokenize("<joy>!"), ["<joy>", "!"]);
  }));

Deno.test("fromPretrained() opens a bare vocab.txt as an uncased BERT", () =>
  inTempFolder(async (folder) => {
    await Deno.copyFile(`${fixtures}bert-uncased/vocab.txt`, `${folder}/vocab.txt`);
    const tokenizer = await AutoTokenizer.fromPretrained(folder), whole = await ours.tokenizer("bert-uncased");
    assert.deepEqual({ ...tokenizer(TEXT) }, { ...whole(TEXT) });
    assert.equal(tokenizer.modelMaxLength, 1e30);
    assert.equal(tokenizer.maskTokenId, whole.maskTokenId);
  }));

Deno.test("fromPretrained() reads do_lower_case beside a bare vocab.txt", () =>
  inTempFolder(async (folder) => {
    await Deno.copyFile(`${fixtures}bert-cased/vocab.txt`, `${folder}/vocab.txt`);
    await Deno.writeTextFile(`${folder}/tokenizer_config.json`, JSON.stringify({ do_lower_case: false }));
    await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify({ model_type: "distilbert" }));
    const tokenizer = await AutoTokenizer.fromPretrained(folder), whole = await ours.tokenizer("bert-cased");
    assert.deepEqual(tokenizer(TEXT).input_ids, whole(TEXT).input_ids);
    assert.deepEqual(tokenizer.modelInputNames, ["input_ids", "attention_mask"]);
  }));

Deno.test("fromPretrained() opens vocab.json with merges.txt as a RoBERTa", () =>
  inTempFolder(async (folder) => {
    for (const file of ["vocab.json", "merges.txt"]) {
      await Deno.copyFile(`${fixtures}roberta/${file}`, `${folder}/${file}`);
    }
    const tokenizer = await AutoTokenizer.fromPretrained(folder), whole = await ours.tokenizer("roberta");
    assert.deepEqual({ ...tokenizer(TEXT) }, { ...whole(TEXT) });
    assert.equal(tokenizer.decode(tokenizer(TEXT).input_ids), whole.decode(whole(TEXT).input_ids));
  }));

Deno.test("fromPretrained() completes the configuration from special_tokens_map.json", () =>
  inTempFolder(async (folder) => {
    await Deno.copyFile(`${fixtures}bert-uncased/tokenizer.json`, `${folder}/tokenizer.json`);
    const special = { pad_token: "[PAD]", mask_token: { content: "[MASK]", lstrip: false } };
    await Deno.writeTextFile(`${folder}/special_tokens_map.json`, JSON.stringify(special));
    const tokenizer = await AutoTokenizer.fromPretrained(folder);
    assert.deepEqual(tokenizer.specialTokensMap, {
      padToken: "[PAD]",
      maskToken: "[MASK]",
      additionalSpecialTokens: [],
    });
  }));

Deno.test("fromPretrained() knows the special tokens and columns of a family that names none", async (t) => {
  const folders: [string, Record<string, unknown>, Record<string, unknown>, string[]][] = [
    ["bert-uncased", { do_lower_case: true, model_max_length: 512 }, { model_type: "bert" }, [
      "[UNK]",
      "[SEP]",
      "[PAD]",
    ]],
    ["bert-uncased", {}, { model_type: "distilbert" }, ["[UNK]", "[SEP]", "[PAD]"]],
    ["bert-uncased", { tokenizer_class: "ElectraTokenizerFast" }, {}, ["[UNK]", "[SEP]", "[PAD]"]],
    ["roberta", { model_max_length: 512 }, { model_type: "roberta" }, ["<unk>", "</s>", "<pad>"]],
  ];
  for (const [source, config, model, special] of folders) {
    await t.step(JSON.stringify({ ...config, ...model }), () =>
      inTempFolder(async (folder) => {
        await Deno.copyFile(`${fixtures}${source}/tokenizer.json`, `${folder}/tokenizer.json`);
        await Deno.writeTextFile(`${folder}/tokenizer_config.json`, JSON.stringify(config));
        await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(model));
        const tokenizer = await AutoTokenizer.fromPretrained(folder);
        assert.deepEqual([tokenizer.unkToken, tokenizer.sepToken, tokenizer.padToken], special);
        const hasTypes = !["distilbert", "roberta"].includes(String(model["model_type"]));
        assert.equal(tokenizer.modelInputNames.includes("token_type_ids"), hasTypes);
        await tokenizer.savePretrained(folder);
        assert.equal(String(await AutoTokenizer.fromPretrained(folder)), String(tokenizer));
      }));
  }
});

Deno.test("fromPretrained() gives a special token that the vocabulary lacks the next id", () =>
  inTempFolder(async (folder) => {
    await Deno.copyFile(`${fixtures}bert-uncased/tokenizer.json`, `${folder}/tokenizer.json`);
    const config = { tokenizer_class: "BertTokenizer", mask_token: "<blank>" };
    await Deno.writeTextFile(`${folder}/tokenizer_config.json`, JSON.stringify(config));
    const tokenizer = await AutoTokenizer.fromPretrained(folder);
    assert.deepEqual([tokenizer.maskTokenId, tokenizer.vocabSize, tokenizer.length], [600, 600, 601]);
    assert.deepEqual(tokenizer.tokenize("the <blank>"), ["the", "<blank>"]);
  }));

Deno.test("fromPretrained() takes options that overrule the folder, and saves them", () =>
  inTempFolder(async (folder) => {
    const cased = await AutoTokenizer.fromPretrained(`${fixtures}bert-uncased`, {
      doLowerCase: false,
      modelMaxLength: 16,
    });
    assert.equal(cased.modelMaxLength, 16);
    assert.deepEqual(cased.tokenize("The"), (await ours.tokenizer("bert-cased")).tokenize("The").map(() => "[UNK]"));
    await cased.savePretrained(folder);
    assert.deepEqual((await AutoTokenizer.fromPretrained(folder)).tokenize("The the"), cased.tokenize("The the"));
    const roberta = await AutoTokenizer.fromPretrained(`${fixtures}roberta`, { addPrefixSpace: true });
    assert.deepEqual(roberta(["the", "garden"], { isSplitIntoWords: true }).tokens(), [
      "<s>",
      "Ġthe",
      "Ġgarden",
      "</s>",
    ]);
  }));

Deno.test("fromPretrained() says what a folder lacks", () =>
  inTempFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/config.json`, "{}");
    await assert.rejects(AutoTokenizer.fromPretrained(folder), {
      message: `AutoTokenizer: "${folder}" has no tokenizer.json, no vocab.txt and no vocab.json with merges.txt; ` +
        "save it in Python with a fast tokenizer (use_fast=True), which writes tokenizer.json.",
    });
    await Deno.writeTextFile(`${folder}/vocab.json`, "{}");
    await Deno.writeTextFile(`${folder}/merges.txt`, "#version: 0.2\na b c\n");
    await assert.rejects(AutoTokenizer.fromPretrained(folder), {
      message: 'merges.txt has the line "a b c"; expected two tokens with a blank between them.',
    });
  }));

Deno.test("savePretrained() lets a trained tokenizer go through its vocabulary alone", () =>
  inTempFolder(async (folder) => {
    const trained = trainWordPiece(["the old garden", "the river near the old garden"], { minFrequency: 1 });
    await trained.savePretrained(folder);
    await Deno.remove(`${folder}/tokenizer.json`);
    const loaded = await AutoTokenizer.fromPretrained(folder);
    assert.deepEqual({ ...loaded("the old gardener") }, { ...trained("the old gardener") });
  }));

sharedTest("fromPretrained() gives Python's ids for every model of the local hub", async () => {
  const { probes, pair: [first, second], models } = JSON.parse(
    Deno.readTextFileSync(sharedPath("hub/local/expected.json")),
  );
  for (const [name, { ids, pair, decoded, batch, vocab_size }] of Object.entries<Expected>(models)) {
    const tokenizer = await AutoTokenizer.fromPretrained(sharedPath(`hub/repos/models/${name}`));
    assert.deepEqual(tokenizer(probes).input_ids, ids, name);
    assert.deepEqual({ ...tokenizer(first, { textPair: second }) }, pair, name);
    assert.deepEqual({ ...tokenizer(probes.slice(0, 2), { padding: true }) }, batch, name);
    assert.deepEqual(tokenizer.batchDecode(ids, { skipSpecialTokens: true }), decoded, name);
    assert.equal(tokenizer.vocabSize, vocab_size, name);
  }
});

sharedTest(
  "fromPretrained() finds a tokenizer on the hub by its name, and downloads no weights",
  () =>
    withHub("", async (hub) => {
      const tokenizer = await AutoTokenizer.fromPretrained("sentence-transformers/all-MiniLM-L6-v2");
      assert.deepEqual(tokenizer("Hello there!").input_ids, [101, 7592, 2045, 999, 102]);
      assert.ok((await hub.stats()).bytes < 2e6);
    }),
);

interface Expected {
  readonly ids: number[][];
  readonly pair: unknown;
  readonly decoded: string[];
  readonly batch: unknown;
  readonly vocab_size: number;
}

function read(folder: string, file: string): string {
  return Deno.readTextFileSync(`${folder}/${file}`);
}

async function inTempFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
