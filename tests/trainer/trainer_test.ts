// What a Trainer does with data, events and arguments, on a tiny model on the CPU. Its arithmetic is held to PyTorch in
// train_curve_test.ts, checkpoints in checkpoint_test.ts.

import assert from "node:assert/strict";
import { DatasetDict } from "../../lib/data/mod.ts";
import { accuracyScore, argmax } from "../../lib/metrics/mod.ts";
import { AdamW, type Scheduler } from "../../lib/optim/mod.ts";
import { setSeed } from "../../lib/tensor/mod.ts";
import {
  EarlyStoppingCallback,
  type EvaluationRow,
  Trainer,
  TrainerCallback,
  type TrainerDisplay,
} from "../../lib/trainer/mod.ts";
import { deviceTest } from "../devices.ts";
import { pad, parametersOf, tinyModel, tinyRows, tinySet, tinyTrainer } from "./tiny.ts";

const test = (name: string, fn: () => Promise<void>) => deviceTest("cpu", name, fn);
const close = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);

test("train() learns what the rows hold when it has time", async () => {
  const trainer = await tinyTrainer({ numTrainEpochs: 15 }, {
    computeMetrics: ([logits, labels]) => ({ accuracy: accuracyScore(labels, argmax(logits)) }),
  });
  await trainer.train();
  const { evalAccuracy, evalLoss } = await trainer.evaluate();
  assert.ok(evalAccuracy > 0.9 && evalLoss < 0.4, `accuracy ${evalAccuracy}, loss ${evalLoss}`);
});

test("evaluate() gives the same numbers in the same order when the batch size changes", async () => {
  const model = await tinyModel();
  const run = async (perDeviceEvalBatchSize: number) => {
    const trainer = await tinyTrainer({ perDeviceEvalBatchSize }, { model });
    return await trainer.predict(tinySet(13));
  };
  const [one, five, all] = [await run(1), await run(5), await run(64)];
  assert.deepEqual(one.predictions.shape, [13, 2]);
  assert.deepEqual([...one.labelIds?.data ?? []], tinyRows(13).map((row) => row.label));
  for (const other of [five, all]) {
    one.predictions.data.forEach((logit, i) => close(other.predictions.data[i], logit, 1e-6));
    close(other.metrics.testLoss, one.metrics.testLoss, 1e-6);
  }
});

test("evaluate() turns dropout off and puts it back when it is called while training", async () => {
  const seen: boolean[] = [];
  const trainer = await tinyTrainer({ evalStrategy: "epoch", numTrainEpochs: 2 });
  trainer.addCallback({ onEvaluate: (_args, _state, _control, { model }) => void seen.push(model.training) });
  trainer.addCallback({ onStepBegin: (_args, _state, _control, { model }) => assert.ok(model.training) });
  const before = (await trainer.evaluate()).evalLoss;
  assert.equal((await trainer.evaluate()).evalLoss, before);
  trainer.model.eval();
  await trainer.evaluate();
  assert.equal(trainer.model.training, false);
  await trainer.train();
  assert.equal(seen.length, 5);
  assert.equal(trainer.model.training, false);
});

test("train() gives the same parameters when it is run again with its seed, others with another", async () => {
  const run = async (seed: number, before: number) => {
    const model = await tinyModel();
    setSeed(before); // what was drawn before must not matter
    const trainer = await tinyTrainer({ seed }, { model });
    await trainer.train();
    return await parametersOf(trainer);
  };
  const first = await run(1, 5);
  assert.deepEqual(await run(1, 6), first);
  assert.notDeepEqual(await run(2, 5), first);
});

