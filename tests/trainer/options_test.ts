// Options of a run beyond its arithmetic: schedules by name, losses of one's own, batches by length, the log as a file, and arguments that
// change between two runs. Numbers of schedules are Transformers' (tests/fixtures/trainer.json).

import assert from "node:assert/strict";
import { join } from "node:path";
import { computeClassWeight } from "../../lib/metrics/mod.ts";
import { functional } from "../../lib/nn/mod.ts";
import type { SchedulerName } from "../../lib/optim/mod.ts";
import { EarlyStoppingCallback } from "../../lib/trainer/mod.ts";
import { deviceTest } from "../devices.ts";
import fixture from "../fixtures/trainer.json" with { type: "json" };
import { inFolder, pad, parametersOf, tinyModel, tinyRows, tinySet, tinyTrainer } from "./tiny.ts";

const test = (name: string, fn: () => Promise<void>) => deviceTest("cpu", name, fn);
const close = (actual: number, expected: number, tolerance: number, what = "value") =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);

for (const [name, { kwargs, rates }] of Object.entries(fixture.schedules)) {
  test(`train() takes Transformers' rates when lrSchedulerType is ${name}`, async () => {
    const lrSchedulerType = name as SchedulerName; // a key of the fixture
    const args = { lrSchedulerType, lrSchedulerKwargs: kwargs, warmupRatio: 0.25, maxSteps: 8, loggingSteps: 1 };
    const trainer = await tinyTrainer(args);
    await trainer.train();
    const taken = trainer.state.logHistory.flatMap(({ learningRate }) => learningRate ?? []);
    assert.equal(taken.length, rates.length);
    rates.forEach((rate, i) => close(taken[i], rate, 1e-12, `rate of update ${i + 1}`));
  });
}

test("train() lowers the rate by the evaluation's loss when a plateau is to be followed and no metric is named", async () => {
  const trainer = await tinyTrainer({
    numTrainEpochs: 4,
    evalStrategy: "epoch",
    loggingStrategy: "epoch",
    lrSchedulerType: "reduce_lr_on_plateau",
    lrSchedulerKwargs: { patience: 0, factor: 0.5, threshold: 1, thresholdMode: "abs" }, // no loss falls by 1
  });
  await trainer.train();
  const rates = trainer.state.logHistory.flatMap(({ learningRate }) => learningRate ?? []);
  assert.deepEqual(rates, [0.01, 0.01, 0.005, 0.0025]);
  assert.equal(trainer.args.metricForBestModel, "loss");
  assert.ok(trainer.state.bestMetric);
});

test("train() weighs classes when computeLossFunc does", async () => {
  const model = await tinyModel();
  const rows = tinyRows(9);
  const weight = computeClassWeight(rows.map((row) => row.label));
  assert.notEqual(weight[0], weight[1]);
  const labelShapes: (readonly number[])[] = [];
  const weighted = await tinyTrainer({ perDeviceEvalBatchSize: 9 }, {
    model,
    computeLossFunc({ logits, loss }, labels) {
      assert.equal(loss, undefined, "the model was not given the labels");
      labelShapes.push(labels.shape);
      return functional.crossEntropy(logits, labels, { weight });
    },
  });
  const { predictions: { data: logits }, metrics } = await weighted.predict(rows);
  // PyTorch's weighted mean: the sum of weighted losses over the sum of weights
  const losses = rows.map(({ label }, i) => {
    const [a, b] = [logits[2 * i], logits[2 * i + 1]];
    return weight[label] * (Math.log(Math.exp(a) + Math.exp(b)) - logits[2 * i + label]);
  });
  const total = (values: number[]) => values.reduce((a, b) => a + b);
  close(metrics.testLoss, total(losses) / total(rows.map(({ label }) => weight[label])), 1e-6);
  assert.deepEqual(labelShapes, [[9]]);
  const before = await parametersOf({ model });
  await weighted.train();
  assert.notDeepEqual(await parametersOf({ model }), before);
});

test("train() puts rows of about one length together when groupByLength is on", async () => {
  const lengths: number[][] = [];
  const collate = (rows: Parameters<typeof pad>[0]) => {
    lengths.push(rows.map((row) => row.input_ids.length));
    return pad(rows);
  };
  const run = async (groupByLength: boolean, rows: readonly object[] = tinyRows(64)) => {
    lengths.length = 0;
    await (await tinyTrainer({ groupByLength }, { trainDataset: [...rows], dataCollator: collate })).train();
    assert.equal(lengths.flat().length, 64, "each row once");
    return lengths.map((batch) => Math.max(...batch) - Math.min(...batch)).reduce((a, b) => a + b);
  };
  const [apart, together] = [await run(false), await run(true)];
  assert.ok(together < 0.6 * apart, `${together} tokens of padding a row in all, ${apart} without`);
  assert.equal(lengths[0][0], 14, "the longest row comes first");
  const noColumn = tinyRows(64).map(({ input_ids: _, ...row }) => row);
  const trainer = await tinyTrainer({ groupByLength: true, removeUnusedColumns: false }, { trainDataset: noColumn });
  await assert.rejects(
    trainer.train(),
    /groupByLength needs the column "length" or "input_ids", and row 0 has neither/,
  );
  // a column of lengths is believed: with all alike nothing is sorted
  const alike = await run(true, tinyRows(64).map((row) => ({ ...row, length: 5 })));
  assert.ok(alike > together, `${alike} with lengths that are all alike`);
});

