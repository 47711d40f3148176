// The card of attend/tiny: its text, and tables made from what was measured (pretraining.json, results.json).

import { join } from "node:path";
import { writeFile } from "../../lib/hub/write.ts";
import { lines } from "../../lib/notebook/charts.ts";
import { renderSvg } from "../../lib/notebook/svg.ts";
import { formatCount, formatNumber } from "../../lib/notebook/text.ts";
import { markdownTable } from "../markdown.ts";
import { fineTuning, type Score, type Start, starts, tasks } from "./scores.ts";

/** What pretraining.json holds of a run. */
export interface Pretraining {
  readonly steps: number;
  readonly tokensPerBatch: number;
  readonly seconds: number;
  readonly tokens: number;
  readonly parameters: number;
  readonly teacher: string | null;
  readonly machine: string;
  readonly corpus: readonly { readonly name: string; readonly texts: number }[];
  readonly log: readonly Readonly<Record<string, number>>[];
}

export async function readPretraining(folder: string): Promise<Pretraining> {
  return JSON.parse(await Deno.readTextFile(join(folder, "pretraining.json")));
}

/** The share of the held-out texts' hidden tokens that were found at last: "64.9 %". */
export function lastAccuracy({ log }: Pretraining): string {
  const last = log.findLast(({ maskedAccuracy }) => maskedAccuracy !== undefined);
  return `${(100 * (last?.maskedAccuracy ?? NaN)).toFixed(1)} %`;
}

/** Writes README.md and the picture in it beside the weights: card.md with its tables in place of `{{names}}`. */
export async function writeCard(folder: string): Promise<void> {
  const pretraining = await readPretraining(folder);
  const scores: Score[] = JSON.parse(await Deno.readTextFile(join(folder, "results.json")).catch(() => "[]"));
  const template = await Deno.readTextFile(new URL("./card.md", import.meta.url));
  const { steps, tokensPerBatch, seconds, tokens, parameters, teacher, machine, corpus, log } = pretraining;
  const fillings: Readonly<Record<string, string>> = {
    parameters: (parameters / 1e6).toFixed(2),
    tokens: (tokens / 1e6).toFixed(2),
    passes: (steps * tokensPerBatch / tokens).toFixed(0),
    steps: steps.toLocaleString("en"),
    tokensPerBatch: tokensPerBatch.toLocaleString("en"),
    minutes: (seconds / 60).toFixed(0),
    machine,
    teacher: teacher ?? "none",
    accuracy: lastAccuracy(pretraining),
    corpus: markdownTable(["texts", "number"], corpus.map(({ name, texts }) => [name, texts.toLocaleString("en")])),
    course: courseTable(log),
    scores: scoreTable(scores),
  };
  const card = template.replace(/\{\{(\w+)\}\}/g, (_, name) => fillings[name]);
  await writeFile(join(folder, "README.md"), card);
  await writeFile(join(folder, "loss.svg"), await lossCurve(log));
}

/** The loss of the hidden words over the run, in training and on held-out texts. */
function lossCurve(log: Pretraining["log"]): Promise<string> {
  const over = (name: string) => {
    const entries = log.filter((entry) => entry[name] !== undefined);
    return { x: entries.map(({ step }) => step), y: entries.map((entry) => entry[name]) };
  };
  const curve = lines({ "in training, one batch": over("words"), "on held-out texts": over("maskedLoss") }, {
    title: "Does the loss of the hidden words still fall?",
    x: "training step",
    y: "cross-entropy (nats a hidden token)",
  });
  return renderSvg(curve, String(curve));
}

/** The training loss before each held-out measurement, every second of them. */
function courseTable(log: Pretraining["log"]): string {
  const exams = log.filter(({ maskedAccuracy }) => maskedAccuracy !== undefined);
  const rows = exams.filter((_, i) => i % 2 === 1).map(({ step, epoch, maskedAccuracy, maskedLoss }) => {
    const loss = log.findLast((entry) => entry.loss !== undefined && entry.step <= step)?.loss ?? NaN;
    const numbers = [loss, maskedLoss, maskedAccuracy].map((value) => value.toFixed(3));
    return [step.toLocaleString("en"), epoch.toFixed(1), ...numbers];
  });
  return markdownTable(
    ["step", "pass", "training loss, all objectives", "held-out masked loss", "masked accuracy"],
    rows,
  );
}

function scoreTable(scores: readonly Score[]): string {
  const rows = tasks.flatMap(({ name, metric, split, recipe = fineTuning }) => {
    const own = scores.filter(({ set }) => set === name);
    if (own.length === 0) return [];
    const { numTrainEpochs, perDeviceTrainBatchSize, learningRate } = recipe;
    const seeds = own.filter(({ start }) => start === "checkpoint").length;
    const rest = [numTrainEpochs, perDeviceTrainBatchSize, learningRate, seeds].map((number) => formatNumber(number));
    const cells = starts.map((start) => spread(own, start));
    return [[name, metric, split, formatCount(own[0].trainingRows), ...rest, ...cells]];
  });
  if (rows.length === 0) return "It was not measured yet.";
  const recipe = ["training rows", "epochs", "batch", "learning rate", "seeds"];
  return markdownTable(["set", "metric", "split", ...recipe, ...starts], rows);
}

/** Mean, and least to most where there are several seeds. */
function spread(scores: readonly Score[], start: Start): string {
  const values = scores.filter((score) => score.start === start).map(({ value }) => value);
  if (values.length === 0) return "not measured";
  const mean = values.reduce((a, b) => a + b) / values.length;
  const range = `${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)}`;
  return values.length === 1 ? mean.toFixed(3) : `${mean.toFixed(3)} (${range})`;
}
