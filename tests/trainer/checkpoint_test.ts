// Checkpoints: complete or absent, and a run that goes on from one ends with the same bits as one that never stopped (on the CPU).

import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { AutoModelForSequenceClassification } from "../../lib/models/mod.ts";
import { EarlyStoppingCallback, type TrainerOptions, type TrainingOptions } from "../../lib/trainer/mod.ts";
import { deviceTest } from "../devices.ts";
import { inFolder, parametersOf, tinyModel, tinySet, tinyTrainer } from "./tiny.ts";

const test = (name: string, fn: (folder: string) => Promise<void>) => deviceTest("cpu", name, () => inFolder(fn));

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) names.push(entry.name);
  return names.sort();
}

/** Runs to the end in one go, and again in pieces that stop after the given steps; both must end alike. */
async function assertSameAfterStops(
  folder: string,
  args: Partial<TrainingOptions>,
  stops: readonly number[],
  options: () => Partial<TrainerOptions> = () => ({}),
): Promise<void> {
  const whole = await tinyTrainer({ ...args, outputDir: join(folder, "whole") }, options());
  await whole.train();
  const outputDir = join(folder, "pieces");
  for (const stop of stops) {
    const controller = new AbortController();
    const piece = await tinyTrainer({ ...args, outputDir }, options());
    piece.addCallback({ onStepEnd: (_args, state) => void (state.globalStep === stop && controller.abort()) });
    const { interrupted } = await piece.train({ resumeFromCheckpoint: stop !== stops[0], signal: controller.signal });
    assert.ok(interrupted, `stopped at ${stop}`);
  }
  const last = await tinyTrainer({ ...args, outputDir }, options());
  await last.train({ resumeFromCheckpoint: true });
  assert.deepEqual(await parametersOf(last), await parametersOf(whole));
  assert.deepEqual(comparable(last.state.logHistory), comparable(whole.state.logHistory));
  assert.deepEqual(await namesIn(outputDir), await namesIn(join(folder, "whole")));
}

/** The log without times. */
function comparable(log: readonly Readonly<Record<string, number>>[]): unknown[] {
  return log.map((entry) =>
    Object.fromEntries(Object.entries(entry).filter(([name]) => !/Runtime|PerSecond/.test(name)))
  );
}

test("train() ends with the same parameters and log when it is stopped and resumed inside epochs", async (folder) => {
  const args = {
    numTrainEpochs: 3,
    saveStrategy: "steps",
    saveSteps: 2,
    loggingSteps: 3,
    warmupSteps: 2,
    weightDecay: 0.01,
  } as const;
  await assertSameAfterStops(folder, args, [3, 7, 8]);
});

test("train() ends with the same parameters when it is resumed with accumulation, evaluation and a plateau", async (folder) => {
  const args = {
    numTrainEpochs: 4,
    perDeviceTrainBatchSize: 4,
    gradientAccumulationSteps: 3,
    saveStrategy: "steps",
    saveSteps: 4, // the last step of each epoch: the checkpoint is older than the epoch's evaluation
    evalStrategy: "epoch",
    lrSchedulerType: "reduce_lr_on_plateau",
    lrSchedulerKwargs: { patience: 0, factor: 0.5, threshold: 0.5 },
  } as const;
  await assertSameAfterStops(folder, args, [5, 10]);
});

test("train() stops where it would have stopped when early stopping spans a resume", async (folder) => {
  const args = {
    numTrainEpochs: 6,
    evalStrategy: "epoch",
    saveStrategy: "epoch",
    learningRate: 0,
    metricForBestModel: "loss",
  } as const;
  const callbacks = () => ({ callbacks: [new EarlyStoppingCallback({ earlyStoppingPatience: 2 })] });
  await assertSameAfterStops(folder, args, [12], callbacks); // one evaluation without gain lies before, one after
  const finished = await tinyTrainer({ ...args, outputDir: join(folder, "whole") }, callbacks());
  assert.equal((await finished.train({ resumeFromCheckpoint: true })).globalStep, 15, "a run that was over stays over");
});

test("train() goes on when a finished run is resumed with more epochs", async (folder) => {
  const args = { saveStrategy: "epoch", outputDir: folder, lrSchedulerType: "constant" } as const;
  const whole = await tinyTrainer({ ...args, numTrainEpochs: 2, saveStrategy: "no" });
  await whole.train();
  await (await tinyTrainer({ ...args, numTrainEpochs: 1 })).train();
  const longer = await tinyTrainer({ ...args, numTrainEpochs: 2 });
  assert.equal((await longer.train({ resumeFromCheckpoint: join(folder, "checkpoint-5") })).globalStep, 10);
  assert.deepEqual(await parametersOf(longer), await parametersOf(whole));
});

test("train() starts anew and says so when there is no checkpoint yet", async (folder) => {
  const said: string[] = [], log = console.log;
  console.log = (text: string) => void said.push(text);
  try {
    const trainer = await tinyTrainer({ outputDir: join(folder, "new") });
    assert.equal((await trainer.train({ resumeFromCheckpoint: true })).globalStep, 5);
  } finally {
    console.log = log;
  }
  assert.deepEqual(said, [`Trainer: there is no checkpoint in ${join(folder, "new")} yet; training starts anew.`]);
});

