// The ways in which a folder holds weights, and those in which one is written.

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AutoModelForSequenceClassification, type PreTrainedModel, readSafetensors } from "../../lib/models/mod.ts";
import { deviceTest } from "../devices.ts";
import { readFixture } from "../fixture_files.ts";
import { inTemporaryFolder } from "./files.ts";

const folder = fileURLToPath(new URL("../fixtures/models/bert", import.meta.url));
const load = AutoModelForSequenceClassification.fromPretrained;

async function valuesOf(model: PreTrainedModel): Promise<Map<string, Float32Array | Int32Array>> {
  const entries = Array.from(model.namedParameters(), async ([name, tensor]) => [name, await tensor.data()] as const);
  return new Map(await Promise.all(entries));
}

deviceTest(
  "cpu",
  "savePretrained() cuts a model into the shards that Transformers cuts it into, and fromPretrained() joins them",
  () =>
    inTemporaryFolder(async (path) => {
      // save_pretrained(folder, max_shard_size="30KB") of Transformers 4.57.6 on the same model
      const expected = JSON.parse(new TextDecoder().decode(readFixture("models/bert_shards.index.json")));
      const model = await load(folder);
      await model.savePretrained(path); // what is left of an earlier save must not win
      await model.savePretrained(path, { maxShardSize: "30KB" });
      const index = JSON.parse(await Deno.readTextFile(join(path, "model.safetensors.index.json")));
      assert.deepEqual(index, expected);
      const files = Array.from(Deno.readDirSync(path), ({ name }) => name).sort();
      const shards = [...new Set(Object.values(expected.weight_map))];
      assert.deepEqual(files, ["config.json", "model.safetensors.index.json", ...shards].sort());
      assert.deepEqual(await valuesOf(await load(path)), await valuesOf(model));
      await model.savePretrained(path);
      assert.deepEqual(Array.from(Deno.readDirSync(path), ({ name }) => name).sort(), [
        "config.json",
        "model.safetensors",
      ]);
      await assert.rejects(model.savePretrained(path, { maxShardSize: "5 apples" }), /maxShardSize is "5 apples"/);
    }),
);

for (const [dtype, code, ulp] of [["float16", "F16", 2 ** -11], ["bfloat16", "BF16", 2 ** -8]] as const) {
  deviceTest(
    "cpu",
    `savePretrained() stores ${dtype}, which fromPretrained() widens`,
    () =>
      inTemporaryFolder(async (path) => {
        const model = await load(folder);
        await model.savePretrained(path, { dtype });
        const stored = readSafetensors(Deno.readFileSync(join(path, "model.safetensors")), path);
        assert.ok([...stored.values()].every((tensor) => tensor.dtype === code));
        const loaded = await load(path);
        assert.equal(loaded.config.dtype, dtype);
        const [before, after] = [await valuesOf(model), await valuesOf(loaded)];
        for (const [name, values] of before) {
          after.get(name)!.forEach((value, i) => {
            assert.ok(
              Math.abs(value - values[i]) <= ulp * Math.abs(values[i]) + 2 ** -25,
              `${name}: ${value}, ${values[i]}`,
            );
          });
        }
      }),
  );
}

deviceTest("cpu", "fromPretrained() joins the shards of a pytorch_model.bin", async () => {
  // save_pretrained(folder, safe_serialization=False, max_shard_size="20KB") of the classifier
  const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/models/${name}`, import.meta.url));
  const [plain, sharded] = [await load(fixture("classifier")), await load(fixture("classifier-bin"))];
  assert.deepEqual(sharded.loadReport, { missing: [], unexpected: [], mismatched: [] });
  assert.deepEqual(await valuesOf(sharded), await valuesOf(plain));
});

deviceTest(
  "cpu",
  "fromPretrained() starts a head of another size anew with ignoreMismatchedSizes, and reports it",
  async () => {
    const model = await load(folder, { numLabels: 3, ignoreMismatchedSizes: true });
    assert.deepEqual(model.loadReport, {
      missing: [],
      unexpected: [],
      mismatched: [
        { name: "classifier.bias", stored: [2], expected: [3] },
        { name: "classifier.weight", stored: [2, 32], expected: [3, 32] },
      ],
    });
    const values = await valuesOf(model);
    assert.deepEqual([...values.get("classifier.bias")!], [0, 0, 0]);
    assert.ok(values.get("classifier.weight")!.every((value) => value !== 0 && Math.abs(value) < 0.1));
  },
);

deviceTest("cpu", "fromPretrained() frees what a model took that could not be filled", async (backend) => {
  const before = backend.memory().buffers;
  await assert.rejects(load(folder, { numLabels: 3 }), /"classifier.bias" has the shape \(2\), the model's is \(3\)/);
  assert.equal(backend.memory().buffers, before);
});

deviceTest(
  "cpu",
  "fromPretrained() says what is wrong with a folder's weights",
  () =>
    inTemporaryFolder(async (path) => {
      const write = (name: string, text: string) => Deno.writeTextFileSync(join(path, name), text);
      Deno.copyFileSync(join(folder, "config.json"), join(path, "config.json"));
      write("tf_model.h5", "");
      await assert.rejects(
        load(path),
        /has no weights: none of model.safetensors or .*; it has tf_model.h5, which are not read/,
      );
      write("model.safetensors.index.json", "{");
      await assert.rejects(load(path), /model.safetensors.index.json is not JSON/);
      write("model.safetensors.index.json", "{}");
      await assert.rejects(load(path), /index.json has no weight_map/);
      for (const file of ["../model.safetensors", "/etc/passwd", ".", "", 3]) {
        write("model.safetensors.index.json", JSON.stringify({ weight_map: { x: file } }));
        await assert.rejects(load(path), /"x" lies in .*, which is no file name/);
      }
      write("model.safetensors.index.json", JSON.stringify({ weight_map: { x: "model-1.safetensors" } }));
      await assert.rejects(load(path), /has no model-1.safetensors, which its index names/);
      Deno.copyFileSync(join(folder, "model.safetensors"), join(path, "model-1.safetensors"));
      await assert.rejects(load(path), /model-1.safetensors has no "x", which the index says it has/);
    }),
);