test("train() makes the update of a large batch when gradients are accumulated", async () => {
  const run = async (perDeviceTrainBatchSize: number, gradientAccumulationSteps: number) => {
    const model = await tinyModel({ hidden_dropout_prob: 0, attention_probs_dropout_prob: 0 });
    const args = {
      perDeviceTrainBatchSize,
      gradientAccumulationSteps,
      loggingSteps: 1,
      learningRate: 1e-3,
      maxSteps: 3,
    };
    const trainer = await tinyTrainer(args, { model, trainDataset: tinySet(24) });
    await trainer.train();
    return { parameters: await parametersOf(trainer), log: trainer.state.logHistory };
  };
  const [whole, parts] = [await run(8, 1), await run(2, 4)];
  assert.equal(parts.log.length, whole.log.length);
  whole.parameters.forEach((value, i) => close(parts.parameters[i], value, 1e-5));
  whole.log.slice(0, 3).forEach(({ loss }, i) => close(parts.log[i].loss, loss, 1e-5));
});

test("train() counts steps as Transformers does when epochs are fractions, batches are dropped or maxSteps is given", async () => {
  const steps = async (args: Parameters<typeof tinyTrainer>[0], rows = 21) => {
    const trainer = await tinyTrainer(args, { trainDataset: tinySet(rows) });
    const { globalStep } = await trainer.train();
    return [globalStep, trainer.state.epoch];
  };
  assert.deepEqual(await steps({}), [3, 1]);
  assert.deepEqual(await steps({ dataloaderDropLast: true }), [2, 1]);
  assert.deepEqual(await steps({ numTrainEpochs: 1.5 }), [5, 1 + 2 / 3]);
  assert.deepEqual(await steps({ maxSteps: 7 }), [7, 2 + 1 / 3]);
  // three batches in updates of two: the last update of an epoch has one
  assert.deepEqual(await steps({ gradientAccumulationSteps: 2, numTrainEpochs: 2 }), [4, 2]);
});

test("train() logs, evaluates and tells of each event in order when the arguments ask for it", async () => {
  const events: string[] = [];
  const names = [
    "onTrainBegin",
    "onEpochBegin",
    "onStepBegin",
    "onSubstepEnd",
    "onPreOptimizerStep",
    "onOptimizerStep",
    "onStepEnd",
    "onLog",
    "onEvaluate",
    "onEpochEnd",
    "onTrainEnd",
  ] as const;
  const recorder = Object.fromEntries(names.map((name) => [name, () => void events.push(name.slice(2))]));
  const trainer = await tinyTrainer(
    { gradientAccumulationSteps: 2, loggingSteps: 2, loggingFirstStep: true, evalStrategy: "epoch" },
    { trainDataset: tinySet(24), callbacks: [recorder] },
  );
  await trainer.train();
  const step = "StepBegin SubstepEnd PreOptimizerStep OptimizerStep StepEnd Log";
  const last = "StepBegin PreOptimizerStep OptimizerStep StepEnd Log";
  assert.equal(events.join(" "), `TrainBegin EpochBegin ${step} ${last} EpochEnd Log Evaluate Log TrainEnd`);
  const keys = trainer.state.logHistory.map((entry) => Object.keys(entry).join(" "));
  const training = "loss gradNorm learningRate epoch step";
  assert.deepEqual(keys, [
    training,
    training,
    "evalLoss evalRuntime evalSamplesPerSecond evalStepsPerSecond epoch step",
    "trainRuntime trainSamplesPerSecond trainStepsPerSecond trainLoss epoch step",
  ]);
});

test("train() logs the mean loss since the last log when several steps lie between", async () => {
  const run = async (loggingSteps: number) => {
    const trainer = await tinyTrainer({ loggingSteps, maxSteps: 4 });
    await trainer.train();
    return trainer.state.logHistory.flatMap((entry) => entry.loss ?? []);
  };
  const each = await run(1), pairs = await run(2);
  assert.equal(pairs.length, 2);
  pairs.forEach((loss, i) => close(loss, (each[2 * i] + each[2 * i + 1]) / 2, 1e-6));
});