test("train() writes each line of its log to a file when reportTo is jsonl", () =>
  inFolder(async (outputDir) => {
    const lines = async (folder: string) =>
      (await Deno.readTextFile(join(folder, "trainer_log.jsonl"))).trimEnd().split("\n").map((line) =>
        JSON.parse(line)
      );
    const args = {
      outputDir,
      reportTo: "jsonl",
      loggingSteps: 1,
      evalStrategy: "epoch",
      saveStrategy: "steps",
      saveSteps: 2,
      numTrainEpochs: 2,
    } as const;
    const trainer = await tinyTrainer(args);
    await trainer.evaluate();
    assert.deepEqual(await lines(outputDir), trainer.state.logHistory);
    await trainer.train();
    assert.equal(trainer.state.logHistory.length, 13); // ten updates, two evaluations, the summary
    assert.deepEqual(await lines(outputDir), trainer.state.logHistory);

    const resumed = await tinyTrainer(args); // lines after its checkpoint come again, once
    await resumed.train({ resumeFromCheckpoint: join(outputDir, "checkpoint-4") });
    assert.deepEqual(await lines(outputDir), resumed.state.logHistory);
    assert.equal(resumed.state.logHistory.length, 13);

    const elsewhere = join(outputDir, "logs");
    await (await tinyTrainer({ reportTo: "jsonl", loggingDir: elsewhere, loggingSteps: 5 })).train();
    assert.deepEqual((await lines(elsewhere)).map((line) => line.step), [5, 5]);
  }));

test("train() follows arguments that were changed after the Trainer was made", async () => {
  const changed = await tinyTrainer({ seed: 1 });
  Object.assign(changed.args, { numTrainEpochs: 2, seed: 3, learningRate: 2e-2, loggingSteps: 5 });
  assert.equal((await changed.train()).globalStep, 10);
  const made = await tinyTrainer({ numTrainEpochs: 2, seed: 3, learningRate: 2e-2, loggingSteps: 5 });
  await made.train();
  assert.deepEqual(await parametersOf(changed), await parametersOf(made));
});

test("train() stops inside an epoch when evaluations every few batches no longer get better", async () => {
  const scores = [0.5, 0.6, 0.6, 0.55, 0.9];
  const trainer = await tinyTrainer({
    numTrainEpochs: 5,
    perDeviceTrainBatchSize: 2, // 20 batches an epoch
    evalStrategy: "steps",
    evalSteps: 3,
    metricForBestModel: "accuracy",
  }, {
    computeMetrics: () => ({ accuracy: scores.shift() ?? 0 }),
    callbacks: [new EarlyStoppingCallback({ earlyStoppingPatience: 2 })],
  });
  const { globalStep, interrupted } = await trainer.train();
  assert.deepEqual([globalStep, interrupted, trainer.state.epoch], [12, false, 0.6]);
  assert.deepEqual([trainer.state.bestMetric, trainer.state.bestGlobalStep], [0.6, 6]);
});

test("train() never takes NaN for the best when a metric is not a number", async () => {
  const scores = [NaN, 0.2, NaN, 0.1];
  const trainer = await tinyTrainer({ numTrainEpochs: 4, evalStrategy: "epoch", metricForBestModel: "pearson" }, {
    computeMetrics: () => ({ pearson: scores.shift() ?? 1 }),
  });
  await trainer.train();
  assert.deepEqual([trainer.state.bestMetric, trainer.state.bestGlobalStep], [0.2, 10]);
});

test("removeCallback() takes a callback out when it was added, and says so when it was not", async () => {
  let steps = 0;
  const counter = { onStepEnd: () => void steps++ };
  const trainer = await tinyTrainer({}, { callbacks: [counter] });
  trainer.removeCallback(counter);
  await trainer.train();
  assert.equal(steps, 0);
  assert.throws(() => trainer.removeCallback(counter), /removeCallback got Object, which was not added/);
});

test("train() begins without gradients when a backward() by hand left some", async () => {
  const model = await tinyModel();
  model.train().forward(pad(tinyRows(4))).loss?.backward();
  const left = await tinyTrainer({}, { model });
  await left.train();
  const none = await tinyTrainer();
  await none.train();
  assert.deepEqual(await parametersOf(left), await parametersOf(none));
});

test("computeMetrics gets logits and labels as typed arrays with shapes, by name and in order", async () => {
  let called = 0;
  const trainer = await tinyTrainer({}, {
    computeMetrics(prediction) {
      const [logits, labels] = prediction;
      assert.ok(logits.data instanceof Float32Array && labels.data instanceof Int32Array);
      assert.deepEqual([logits.shape, labels.shape], [[13, 2], [13]]);
      assert.deepEqual([prediction.predictions, prediction.labelIds], [logits, labels]);
      assert.deepEqual([...labels.data], tinyRows(13).map((row) => row.label));
      return { called: ++called };
    },
  });
  assert.equal((await trainer.evaluate(tinySet(13))).evalCalled, 1);
});
