// What a checkpoint is worth: the metric of each set after fine-tuning from it, after the same from random weights, and of bag of words.

import { DataCollatorWithPadding, Dataset, loadDataset } from "../../lib/data/mod.ts";
import { HubError } from "../../lib/hub/mod.ts";
import { writeFile } from "../../lib/hub/write.ts";
import { accuracyScore, argmax, bagOfWords, f1Score, matthewsCorrcoef } from "../../lib/metrics/mod.ts";
import { AutoConfig, AutoModelForSequenceClassification } from "../../lib/models/mod.ts";
import { PROFILES } from "../../lib/notebook/profiles.ts";
import { setSeed } from "../../lib/tensor/mod.ts";
import { AutoTokenizer, type PreTrainedTokenizer } from "../../lib/tokenizers/mod.ts";
import { silentDisplay, Trainer, TrainingArguments } from "../../lib/trainer/mod.ts";
import { type Recipe, recipeOf } from "../results/plan.ts";

type Labels = readonly number[];

interface Task {
  readonly name: string;
  /** Of `loadDataset`. */
  readonly set: readonly [path: string, name?: string];
  /** The column with the texts, or with their tokens where a set comes tokenized. */
  readonly text: string;
  readonly label: string;
  readonly metric: keyof typeof metrics;
  /** What is scored; CoLA's test labels are hidden. */
  readonly split: "test" | "validation";
  /** Rows of training and of scoring at most. */
  readonly rows?: number;
  /** Where it is not `fineTuning`. */
  readonly recipe?: Required<Recipe>;
}

const metrics = {
  "Matthews correlation": (labels: Labels, found: Labels) => matthewsCorrcoef(labels, found),
  "macro-F1": (labels: Labels, found: Labels) => f1Score(labels, found, { average: "macro" }),
  "accuracy": (labels: Labels, found: Labels) => accuracyScore(labels, found),
};

/** The recipe of most fine-tunings here. */
export const fineTuning: Required<Recipe> = {
  numTrainEpochs: 4,
  perDeviceTrainBatchSize: 16,
  learningRate: 3e-4,
  warmupRatio: 0.1,
  weightDecay: 0.01,
};

const rottenTomatoes: Task = {
  name: "rotten_tomatoes",
  set: ["cornell-movie-review-data/rotten_tomatoes"],
  text: "text",
  label: "label",
  metric: "accuracy",
  split: "test",
};

export const tasks: readonly Task[] = [
  {
    name: "acceptability",
    set: ["attend/acceptability"],
    text: "sentence",
    label: "label",
    metric: "Matthews correlation",
    split: "test",
    recipe: recipeOf(PROFILES.cola.quick, 0.01),
  },
  { name: "snippets", set: ["attend/snippets"], text: "text", label: "label", metric: "macro-F1", split: "test" },
  { name: "headlines", set: ["attend/headlines"], text: "text", label: "label", metric: "accuracy", split: "test" },
  { name: "reviews", set: ["attend/reviews"], text: "review_body", label: "stars", metric: "accuracy", split: "test" },
  { name: "comics", set: ["attend/comics"], text: "input_ids", label: "labels", metric: "macro-F1", split: "test" },
  rottenTomatoes,
  {
    ...rottenTomatoes,
    name: "rotten_tomatoes as in lesson 02",
    recipe: recipeOf(PROFILES["rotten-tomatoes"].full, 0),
  },
  {
    name: "CoLA",
    set: ["nyu-mll/glue", "cola"],
    text: "sentence",
    label: "label",
    metric: "Matthews correlation",
    split: "validation",
  },
  {
    name: "ag_news",
    set: ["fancyzhx/ag_news"],
    text: "text",
    label: "label",
    metric: "accuracy",
    split: "test",
    rows: 2000,
  },
  {
    name: "Amazon reviews",
    set: ["mteb/amazon_reviews_multi", "en"],
    text: "text",
    label: "label",
    metric: "accuracy",
    split: "test",
    rows: 2000,
  },
];

/** Where a classifier starts; bag of words has nothing random in it and one seed, 0. */
export const starts = ["checkpoint", "random weights", "bag of words"] as const;
export type Start = typeof starts[number];

/** One measurement, a row of results.json. */
export interface Score {
  readonly set: string;
  readonly metric: string;
  readonly start: Start;
  readonly seed: number;
  readonly value: number;
  readonly trainingRows: number;
}