test("train() stops early when the metric no longer gets better", async () => {
  const trainer = await tinyTrainer({ numTrainEpochs: 9, evalStrategy: "epoch", metricForBestModel: "score" }, {
    callbacks: [new EarlyStoppingCallback({ earlyStoppingPatience: 2 })],
    computeMetrics: () => ({
      score: [1, 3, 2, 3, 4][trainer.state.logHistory.filter((entry) => "evalScore" in entry).length],
    }),
  });
  const { globalStep } = await trainer.train();
  assert.deepEqual([globalStep, trainer.state.epoch, trainer.state.bestMetric, trainer.state.bestGlobalStep], [
    20,
    4,
    3,
    10,
  ]);
  const unset = await tinyTrainer({}, { callbacks: [new EarlyStoppingCallback()] });
  await assert.rejects(unset.train(), /EarlyStoppingCallback: it follows metricForBestModel at each evaluation/);
});

test("train() lowers the rate on a plateau when the schedule follows the evaluation", async () => {
  const rates: number[] = [];
  const trainer = await tinyTrainer(
    {
      numTrainEpochs: 4,
      evalStrategy: "epoch",
      lrSchedulerType: "reduce_lr_on_plateau",
      lrSchedulerKwargs: { patience: 0, factor: 0.5 },
      metricForBestModel: "score",
    },
    {
      computeMetrics: () => ({ score: 1 - rates.length }),
      callbacks: [{
        onEpochEnd: (_args, _state, _control, { lrScheduler }) => void rates.push(...lrScheduler?.getLastLr() ?? []),
      }],
    },
  );
  await trainer.train(); // a score that falls where more is better: every epoch after the first is a bad one
  assert.deepEqual([...new Set(rates)], [0.01, 0.005, 0.0025]);
});

test("train() uses the optimizer, the schedule and the loss that it is given", async () => {
  const model = await tinyModel();
  let steps = 0;
  const schedule: Scheduler = {
    step: () => void steps++,
    getLastLr: () => [0.5],
    stateDict: () => ({}),
    loadStateDict: () => {},
  };
  class Doubled extends Trainer {
    override computeLoss(batch: Parameters<Trainer["computeLoss"]>[0]) {
      const output = super.computeLoss(batch);
      return { ...output, loss: output.loss?.scale(2) };
    }
  }
  const plain = await tinyTrainer({}, { model });
  const { trainDataset, evalDataset, dataCollator, args } = plain;
  const sets = { model, args, trainDataset, evalDataset, dataCollator };
  const doubled = new Doubled({ ...sets, optimizers: [new AdamW(model.parameters(), { lr: 0 }), schedule] });
  close((await doubled.evaluate()).evalLoss, 2 * (await plain.evaluate()).evalLoss, 1e-6);
  const before = await parametersOf(plain);
  await doubled.train();
  assert.equal(steps, 5);
  assert.deepEqual(await parametersOf(plain), before, "a rate of 0 changes nothing");
});

test("train() spreads the target over the classes when labels are smoothed", async () => {
  const model = await tinyModel();
  const [plain, smooth] = [
    await tinyTrainer({}, { model }),
    await tinyTrainer({ labelSmoothingFactor: 0.2 }, { model }),
  ];
  const { predictions: { data: logits } } = await plain.predict(tinySet(1));
  const logSum = Math.log(Math.exp(logits[0]) + Math.exp(logits[1]));
  const { label } = tinyRows(1)[0];
  const expected = 0.9 * (logSum - logits[label]) + 0.1 * (logSum - logits[1 - label]);
  close((await smooth.evaluate(tinySet(1))).evalLoss, expected, 1e-6);
});

