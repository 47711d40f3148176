// The texts that the checkpoint learns from: the training splits of the embedded sets, prose of the kit's own, and, where the hub can be
// reached, training splits of the course's real sets. No validation or test split is read for training.

import { loadDataset } from "../../lib/data/mod.ts";
import { HubError } from "../../lib/hub/mod.ts";
import { moreAcceptable } from "../datasets/acceptability/build.ts";
import { comics } from "../datasets/comics/build.ts";
import { prose } from "../datasets/prose/build.ts";

/** Texts of one origin, named on the card. */
export interface Part {
  readonly name: string;
  readonly texts: readonly string[];
}

/** Sentences of the kit's own prose, and of acceptability's templates, that stand in no file. */
const proseSentences = 60_000;
const templateSentences = 30_000;

interface HubPart {
  readonly name: string;
  readonly set: readonly [path: string, name?: string];
  readonly column: string;
  /** Rows at most; all where it is not given. */
  readonly rows?: number;
  /** The label whose rows are taken; all where it is not given. */
  readonly label?: number;
}

// ag_news only a little: lesson 04 shows what adaptation to news adds, and headlines' unlabelled texts are left out for the same reason
const hubParts: readonly HubPart[] = [
  { name: "rotten_tomatoes", set: ["cornell-movie-review-data/rotten_tomatoes"], column: "text" },
  { name: "CoLA, acceptable", set: ["nyu-mll/glue", "cola"], column: "sentence", label: 1 },
  { name: "ag_news", set: ["fancyzhx/ag_news"], column: "text", rows: 2000 },
  { name: "Amazon reviews, English", set: ["mteb/amazon_reviews_multi", "en"], column: "text", rows: 4000 },
];

/** All parts; those of the hub only where it can be reached, which `log` is told. Each text comes once. */
export async function corpus(log: (line: string) => void): Promise<Part[]> {
  const seen = new Set<string>();
  const parts = [...await embeddedParts(), ...await reachableParts(log)].map(({ name, texts }) => ({
    name,
    texts: texts.filter((text) => !seen.has(text) && seen.add(text)),
  }));
  for (const { name, texts } of parts) log(`corpus: ${texts.length} texts of ${name}`);
  return parts;
}

async function embeddedParts(): Promise<Part[]> {
  const read = async (set: string, split: string, column: string, label?: number) =>
    Array.from(await loadDataset(`attend/${set}`, { split }))
      .filter((row) => label === undefined || row.label === label)
      .map((row) => String(row[column]));
  const judged = await read("acceptability", "validation+test", "sentence");
  return [
    { name: "acceptability, acceptable", texts: await read("acceptability", "train", "sentence", 1) },
    { name: "acceptability's templates", texts: moreAcceptable(templateSentences, judged) },
    { name: "snippets", texts: await read("snippets", "train", "text") },
    { name: "reviews", texts: await read("reviews", "train", "review_body") },
    { name: "headlines", texts: await read("headlines", "train", "text") },
    { name: "comics", texts: comics().train.map(({ text }) => text) },
    { name: "prose", texts: prose({ sentences: proseSentences }) },
  ];
}

async function reachableParts(log: (line: string) => void): Promise<Part[]> {
  const parts: Part[] = [];
  for (const { name, set: [path, configuration], column, rows, label } of hubParts) {
    try {
      const train = await loadDataset(path, { name: configuration, split: "train" });
      const chosen = Array.from(train).filter((row) => label === undefined || row.label === label).slice(0, rows);
      parts.push({ name, texts: chosen.map((row) => String(row[column])) });
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      log(`corpus: ${name} is left out, as the hub cannot be reached: ${error.message}`);
    }
  }
  return parts;
}

/** Texts that no model here learns from: the validation splits of the embedded sets, for the masked accuracy. */
export async function heldOutTexts(): Promise<string[]> {
  const columns = { acceptability: "sentence", snippets: "text", reviews: "review_body", headlines: "text" };
  const read: string[] = [];
  for (const [set, column] of Object.entries(columns)) {
    for (const row of await loadDataset(`attend/${set}`, { split: "validation[:200]" })) read.push(String(row[column]));
  }
  return read;
}
