// One fine-tuning from settings to a record: what nearly every measurement of the lessons is.

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
  loadDataset,
  matthewsCorrcoef,
  type MeasuredRun,
  type Row,
  setSeed,
  Trainer,
  TrainingArguments,
  type TrainingOptions,
} from "lib";

/** Settings by the names of TrainingArguments that are written into the record. */
type Recipe = Pick<
  TrainingOptions,
  "learningRate" | "numTrainEpochs" | "perDeviceTrainBatchSize" | "weightDecay" | "warmupRatio"
>;

export interface FineTuning {
  readonly variant: string;
  /** The arguments of `loadDataset`. */
  readonly dataset: readonly [path: string, name?: string];
  /** The column with the text; labels are in `label`. */
  readonly text: string;
  /** The first rows of the shuffled training split; all where it is left out. */
  readonly trainRows?: number;
  readonly checkpoint: string;
  readonly recipe: Recipe;
  /** Trains the head only. */
  readonly isFrozen?: boolean;
  /** Takes the checkpoint's sizes and tokenizer, and random weights. */
  readonly isRandom?: boolean;
  readonly seed: number;
}

/** The fields of a record that say which run it is. */
export function identityOf(
  { variant, dataset, checkpoint, recipe, isFrozen = false, isRandom = false, seed, trainRows }: FineTuning,
): Pick<MeasuredRun, "variant" | "checkpoint" | "recipe" | "seed"> & { dataset: string } {
  const rows: Record<string, number> = trainRows === undefined ? {} : { trainRows };
  return { variant, dataset: dataset.join(", "), checkpoint, recipe: { ...recipe, ...rows, isFrozen, isRandom }, seed };
}

/** Trains, evaluating on `validation` after each epoch, and gives the record. */
export async function fineTune(setting: FineTuning): Promise<MeasuredRun> {
  const { dataset, text, trainRows, checkpoint, recipe, seed } = setting;
  const { dataset: name, ...identity } = identityOf(setting);
  const raw = await loadDataset(...dataset);
  const tokenizer = await AutoTokenizer.fromPretrained(checkpoint);
  const tokenize = (split: Dataset) =>
    split.map((rows: Row) => tokenizer(rows[text], { truncation: true }), { batched: true });
  const train = await tokenize(trainRows === undefined ? raw.train : raw.train.shuffle({ seed }).take(trainRows));
  const validation = await tokenize(raw.validation);

  setSeed(seed);
  const id2label = Object.fromEntries(raw.train.features.label.names.entries());
  const model = setting.isRandom
    ? await AutoModelForSequenceClassification.fromConfig({ ...await AutoConfig.fromPretrained(checkpoint), id2label })
    : await AutoModelForSequenceClassification.fromPretrained(checkpoint, { id2label });
  if (setting.isFrozen) model.freeze().unfreeze("classifier");
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

/** How long each evaluation took says nothing beside the time of the whole. */
function withoutTimes(entry: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !/Runtime|PerSecond$/.test(key)));
}

function machine(): string {
  const { name, blas } = device();
  const where = name === "cpu" ? `BLAS: ${blas ?? "none"}` : name;
  return `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, ${where}`;
}