test("train() shows each step, its loss where it is logged, and a row an evaluation when it has a display", async () => {
  const shown: string[] = [], rows: EvaluationRow[] = [];
  const display: TrainerDisplay = {
    onBegin: (total, first) => void shown.push(`begin ${total} ${first}`),
    onStep: (step, loss) => void shown.push(`${step}${loss === undefined ? "" : " loss"}`),
    onEvaluate: (row) => void (rows.push(row), shown.push("row")),
    onEnd: () => Promise.resolve(void shown.push("end")),
  };
  const trainer = await tinyTrainer({ maxSteps: 4, evalStrategy: "steps", evalSteps: 2, loggingSteps: 3 }, {
    display,
    computeMetrics: () => ({ exact_match: 0.5 }),
  });
  await trainer.train();
  assert.deepEqual(shown, [
    "begin 4 0",
    "1",
    "2",
    "row",
    "3 loss",
    "4",
    "row",
    "end",
  ]);
  assert.deepEqual(
    rows.map((row) => Object.keys(row).join(" ")),
    Array(2).fill("step epoch trainingLoss validationLoss exactMatch"),
  );
  assert.deepEqual([rows[1].step, rows[1].epoch, rows[1].exactMatch], [4, 0.8, 0.5]);
});

test("train() keeps the model and says so when it is interrupted", async () => {
  const stop = new AbortController();
  const trainer = await tinyTrainer({ numTrainEpochs: 50, loggingSteps: 1 });
  trainer.addCallback({ onStepEnd: (_args, state) => void (state.globalStep === 7 && stop.abort()) });
  const before = await parametersOf(trainer);
  const output = await trainer.train({ signal: stop.signal });
  assert.deepEqual([output.interrupted, output.globalStep], [true, 7]);
  assert.equal(trainer.state.logHistory.filter((entry) => "loss" in entry).length, 7);
  assert.notDeepEqual(await parametersOf(trainer), before);
  assert.equal(trainer.model.training, false);
  assert.equal(typeof (await trainer.evaluate()).evalLoss, "number");
  await assert.rejects(trainer.evaluate(undefined, { signal: stop.signal }), /the evaluation was stopped after 0 rows/);
});

test("train() hears of an interrupt when its epochs are short", async () => {
  const stop = new AbortController();
  const trainer = await tinyTrainer({ numTrainEpochs: 100 });
  setTimeout(() => stop.abort(), 0); // fires only if the loop lets the event loop run
  assert.equal((await trainer.train({ signal: stop.signal })).interrupted, true);
});

test("train() ends its display and hands an error on when a callback throws", async () => {
  let isEnded = false;
  class Failing extends TrainerCallback {
    override onStepEnd = () => Promise.reject(new Error("my callback"));
  }
  const display = { onBegin() {}, onStep() {}, onEvaluate() {}, onEnd: () => Promise.resolve(void (isEnded = true)) };
  const trainer = await tinyTrainer({}, { callbacks: [new Failing()], display });
  await assert.rejects(trainer.train(), /my callback/);
  assert.ok(isEnded);
});

test("predict() gives predictions without a score when labels are hidden", async () => {
  const hidden = tinyRows(6).map((row) => ({ ...row, label: -1 }));
  const trainer = await tinyTrainer({}, { computeMetrics: () => assert.fail("there is nothing to compare with") });
  const { predictions, labelIds, metrics } = await trainer.predict(hidden);
  assert.deepEqual([predictions.shape, [...labelIds?.data ?? []]], [[6, 2], [-1, -1, -1, -1, -1, -1]]);
  assert.deepEqual(Object.keys(metrics), ["testRuntime", "testSamplesPerSecond", "testStepsPerSecond"]);
});

