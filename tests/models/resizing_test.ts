// resizeTokenEmbeddings against resize_token_embeddings of Transformers 4.57.6 on the same models.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { AutoModelForMaskedLM, AutoModelForSequenceClassification } from "../../lib/models/mod.ts";
import { setSeed } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { inTemporaryFolder } from "./files.ts";

// of the columns of bert's table by PyTorch, and what its 70 new rows differ from it (root mean square)
// deno-fmt-ignore
const MEAN = [-0.00834, -0.0076464, -0.0074806, 0.005947, -0.0049888, -0.0058227, 0.0101533, -0.0023904, 0.0029235, 0.0051806, 0.0103589, -0.0132823, -0.0088732, -0.0009989, 0.0025663, 0.0141049, 0.0038387, 0.0121702, -0.0051093, -0.0095884, 0.0033761, 0.0092044, 0.0075669, -0.0043639, 0.0140873, 0.015546, -0.012886, 0.0187374, -0.0055677, 0.012915, -0.0076613, -0.0006151];
const SPREAD = 6.5131e-6;

const pathOf = (name: string) => fileURLToPath(new URL(`../fixtures/models/${name}`, import.meta.url));

for (const device of ["cpu", "webgpu"] as const) {
  deviceTest(
    device,
    "resizeTokenEmbeddings() adds rows near the mean of the old ones, as Transformers does",
    async () => {
      const model = await AutoModelForSequenceClassification.fromPretrained(pathOf("bert"));
      const before = await model.baseModel.wordEmbeddings.weight.data();
      setSeed(5);
      const table = await model.resizeTokenEmbeddings(370);
      assert.deepEqual(table.weight.shape, [370, 32]);
      assert.equal(model.config.vocab_size, 370);
      const after = await table.weight.data();
      assert.deepEqual(after.subarray(0, before.length), before);
      const noise = Array.from({ length: 70 }, (_, row) => MEAN.map((value, i) => after[(300 + row) * 32 + i] - value))
        .flat();
      const spread = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length);
      assert.ok(spread > 0.5 * SPREAD && spread < 2 * SPREAD, `the new rows' standard deviation is ${spread}`);
      const { logits } = model.forward({ input_ids: [[2, 369, 3]] });
      assert.ok((await logits.data()).every(Number.isFinite));
      assert.throws(() => model.forward({ input_ids: [[370]] }), /input_ids holds 370; .* less than 370/);
    },
  );
}

deviceTest(
  "cpu",
  "resizeTokenEmbeddings() takes a masked LM's last layer and bias along, trains and saves them",
  () =>
    inTemporaryFolder(async (folder) => {
      const model = await AutoModelForMaskedLM.fromPretrained(pathOf("bert-mlm"));
      const [oldRows] = model.baseModel.wordEmbeddings.weight.shape;
      const bias = () => new Map(model.namedParameters()).get("cls.predictions.bias")!;
      const before = await bias().data();
      const text = { input_ids: [[2, 7, 9, 3]], labels: [[-100, 8, -100, -100]] };
      const logitsBefore = await model.eval().forward(text).logits.data();
      await model.resizeTokenEmbeddings(oldRows + 3, { padToMultipleOf: 8 });
      const rows = Math.ceil((oldRows + 3) / 8) * 8;
      assert.deepEqual([...await bias().data()], [...before, ...new Array(rows - oldRows).fill(0)]);
      const { logits, loss } = model.forward(text);
      assert.deepEqual(logits.shape, [1, 4, rows]);
      const values = await logits.data();
      logitsBefore.forEach((value, i) => {
        const moved = values[Math.floor(i / oldRows) * rows + i % oldRows];
        assert.ok(Math.abs(moved - value) < 1e-5, `${moved}, ${value}`);
      });
      loss!.backward();
      assert.deepEqual(model.baseModel.wordEmbeddings.weight.grad!.shape[0], rows);
      await model.savePretrained(folder);
      const again = await AutoModelForMaskedLM.fromPretrained(folder);
      assert.deepEqual(again.loadReport, { missing: [], unexpected: [], mismatched: [] });
      await again.resizeTokenEmbeddings(oldRows);
      assert.deepEqual(await again.eval().forward(text).logits.data(), logitsBefore);
    }),
);

deviceTest(
  "cpu",
  "resizeTokenEmbeddings() draws rows as in a new model where meanResizing is false, and refuses what is no number",
  async () => {
    const model = await AutoModelForSequenceClassification.fromPretrained(pathOf("bert"));
    setSeed(6);
    const { weight } = await model.resizeTokenEmbeddings(400, { meanResizing: false });
    const fresh = Array.from((await weight.data()).subarray(300 * 32));
    const spread = Math.sqrt(fresh.reduce((sum, value) => sum + value * value, 0) / fresh.length);
    assert.ok(Math.abs(spread - 0.02) < 0.002, `the standard deviation is ${spread}, not 0.02`);
    await assert.rejects(model.resizeTokenEmbeddings(0), /newNumTokens is 0; it must be a whole number/);
    await assert.rejects(model.resizeTokenEmbeddings(1.5), /newNumTokens is 1.5/);
  },
);
