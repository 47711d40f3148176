// Arguments of a run: Transformers 4.57's defaults, and what wrong ones are told.

import assert from "node:assert/strict";
import { TrainingArguments } from "../../lib/trainer/mod.ts";
import { absentOptions } from "../../lib/trainer/training_options.ts";
import fixture from "../fixtures/trainer.json" with { type: "json" };

const given = (options: object) => () => Reflect.construct(TrainingArguments, [options]); // as untyped code calls it

const theirs: Readonly<Record<string, unknown>> = fixture.defaults;
const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

Deno.test("TrainingArguments has Transformers' defaults when nothing is given", () => {
  const ours = {
    outputDir: "trainer_output", // theirs is set after the fields are read
    lrSchedulerKwargs: {}, // theirs is None, and {} soon after
    reportTo: "none", // theirs is every service that is installed
  };
  const { ...made } = new TrainingArguments();
  assert.ok(Object.keys(made).length >= 40);
  for (const [name, value] of Object.entries(made)) {
    if (name in ours) continue;
    assert.ok(snakeCase(name) in theirs, `${name} is no option of theirs`);
    assert.deepEqual(value ?? null, theirs[snakeCase(name)], name);
  }
  assert.deepEqual({ ...made, ...ours }, made);
});

Deno.test("TrainingArguments takes an absent option when its value is Transformers' default", () => {
  for (const [name, { harmless }] of Object.entries(absentOptions)) {
    if (name === "disableTqdm") continue; // theirs follows the log level
    assert.equal(harmless ?? null, theirs[snakeCase(name)], name);
    given({ [name]: harmless })();
  }
});

Deno.test("TrainingArguments fills in what follows from other options when it is made", () => {
  assert.equal(new TrainingArguments({ evalStrategy: "steps", loggingSteps: 20 }).evalSteps, 20);
  assert.equal(new TrainingArguments({ evalStrategy: "steps", evalSteps: 7, loggingSteps: 20 }).evalSteps, 7);
  const best = { evalStrategy: "epoch", saveStrategy: "epoch", loadBestModelAtEnd: true } as const;
  const byLoss = new TrainingArguments(best);
  assert.deepEqual([byLoss.metricForBestModel, byLoss.greaterIsBetter], ["loss", false]);
  assert.equal(new TrainingArguments({ ...best, metricForBestModel: "evalLoss" }).greaterIsBetter, false);
  assert.equal(new TrainingArguments({ ...best, metricForBestModel: "matthewsCorrelation" }).greaterIsBetter, true);
  assert.equal(new TrainingArguments({ learningRate: undefined }).learningRate, 5e-5);
});

Deno.test("TrainingArguments fills in again what follows from options when these were changed", () => {
  const args = new TrainingArguments({ evalStrategy: "steps", loadBestModelAtEnd: true, saveStrategy: "steps" });
  assert.deepEqual([args.evalSteps, args.metricForBestModel, args.greaterIsBetter], [500, "loss", false]);
  args.loggingSteps = 100;
  args.metricForBestModel = "accuracy";
  args.check();
  assert.deepEqual([args.evalSteps, args.metricForBestModel, args.greaterIsBetter], [100, "accuracy", true]);
  args.evalSteps = 250;
  args.greaterIsBetter = false;
  args.loggingSteps = 10;
  args.check();
  assert.deepEqual([args.evalSteps, args.metricForBestModel, args.greaterIsBetter], [250, "accuracy", false]);
  args.loadBestModelAtEnd = false;
  args.metricForBestModel = undefined;
  args.lrSchedulerType = "reduce_lr_on_plateau";
  args.greaterIsBetter = undefined;
  args.check();
  assert.deepEqual([args.metricForBestModel, args.greaterIsBetter], ["loss", false], "a plateau follows the loss");
});

Deno.test("TrainingArguments takes the warm-up steps first when a share is given too", () => {
  assert.equal(new TrainingArguments({ warmupRatio: 0.1 }).warmupStepsOf(95), 10);
  assert.equal(new TrainingArguments({ warmupRatio: 0.1, warmupSteps: 3 }).warmupStepsOf(95), 3);
});