test("a checkpoint opens with fromPretrained when it is complete", async (folder) => {
  const trainer = await tinyTrainer({ outputDir: folder, saveStrategy: "epoch" });
  await trainer.train();
  const checkpoint = join(folder, "checkpoint-5");
  assert.deepEqual(await namesIn(checkpoint), [
    "config.json",
    "model.safetensors",
    "optimizer.safetensors",
    "trainer_state.json",
  ]);
  const model = await AutoModelForSequenceClassification.fromPretrained(checkpoint);
  assert.deepEqual(await parametersOf({ model }), await parametersOf(trainer));
  await trainer.saveModel(join(folder, "saved"));
  assert.deepEqual(await namesIn(join(folder, "saved")), ["config.json", "model.safetensors"]);
});

test("train() keeps the best and the last checkpoint when there is a limit, and ends with the best", async (folder) => {
  const scores = [1, 5, 2, 3];
  const weights: number[][] = [];
  const trainer = await tinyTrainer({
    outputDir: folder,
    numTrainEpochs: 4,
    evalStrategy: "epoch",
    saveStrategy: "epoch",
    saveTotalLimit: 1,
    loadBestModelAtEnd: true,
    metricForBestModel: "eval_my_score",
  }, {
    computeMetrics: async () => {
      weights.push(await parametersOf({ model: trainer.model }));
      return { my_score: scores[weights.length - 1] };
    },
  });
  await trainer.train();
  assert.deepEqual(await namesIn(folder), ["checkpoint-10", "checkpoint-20"]);
  const { bestMetric, bestGlobalStep, bestModelCheckpoint } = trainer.state;
  assert.deepEqual([bestMetric, bestGlobalStep, basename(bestModelCheckpoint ?? "")], [5, 10, "checkpoint-10"]);
  assert.deepEqual(await parametersOf(trainer), weights[1]);
});

test("train() saves the best only when saveStrategy says so", async (folder) => {
  const scores = [3, 1, 4];
  const trainer = await tinyTrainer({
    outputDir: folder,
    numTrainEpochs: 3,
    evalStrategy: "epoch",
    saveStrategy: "best",
    metricForBestModel: "score",
  }, { computeMetrics: () => ({ score: scores.shift() ?? 0 }) });
  await trainer.train();
  assert.deepEqual(await namesIn(folder), ["checkpoint-15", "checkpoint-5"]);
});

test("train() leaves older checkpoints alone when a new one cannot be written", async (folder) => {
  let saves = 0;
  const processingClass = {
    pad: () => assert.fail("a collator was given"),
    savePretrained: () => ++saves > 1 ? Promise.reject(new Error("no space left on device")) : Promise.resolve(),
  };
  const trainer = await tinyTrainer({ outputDir: folder, saveStrategy: "steps", saveSteps: 2, saveTotalLimit: 1 }, {
    processingClass,
  });
  await assert.rejects(
    trainer.train(),
    /checkpoint-4 could not be written; older ones are untouched: no space left on device/,
  );
  assert.deepEqual(await namesIn(folder), ["checkpoint-2"]);
});

test("train() clears away what a killed run left half written, and nothing else", async (folder) => {
  await Deno.mkdir(join(folder, ".checkpoint-3.123.incomplete"));
  await Deno.mkdir(join(folder, "checkpoint-notes"));
  await (await tinyTrainer({ outputDir: folder, saveStrategy: "epoch" })).train();
  assert.deepEqual(await namesIn(folder), ["checkpoint-5", "checkpoint-notes"]);
});

test("train() names what does not fit when a checkpoint is of another run", async (folder) => {
  const args = { outputDir: folder, saveStrategy: "epoch" } as const;
  await (await tinyTrainer(args)).train();
  const resume = { resumeFromCheckpoint: true };
  const otherData = await tinyTrainer({ ...args, perDeviceTrainBatchSize: 4 });
  await assert.rejects(
    otherData.train(resume),
    /was made with 5 updates an epoch, this run has 10; resume with the same data/,
  );
  const otherModel = await tinyTrainer(args, { model: await tinyModel({ num_hidden_layers: 2 }) });
  await assert.rejects(otherModel.train(resume), /groups of .* parameters and this optimizer of/);
  const missing = await tinyTrainer(args);
  await assert.rejects(
    missing.train({ resumeFromCheckpoint: join(folder, "checkpoint-9") }),
    /checkpoint-9 has no trainer_state.json/,
  );
  await (await tinyTrainer({ ...args, outputDir: join(folder, "bare"), saveOnlyModel: true })).train();
  const bare = await tinyTrainer({ ...args, outputDir: join(folder, "bare") });
  await assert.rejects(bare.train(resume), /cannot be resumed from; name one that was saved without saveOnlyModel/);
});

test("the log of a resumed run is whole when it was saved and read again", async (folder) => {
  const args = {
    outputDir: folder,
    saveStrategy: "epoch",
    numTrainEpochs: 2,
    loggingSteps: 2,
    evalStrategy: "epoch",
  } as const;
  const trainer = await tinyTrainer(args, { evalDataset: tinySet(3) });
  await trainer.train();
  const state = JSON.parse(await Deno.readTextFile(join(folder, "checkpoint-10", "trainer_state.json")));
  assert.deepEqual(state.state.logHistory, trainer.state.logHistory.slice(0, -1)); // all but the summary of the whole run
});
