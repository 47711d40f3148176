// CoLA with all-MiniLM-L6-v2 in this library. usage: cola.ts epoch SENTENCES (0: all) | cola.ts evaluate PASSES

import {
  AutoModelForSequenceClassification,
  AutoTokenizer,
  device,
  loadDataset,
  type Row,
  setSeed,
  silentDisplay,
  Trainer,
  TrainingArguments,
} from "lib";
import { FIGURES, median, peakMemory, report } from "../side.ts";
import { initialValues } from "../weights.ts";

const CHECKPOINT = "sentence-transformers/all-MiniLM-L6-v2";
const [task, count] = Deno.args;

setSeed(0);
const raw = await loadDataset("nyu-mll/glue", "cola");
const tokenizer = await AutoTokenizer.fromPretrained(CHECKPOINT);
const encode = (rows: Row) => tokenizer(rows.sentence, { truncation: true });
const model = await AutoModelForSequenceClassification.fromPretrained(CHECKPOINT, { numLabels: 2 });
for (const [name, parameter] of model.namedParameters()) {
  if (name.startsWith("classifier")) parameter.write(initialValues(name, parameter.size));
}
const note = `${device().name}, ${device().threads} threads, BLAS: ${device().blas ?? "none"}`;
await (task === "epoch" ? epoch() : evaluate());
Deno.exit(0);

/** One epoch with the Trainer, as Transformers' examples train: batches of 16, AdamW, linear schedule, clipping. */
async function epoch(): Promise<void> {
  const rows = Number(count) === 0 ? raw.train : raw.train.take(Number(count));
  const trainDataset = await rows.map(encode, { batched: true });
  let [start, seconds] = [0, 0];
  const trainer = new Trainer({
    model,
    args: new TrainingArguments({
      numTrainEpochs: 1,
      learningRate: 5e-5,
      weightDecay: 0.01,
      perDeviceTrainBatchSize: 16,
      saveStrategy: "no",
      seed: 0,
    }),
    trainDataset,
    processingClass: tokenizer,
    display: silentDisplay,
    callbacks: [{
      onEpochBegin: () => void (start = performance.now()),
      onEpochEnd: () => void (seconds = (performance.now() - start) / 1000),
    }],
  });
  const { trainingLoss, globalStep } = await trainer.train();
  report({
    figures: { [FIGURES.epoch]: seconds, ...peakMemory() },
    check: trainDataset.column("input_ids").reduce((tokens: number, ids: Row) => tokens + ids.length, 0),
    note: `${note}; ${globalStep} steps, mean loss ${trainingLoss.toFixed(3)}`,
  });
}

/** Passes over the validation split: logits and loss of every sentence. */
async function evaluate(): Promise<void> {
  const evalDataset = await raw.validation.map(encode, { batched: true });
  const args = new TrainingArguments({ perDeviceEvalBatchSize: 64, seed: 0 });
  const trainer = new Trainer({ model, args, evalDataset, processingClass: tokenizer, display: silentDisplay });
  const times: number[] = [];
  let loss = NaN;
  for (let pass = 0; pass <= Number(count); pass++) {
    const start = performance.now();
    const { metrics } = await trainer.predict(evalDataset, { metricKeyPrefix: "eval" });
    times.push((performance.now() - start) / 1000);
    loss = metrics.evalLoss;
  }
  report({ figures: { [FIGURES.pass]: median(times.slice(1)), ...peakMemory() }, check: loss, note });
}
