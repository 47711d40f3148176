// One fine-tuning from settings to a record: what every measurement of the lessons is.

import { availableParallelism, cpus } from "node:os";
import {
  accuracyScore,
  argmax,
  AutoConfig,
  AutoModelForSequenceClassification,
  AutoTokenizer,
  confusionMatrix,
  type Dataset,
  device,
  type EvalPrediction,
  f1Score,
  layersOf,
  matthewsCorrcoef,
  type MeasuredRun,
  type Row,
  setSeed,
  Trainer,
  TrainingArguments,
} from "lib";
import { adapt } from "./adapt.ts";
import { partsOf } from "./parts.ts";
import { type FineTuning, identityOf } from "./plan.ts";

/** Trains, evaluating on `validation` after each epoch, and gives the record. */
export async function fineTune(setting: FineTuning): Promise<MeasuredRun> {
  const { text, maxLength, checkpoint, recipe, adaptation, seed } = setting;
  const { dataset: name, ...identity } = identityOf(setting);
  const tokenizer = await AutoTokenizer.fromPretrained(checkpoint);
  const tokenize = (split: Dataset) =>
    split.map((rows: Row) => tokenizer(rows[text], { truncation: true, maxLength }), { batched: true });
  const parts = await partsOf(setting);
  const [train, validation] = [await tokenize(parts.train), await tokenize(parts.validation)];

  const start = adaptation ? await adapt(setting, adaptation) : checkpoint;
  setSeed(seed);
  const id2label = Object.fromEntries(classesOf(train, validation).map((label) => [label, String(label)]));
  const model = setting.isRandom
    ? await AutoModelForSequenceClassification.fromConfig({ ...await AutoConfig.fromPretrained(start), id2label })
    : await AutoModelForSequenceClassification.fromPretrained(start, { id2label });
  if (setting.isFrozen) {
    model.freeze();
    for (const name of layersOf(model)[0]) model.unfreeze(name);
  }
  const trainer = new Trainer({
    model,
    args: new TrainingArguments({
      ...recipe,
      outputDir: "out/results", // nothing is saved
      perDeviceEvalBatchSize: 64,
      evalStrategy: "epoch",
      saveStrategy: "no",
      seed,
    }),
    trainDataset: train,
    evalDataset: validation,
    processingClass: tokenizer,
    computeMetrics: scores,
  });
  const { metrics } = await trainer.train();
  const { predictions } = await trainer.predict(validation);
  return {
    ...identity,
    data: { name, train: train.numRows, validation: validation.numRows },
    curve: trainer.state.logHistory.filter((entry) => "evalLoss" in entry).map(withoutTimes),
    confusion: confusionMatrix(validation.column("label"), argmax(predictions)),
    seconds: Math.round(metrics.trainRuntime),
    machine: machine(),
    date: new Date().toISOString().slice(0, 10),
  };
}

function scores({ predictions, labelIds }: EvalPrediction): Record<string, number> {
  const answers = argmax(predictions);
  return {
    accuracy: accuracyScore(labelIds, answers),
    macroF1: f1Score(labelIds, answers, { average: "macro" }),
    matthewsCorrelation: matthewsCorrcoef(labelIds, answers),
  };
}

function classesOf(...sets: readonly Dataset[]): number[] {
  return [...new Set<number>(sets.flatMap((set) => set.unique("label")))].sort((a, b) => a - b);
}

/** How long each evaluation took says nothing beside the time of the whole. */
function withoutTimes(entry: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !/Runtime|PerSecond$/.test(key)));
}

function machine(): string {
  const { name, blas } = device();
  const where = name === "cpu" ? `BLAS: ${blas ?? "none"}` : name;
  const cores = availableParallelism();
  return `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${cores} ${cores === 1 ? "core" : "cores"}, ${where}`;
}