test("train() and evaluate() refuse data before the first step when it cannot be learned from", async () => {
  const labelled = (label: number) => tinyRows(4).map((row) => ({ ...row, label }));
  const texts = [{ sentence: "a", label: 1 }];
  const trainer = await tinyTrainer({ evalStrategy: "epoch" });
  await assert.rejects(trainer.evaluate(labelled(-1)), {
    name: "RangeError",
    message: `Trainer: evalDataset has labels -1 (GLUE's hidden test split); evaluate on "validation" instead.`,
  });
  await assert.rejects(
    trainer.evaluate(labelled(5)),
    /evalDataset has the label 5, but the model has numLabels 2 \(labels 0 to 1\)/,
  );
  await assert.rejects(trainer.predict(labelled(5)), /label 5 is outside the 2 classes; labels go from 0 to 1/);
  await assert.rejects(
    trainer.evaluate(texts),
    /none of the columns sentence, label is taken by BertForSequenceClassification/,
  );
  await assert.rejects(trainer.evaluate([]), /the set has no rows/);
  const splits = new DatasetDict({ train: tinySet(4), validation: tinySet(4) });
  const evaluateSplits = () => Reflect.apply(trainer.evaluate, trainer, [splits]); // as untyped code calls it
  await assert.rejects(evaluateSplits, /this has train, validation; give one split, such as data.train/);

  const train = async (options: Parameters<typeof tinyTrainer>[1], args = {}) => {
    const begun = { onTrainBegin: () => assert.fail("training began") };
    return await (await tinyTrainer({ evalStrategy: "epoch", ...args }, { callbacks: [begun], ...options })).train();
  };
  const { train: set } = tinySet(8).trainTestSplit({ testSize: 4 });
  const bad = set.removeColumns("label").addColumn("label", [0, 1, 2, 0]);
  await assert.rejects(train({ trainDataset: bad }), /trainDataset has the label 2 in row 2/);
  await assert.rejects(train({ evalDataset: bad }), /evalDataset has the label 2 in row 2/);
  await assert.rejects(train({ trainDataset: undefined }), /there is no trainDataset/);
  await assert.rejects(train({ evalDataset: undefined }), /evalStrategy is "epoch" but there is no evalDataset/);
  await assert.rejects(
    train({ trainDataset: tinySet(4) }, { dataloaderDropLast: true }),
    /trainDataset has no full batch of 8 rows/,
  );

  const bare = tinyRows(8).map(({ label: _, ...row }) => row);
  const unlabelled = await tinyTrainer({}, {
    trainDataset: bare,
    dataCollator: (rows) => ({ ...pad(rows), labels: undefined! }),
  });
  await assert.rejects(unlabelled.train(), /gave no loss for a batch of .*trainDataset needs a column "labels"/);
  const best = await tinyTrainer({ evalStrategy: "epoch", metricForBestModel: "f1" });
  await assert.rejects(best.train(), /metricForBestModel "f1" is not among the metrics evalLoss/);
});

test("Trainer names the nearest option when one is unknown", async () => {
  const make = (options: object) => () => Reflect.construct(Trainer, [options]); // as untyped code calls it
  assert.throws(
    make({ model: await tinyModel(), train_dataset: [] }),
    /unknown option "train_dataset"; did you mean "trainDataset"/,
  );
  assert.throws(make({}), /Trainer: there is no model/);
});

test("train() hands the model only what it takes when rows hold more", async () => {
  const seen = new Set<string>();
  const rows = tinyRows(8).map((row) => ({ ...row, sentence: "text", idx: 3 }));
  const collate = (picked: Parameters<typeof pad>[0]) => {
    picked.forEach((row) => Object.keys(row).forEach((name) => seen.add(name)));
    return pad(picked);
  };
  await (await tinyTrainer({}, { trainDataset: rows, dataCollator: collate })).train();
  assert.deepEqual([...seen].sort(), ["attention_mask", "input_ids", "label"]);
  await (await tinyTrainer({ removeUnusedColumns: false }, { trainDataset: rows, dataCollator: collate })).train();
  assert.ok(seen.has("sentence"));
});

test("train() makes batches by itself when rows are padded already and no collator is given", async () => {
  const rows = tinyRows(16).map((row) => ({ ...row, input_ids: row.input_ids.slice(0, 3), attention_mask: [1, 1, 1] }));
  const trainer = await tinyTrainer({}, { trainDataset: rows, dataCollator: undefined });
  assert.equal((await trainer.train()).globalStep, 2);
});
