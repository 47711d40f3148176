// Memory of a pipeline. Alone in its file: garbage of other tests would be counted too.

import assert from "node:assert/strict";
import { pipeline } from "../../lib/pipeline/mod.ts";
import { deviceTest } from "../devices.ts";
import { assertScores, classifierParts, expected } from "./expected.ts";

const { texts } = expected;

deviceTest("cpu", "pipeline() leaves the model as it was and no memory behind, in 500 texts too", async (backend) => {
  const { model, tokenizer } = await classifierParts();
  const classify = pipeline("text-classification", { model, tokenizer });
  assert.equal(model.training, true);
  await classify(texts);
  const before = backend.memory().inUse;
  const many = await classify(Array.from({ length: 500 }, (_, i) => texts[i % 4]));
  assertScores(many.slice(-4), expected.many);
  assert.equal(backend.memory().inUse, before);
  assert.equal(model.training, true);
  assert.deepEqual(await classify([]), []);
});
