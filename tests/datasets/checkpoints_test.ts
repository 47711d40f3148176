// The embedded checkpoints: that they are small, open, say what Python's Transformers says.

import assert from "node:assert/strict";
import { AutoModelForMaskedLM, AutoModelForSequenceClassification } from "../../lib/models/mod.ts";
import { AutoTokenizer } from "../../lib/tokenizers/mod.ts";
import { writeCard } from "../../tasks/pretrain/card.ts";
import { deviceTest } from "../devices.ts";
import { goldenJson } from "../golden.ts";
import { assertClose } from "../test_op.ts";
import { inFolder } from "../trainer/tiny.ts";

const folderOf = (name: string) => new URL(`../../datasets/attend-${name.slice("attend/".length)}/`, import.meta.url);
const kin = ["attend/tiny-albert", "attend/tiny-distilbert", "attend/tiny-roberta"];

function bytesIn(name: string): number {
  const folder = folderOf(name);
  return Array.from(Deno.readDirSync(folder)).reduce(
    (sum, { name }) => sum + Deno.statSync(new URL(name, folder)).size,
    0,
  );
}

Deno.test("the checkpoints are small: attend/tiny at most 8 MB, its kin at most 12 MB together", () => {
  assert.ok(bytesIn("attend/tiny") <= 8e6, `${bytesIn("attend/tiny")} bytes`);
  const together = kin.map(bytesIn).reduce((a, b) => a + b);
  assert.ok(together <= 12e6, `${together} bytes`);
});

// Fixture by Python, transformers 4.57.6, torch 2.6, for each folder of datasets/attend-tiny*: model = AutoModelForMaskedLM (sentiment:
// AutoModelForSequenceClassification).from_pretrained(folder).eval(), batch = AutoTokenizer.from_pretrained(folder)(texts, padding=True,
// return_tensors="pt"), logits = model(**batch).logits. Of each token that is no padding (sentiment: of each text) `numbers` has the first
// 8 logits, as far as there are, and logits.logsumexp(-1).
interface Expected {
  readonly input_ids: number[][];
  readonly numbers: number[][];
}
const { texts, checkpoints } = goldenJson<{ texts: string[]; checkpoints: Record<string, Expected> }>(
  "checkpoints.json",
);

for (const [name, { input_ids, numbers }] of Object.entries(checkpoints)) {
  deviceTest("cpu", `${name} gives the logits that it gives in Python`, async () => {
    const tokenizer = await AutoTokenizer.fromPretrained(name), batch = tokenizer(texts, { padding: true });
    assert.deepEqual(batch.input_ids, input_ids);
    const isClassifier = name === "attend/tiny-sentiment";
    const model = isClassifier
      ? await AutoModelForSequenceClassification.fromPretrained(name)
      : await AutoModelForMaskedLM.fromPretrained(name);
    assert.deepEqual([model.loadReport?.missing, model.loadReport?.unexpected], [[], []]);
    const { logits } = model.eval().forward(batch), values = await logits.data(), classes = logits.shape.at(-1) ?? 0;
    const isReal = isClassifier ? texts.map(() => 1) : (batch.attention_mask ?? []).flat();
    const places = [...isReal.keys()].filter((place) => isReal[place]);
    assert.equal(places.length, numbers.length);
    places.forEach((place, i) => {
      const row = Array.from(values.subarray(place * classes, (place + 1) * classes));
      const logSumExp = Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
      assertClose([...row.slice(0, 8), logSumExp], numbers[i], 1e-4, `${name}, token ${i}`);
    });
  });
}

Deno.test("attend/tiny's card tells and draws what was measured", async () => {
  await inFolder(async (folder) => {
    for (const { name } of Deno.readDirSync(folderOf("attend/tiny"))) {
      if (/^(pretraining|results)\.json$/.test(name)) {
        await Deno.copyFile(new URL(name, folderOf("attend/tiny")), `${folder}/${name}`);
      }
    }
    await writeCard(folder);
    for (const name of ["README.md", "loss.svg"]) {
      const [made, committed] = [`${folder}/${name}`, new URL(name, folderOf("attend/tiny"))];
      assert.equal(await Deno.readTextFile(made), await Deno.readTextFile(committed), name);
    }
  });
});
