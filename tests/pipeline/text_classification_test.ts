// pipeline("text-classification") against that of Transformers 4.57.6.

import assert from "node:assert/strict";
import { pipeline } from "../../lib/pipeline/mod.ts";
import { deviceTest } from "../devices.ts";
import { inTemporaryFolder } from "../models/files.ts";
import { assertScores, classifierParts, expected } from "./expected.ts";

const { texts } = expected;
const pair = { text: expected.pair.text, textPair: expected.pair.text_pair };

for (const device of ["cpu", "webgpu"] as const) {
  deviceTest(device, "pipeline() gives Transformers' labels and scores in Transformers' shapes", async () => {
    const classify = pipeline("text-classification", await classifierParts());
    assertScores(await classify(texts[0]), expected.one);
    assertScores(await classify(texts), expected.many);
    assertScores(await classify(pair), expected.pairAlone);
    assertScores(await classify([pair, pair]), expected.pairs);
    assertScores(await classify(texts[0], { topK: null }), expected.oneAll);
    assertScores(await classify(texts[0], { topK: 1 }), expected.oneTop1);
    assertScores(await classify(pair, { topK: null }), expected.pairAll);
    assertScores(await classify(texts, { topK: null }), expected.manyAll);
    assertScores(await classify(texts, { topK: 2 }), expected.manyTwo);
    assertScores(await classify(texts, { topK: null, batchSize: 3 }), expected.manyAll);
    assertScores(await classify([texts[0], pair], { topK: null }), [expected.oneAll, expected.pairAll]);
  });
}

deviceTest("cpu", "pipeline() makes scores as told, or as the config's problem_type says", async () => {
  const { model, tokenizer } = await classifierParts();
  const classify = pipeline("text-classification", { model, tokenizer });
  assertScores(await classify(texts, { topK: null, functionToApply: "sigmoid" }), expected.sigmoid);
  assertScores(await classify(texts, { topK: null, functionToApply: "none" }), expected.none);
  const long = "garden ".repeat(100);
  assertScores(await classify(long, { topK: null, truncation: true, maxLength: 16 }), expected.truncated);
  for (
    const [problem_type, reference] of [
      ["multi_label_classification", expected.multiLabel],
      ["regression", expected.regression],
    ]
  ) {
    Object.assign(model.config, { problem_type });
    assertScores(await classify(texts[0], { topK: null }), reference);
  }
});

deviceTest("cpu", "pipeline() loads a checkpoint by its name", () =>
  inTemporaryFolder(async (path) => {
    const { model, tokenizer } = await classifierParts();
    await model.savePretrained(path);
    await tokenizer.savePretrained(path);
    const classify = await pipeline("text-classification", path);
    assertScores(await classify(texts), expected.many);
  }));

deviceTest("cpu", "pipeline() says which task, text or option makes no sense", async () => {
  const { model, tokenizer } = await classifierParts();
  const classify = pipeline("text-classification", { model, tokenizer });
  const call = (input: unknown, options: unknown = {}) => Reflect.apply(classify, null, [input, options]);
  assert.throws(
    () => Reflect.apply(pipeline, null, ["translation", { model, tokenizer }]),
    /there is no task "translation"; there are text-classification/,
  );
  await assert.rejects(call(5), /text is 5 \(number\); expected a string/);
  await assert.rejects(call(["a", null]), /text is null; expected a string/);
  await assert.rejects(call("a", { topK: 0 }), /topK is 0; it must be a whole number/);
  await assert.rejects(call("a", { batchSize: 0 }), /batchSize is 0/);
  await assert.rejects(call("a", { functionToApply: "relu" }), /functionToApply is "relu"; it must be one of softmax/);
  await assert.rejects(call("garden ".repeat(200)), /longer than this model's 128 positions; tokenize with/);
});
