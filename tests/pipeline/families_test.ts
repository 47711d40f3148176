// Both pipelines with the six families of the local hub, against Transformers 4.57.6.

import assert from "node:assert/strict";
import { AutoModelForMaskedLM, AutoModelForSequenceClassification } from "../../lib/models/mod.ts";
import { pipeline } from "../../lib/pipeline/mod.ts";
import { AutoTokenizer } from "../../lib/tokenizers/mod.ts";
import { onDevice } from "../devices.ts";
import { sharedPath, sharedTest } from "../shared.ts";
import { assertScores, expected } from "./expected.ts";

const { texts } = expected;
const pair = { text: expected.pair.text, textPair: expected.pair.text_pair };

for (const [name, results] of Object.entries(expected.families)) {
  const folder = sharedPath(`hub/repos/models/attend-test/${name}`);

  sharedTest(
    `pipeline("text-classification") gives Transformers' scores with ${name}`,
    () =>
      onDevice("cpu", async () => {
        const model = await AutoModelForSequenceClassification.fromPretrained(folder, { numLabels: 3 });
        assert.deepEqual([...model.loadReport!.missing].sort(), results.missing);
        for (const [parameterName, parameter] of model.namedParameters()) {
          if (!results.missing.includes(parameterName)) continue;
          parameter.write(Float32Array.from({ length: parameter.size }, (_, i) => Math.sin(1 + i) * 0.3));
        }
        const classify = pipeline("text-classification", {
          model,
          tokenizer: await AutoTokenizer.fromPretrained(folder),
        });
        assertScores(await classify([texts[0], texts[1], pair], { topK: null }), results.scores);
      }),
  );

  const { mask } = results;
  if (mask === undefined) continue;

  sharedTest(`pipeline("fill-mask") gives Transformers' words with ${name}`, () =>
    onDevice("cpu", async () => {
      const fill = await pipeline("fill-mask", folder);
      assertScores(await fill(`The ${mask} garden was quiet.`), results.fill);
      const two = [`The ${mask} garden.`, `We buy ${mask}, and more.`];
      assertScores(await fill(two, { topK: 2 }), results.fillMany);
      assertScores(await fill(`The ${mask} garden was ${mask}.`, { topK: 2 }), results.fillTwo);
      assertScores(await fill(`The ${mask} garden.`, { targets: ["the", "a"] }), results.targets);
      assertScores(await fill([`The ${mask} garden.`], { topK: 1 }), [results.fillOne]); // Python unwraps a list of one
    }));
}

sharedTest(
  `pipeline("fill-mask") finds the masks in a batch that is padded on the left`,
  () =>
    onDevice("cpu", async () => {
      // RoBERTa counts positions from the first token that is no padding, so that the side changes nothing
      const { mask, fillMany } = expected.families["tiny-roberta"];
      const folder = sharedPath("hub/repos/models/attend-test/tiny-roberta");
      const model = await AutoModelForMaskedLM.fromPretrained(folder);
      const tokenizer = await AutoTokenizer.fromPretrained(folder, { paddingSide: "left" });
      const fill = pipeline("fill-mask", { model, tokenizer });
      assertScores(await fill([`The ${mask} garden.`, `We buy ${mask}, and more.`], { topK: 2 }), fillMany);
    }),
);

sharedTest(`pipeline("fill-mask") says what is wrong with a text or an option`, () =>
  onDevice("cpu", async () => {
    const fill = await pipeline("fill-mask", sharedPath("hub/repos/models/attend-test/tiny-bert"));
    await assert.rejects(fill("no mask here"), /"no mask here" has no mask; write \[MASK\] where/);
    await assert.rejects(fill("a [MASK]", { topK: 0 }), /topK is 0/);
    await assert.rejects(fill("a [MASK]", { targets: [] }), /targets is \[\]; it must name at least one token/);
  }));