Deno.test("TrainingArguments names the nearest option when one is unknown", () => {
  assert.throws(given({ learning_rate: 1 }), /unknown option "learning_rate"; did you mean "learningRate"/);
  assert.throws(given({ numEpochs: 1 }), /unknown option "numEpochs"; did you mean "numTrainEpochs"/);
  assert.throws(given({ evaluationStrategy: "epoch" }), /did you mean "evalStrategy"/);
});

Deno.test("TrainingArguments says what to do when an option of Transformers is not there", () => {
  assert.throws(given({ pushToHub: true }), /pushToHub true is not there; nothing is uploaded from here/);
  assert.throws(given({ fp16: true }), /fp16 true is not there; training runs in float32/);
  for (const reportTo of ["wandb", "tensorboard", "all"]) {
    assert.throws(given({ reportTo }), new RegExp(`reportTo is "${reportTo}"; it must be "none" or "jsonl", a file`));
  }
  assert.throws(given({ resumeFromCheckpoint: true }), /give it to train\(\{ resumeFromCheckpoint: true \}\)/);
  given({ pushToHub: false, fp16: false, reportTo: "none", dataloaderNumWorkers: 0 })(); // what changes nothing may be said
});

Deno.test("TrainingArguments names the value and the rule when one is out of its range", () => {
  assert.throws(
    given({ perDeviceTrainBatchSize: 0 }),
    /perDeviceTrainBatchSize is 0; it must be a whole number from 1/,
  );
  assert.throws(given({ learningRate: "2e-5" }), /learningRate is "2e-5"; it must be a number/);
  assert.throws(given({ learningRate: NaN }), /learningRate is NaN; it must be a number/);
  assert.throws(given({ evalStrategy: "epochs" }), /evalStrategy is "epochs"; it must be one of no, steps, epoch/);
  assert.throws(given({ lrSchedulerType: "linea" }), /lrSchedulerType is "linea"; it must be one of constant/);
  assert.throws(given({ weightDecay: -1 }), /weightDecay is -1; it must be 0 or more/);
  assert.throws(given({ adamBeta1: 1 }), /adamBeta1 is 1; it must be 0 or more and below 1/);
  assert.throws(given({ loggingSteps: 2.5 }), /loggingSteps is 2.5; it must be a whole number of steps/);
  assert.throws(given({ warmupRatio: 2 }), /warmupRatio is 2; it must lie between 0 and 1/);
  assert.throws(given({ numTrainEpochs: 0 }), /numTrainEpochs is 0; it must be above 0/);
  assert.throws(given({ seed: 1.5 }), /seed is 1.5; it must be a whole number/);
  assert.throws(given({ loggingSteps: 0 }), /loggingSteps is 0; it must be above 0/);
});

Deno.test("TrainingArguments refuses options that contradict each other when it is made and when it is checked again", () => {
  const epoch = { evalStrategy: "epoch", loadBestModelAtEnd: true } as const;
  assert.throws(given(epoch), /evalStrategy "epoch" and saveStrategy "steps" must be the same/);
  const steps = { evalStrategy: "steps", evalSteps: 4, loadBestModelAtEnd: true } as const;
  assert.throws(given({ ...steps, saveSteps: 6 }), /saveSteps is 6; .* multiple of evalSteps \(4\)/);
  given({ ...steps, saveSteps: 8 })();
  given({ ...steps, evalSteps: 0.05, saveSteps: 0.1 })();
  assert.throws(given({ lrSchedulerType: "reduce_lr_on_plateau" }), /follows evaluations; use "steps" or "epoch"/);
  assert.throws(given({ saveStrategy: "best" }), /needs metricForBestModel/);
  const args = new TrainingArguments();
  args.numTrainEpochs = 2;
  args.check();
  args.learningRate = -1;
  assert.throws(() => args.check(), /learningRate is -1/);
  Object.assign(args, { learningRate: 1, learningrate: 2 });
  assert.throws(() => args.check(), /unknown option "learningrate"; did you mean "learningRate"/);
});