interface Texts {
  readonly texts: readonly string[];
  /** 0, 1, … */
  readonly labels: readonly number[];
}

/** Measures what the file does not hold yet, set by set, and writes it after each measurement. Sets that cannot be had are left out. */
export async function measure(
  checkpoint: string,
  file: string,
  { seeds, only = tasks.map(({ name }) => name) }: { seeds: readonly number[]; only?: readonly string[] },
  log: (line: string) => void,
): Promise<void> {
  const scores: Score[] = JSON.parse(await Deno.readTextFile(file).catch(() => "[]"));
  const tokenizer = await AutoTokenizer.fromPretrained(checkpoint);
  for (const task of tasks.filter(({ name }) => only.includes(name))) {
    const wanted = starts.flatMap((start) => (start === "bag of words" ? [0] : seeds).map((seed) => ({ start, seed })));
    const missing = wanted
      .filter(({ start, seed }) =>
        !scores.some((known) => known.set === task.name && known.start === start && known.seed === seed)
      );
    if (missing.length === 0) continue;
    const data = await read(task, tokenizer, log);
    if (!data) continue;
    for (const { start, seed } of missing) {
      const found = start === "bag of words" ? countWords(data) : await fineTune(checkpoint, tokenizer, data, {
        seed,
        isPretrained: start === "checkpoint",
        recipe: task.recipe,
      });
      const value = metrics[task.metric](data.scored.labels, found);
      scores.push({ set: task.name, metric: task.metric, start, seed, value, trainingRows: data.train.labels.length });
      await writeFile(file, JSON.stringify(scores, null, 1) + "\n");
      log(`${task.name}, ${start}, seed ${seed}: ${task.metric} ${value.toFixed(3)}`);
    }
  }
}

interface Splits {
  readonly train: Texts;
  readonly scored: Texts;
}

async function read(
  task: Task,
  tokenizer: PreTrainedTokenizer,
  log: (line: string) => void,
): Promise<Splits | undefined> {
  const { set: [path, name], text, label, split, rows = Infinity } = task;
  try {
    const set = await loadDataset(path, { name });
    const textsOf = (split: string): Texts => {
      const some = Array.from(set.get(split)).slice(0, rows);
      const textOf = (cell: string | readonly number[]) =>
        typeof cell === "string" ? cell : tokenizer.decode(cell, { skipSpecialTokens: true });
      return { texts: some.map((row) => textOf(row[text])), labels: some.map((row) => Number(row[label])) };
    };
    const [train, scored] = [textsOf("train"), textsOf(split)];
    const least = Math.min(...train.labels); // stars count from 1
    const fromZero = ({ texts, labels }: Texts) => ({ texts, labels: labels.map((value) => value - least) });
    return { train: fromZero(train), scored: fromZero(scored) };
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    log(`${task.name} is left out, as the hub cannot be reached: ${error.message}`);
  }
}

function countWords({ train, scored }: Splits): number[] {
  return scored.texts.map(bagOfWords(train.texts, train.labels));
}

/** Predictions for the scored texts. */
async function fineTune(
  checkpoint: string,
  tokenizer: PreTrainedTokenizer,
  { train, scored }: Splits,
  { seed, isPretrained, recipe = fineTuning }: { seed: number; isPretrained: boolean; recipe?: Recipe },
): Promise<number[]> {
  const numLabels = Math.max(...train.labels) + 1;
  setSeed(seed);
  const model = isPretrained
    ? await AutoModelForSequenceClassification.fromPretrained(checkpoint, { numLabels })
    : await AutoModelForSequenceClassification.fromConfig(await AutoConfig.fromPretrained(checkpoint, { numLabels }));
  const rows = ({ texts, labels }: Texts) => {
    const columns = tokenizer([...texts], { truncation: true, maxLength: 128 });
    return Dataset.fromDict({ ...columns, labels: [...labels] });
  };
  const trainer = new Trainer({
    model,
    args: new TrainingArguments({
      outputDir: "/nowhere",
      saveStrategy: "no",
      loggingStrategy: "no",
      seed,
      ...recipe,
    }),
    trainDataset: rows(train),
    dataCollator: new DataCollatorWithPadding(tokenizer),
    display: silentDisplay,
  });
  await trainer.train();
  const { predictions } = await trainer.predict(rows(scored));
  model.dispose();
  return Array.from(argmax(predictions));
}
