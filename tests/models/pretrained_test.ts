import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AutoConfig, AutoModelForSequenceClassification, readSafetensors, toFloat32 } from "../../lib/models/mod.ts";
import { setSeed } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { inTemporaryFolder, safetensorsBytes } from "./files.ts";

const folder = fileURLToPath(new URL("../fixtures/models/bert", import.meta.url));
const batch = { input_ids: [[2, 7, 9, 3]], labels: [1] };

deviceTest(
  "cpu",
  "savePretrained() writes the file that Python writes, bit for bit",
  () =>
    inTemporaryFolder(async (path) => {
      const model = await AutoModelForSequenceClassification.fromPretrained(folder);
      await model.savePretrained(path);
      const names = Array.from(Deno.readDirSync(path), (entry) => entry.name).sort();
      assert.deepEqual(names, ["config.json", "model.safetensors"]);
      // Python wrote the first one
      const [first, second] = [folder, path].map((at) => Deno.readFileSync(join(at, "model.safetensors")));
      assert.deepEqual(second, first);
      const config = await AutoConfig.fromPretrained(path);
      assert.deepEqual(config.architectures, ["BertForSequenceClassification"]);
    }),
);

deviceTest("cpu", "fromPretrained() with another number of labels says which shape does not fit", async () => {
  const loading = AutoModelForSequenceClassification.fromPretrained(folder, { numLabels: 3 });
  await assert.rejects(loading, /"classifier.bias" has the shape \(2\), the model's is \(3\)/);
});

deviceTest(
  "cpu",
  "fromPretrained() reports a head that the checkpoint lacks and starts it anew",
  () =>
    inTemporaryFolder(async (path) => {
      const model = await AutoModelForSequenceClassification.fromPretrained(folder);
      await model.savePretrained(path);
      const weights = readSafetensors(Deno.readFileSync(join(path, "model.safetensors")), path);
      const body = [...weights].filter(([name]) => name.startsWith("bert."));
      const old = body.map(([name, tensor]) => {
        const renamed = name.slice("bert.".length).replace("LayerNorm.weight", "LayerNorm.gamma").replace(
          "LayerNorm.bias",
          "LayerNorm.beta",
        );
        return [renamed, { shape: tensor.shape, values: () => toFloat32(tensor, name) }] as const;
      });
      old.push(["cls.seq_relationship.bias", { shape: [2], values: () => new Float32Array(2) }]);
      Deno.writeFileSync(join(path, "model.safetensors"), await safetensorsBytes(old));
      setSeed(1);
      const loaded = await AutoModelForSequenceClassification.fromPretrained(path, {
        id2label: { 0: "no", 1: "yes", 2: "maybe" },
      });
      assert.deepEqual(loaded.loadReport, {
        missing: ["classifier.weight", "classifier.bias"],
        unexpected: ["cls.seq_relationship.bias"],
        mismatched: [],
      });
      assert.deepEqual(loaded.config.label2id, { no: 0, yes: 1, maybe: 2 });
      const before = new Map(model.namedParameters());
      for (const [name, parameter] of loaded.namedParameters()) {
        if (name.startsWith("bert.")) assert.deepEqual(await parameter.data(), await before.get(name)!.data(), name);
      }
      const head = new Map(loaded.namedParameters()).get("classifier.weight")!;
      assert.deepEqual(head.shape, [3, 32]);
      const spread = Math.sqrt(
        Array.from(await head.data()).reduce((sum, value) => sum + value * value, 0) / 96,
      );
      assert.ok(spread > 0.01 && spread < 0.03, `the head's standard deviation is ${spread}, not about 0.02`);
    }),
);

deviceTest("cpu", "fromConfig() draws the same weights for a seed and others for another", async () => {
  const config = await AutoConfig.fromPretrained(folder);
  const weights = async (seed: number) => {
    setSeed(seed);
    const model = await AutoModelForSequenceClassification.fromConfig(config);
    return await model.parameters()[0].data();
  };
  assert.deepEqual(await weights(1), await weights(1));
  assert.notDeepEqual(await weights(1), await weights(2));
});

deviceTest("cpu", "fromPretrained() names what is missing", () =>
  inTemporaryFolder(async (path) => {
    await assert.rejects(AutoModelForSequenceClassification.fromPretrained(path), /has no config.json/);
    await assert.rejects(AutoModelForSequenceClassification.fromPretrained(join(path, "nowhere")), /no folder/);
    Deno.mkdirSync(join(path, "checkpoint-40"));
    Deno.writeTextFileSync(join(path, "checkpoint-40", "config.json"), "{}");
    await assert.rejects(
      AutoModelForSequenceClassification.fromPretrained(path),
      /it holds checkpoint-40: name one of them/,
    );
    Deno.writeTextFileSync(join(path, "config.json"), JSON.stringify({ model_type: "mamba" }));
    await assert.rejects(
      AutoModelForSequenceClassification.fromPretrained(path),
      /family "mamba" is not supported; these are: bert/,
    );
  }));

deviceTest("cpu", "forward() names the column, the value and the limit of a batch that does not fit", async () => {
  const model = await AutoModelForSequenceClassification.fromPretrained(folder);
  const forward = (change: Record<string, unknown>) => () => model.forward({ ...batch, ...change } as typeof batch);
  assert.throws(forward({ input_ids: [[2, 300]] }), /input_ids holds 300; .* less than 300 \(the vocabulary's size\)/);
  assert.throws(forward({ input_ids: [[2, -1]] }), /input_ids holds -1/);
  assert.throws(forward({ input_ids: [2, 3] }), /input_ids has shape \(2\); it must be \(batch, length\)/);
  assert.throws(forward({ input_ids: [Array(65).fill(5)] }), /65 tokens is longer than this model's 64 positions/);
  assert.throws(forward({ attention_mask: [[1, 1]] }), /attention_mask has shape \(1, 2\), input_ids \(1, 4\)/);
  assert.throws(forward({ token_type_ids: [[0, 0, 2, 0]] }), /token_type_ids holds 2/);
  assert.throws(forward({ labels: [2] }), /label 2 is outside the 2 classes/);
  assert.throws(forward({ labels: [0, 1] }), /one label for each of the batch's 1 rows/);
  assert.throws(() => model.forward({ labels: [0] }), /no input_ids \(it has labels\)/);
});
