// The steps from texts to exported checkpoints, one function a checkpoint.

import { join } from "node:path";
import { device } from "../../lib/backend/choose.ts";
import { DataCollatorWithPadding, loadDataset } from "../../lib/data/mod.ts";
import { HubError } from "../../lib/hub/mod.ts";
import { writeFile } from "../../lib/hub/write.ts";
import { argmax, f1Score } from "../../lib/metrics/mod.ts";
import {
  AutoModel,
  AutoModelForMaskedLM,
  AutoModelForSequenceClassification,
  readSafetensors,
  toFloat32,
} from "../../lib/models/mod.ts";
import { setSeed } from "../../lib/tensor/mod.ts";
import { AutoTokenizer, PreTrainedTokenizer } from "../../lib/tokenizers/mod.ts";
import { Trainer, TrainingArguments } from "../../lib/trainer/mod.ts";
import { listCheckpoints } from "../../lib/trainer/checkpoint_folders.ts";
import { Bigrams } from "./bigrams.ts";
import { heldOutTexts, type Part } from "./corpus.ts";
import { Distillation, startFrom } from "./distillation.ts";
import { encodeAll } from "./encoded.ts";
import { exportFolder } from "./export.ts";
import { writeCard } from "./card.ts";
import { writeKinCard, writeSentimentCard } from "./kin_card.ts";
import { distilbert, type Recipe, SEED, tiny, TOKENS_PER_BATCH } from "./recipes.ts";
import { fineTuning } from "./scores.ts";
import { Student } from "./student.ts";
import { matchTokens, readTexts, type TeacherStates } from "./teacher.ts";
import { type Course, type Plan, train } from "./train.ts";

const TEACHER = "sentence-transformers/all-MiniLM-L6-v2";

export interface Workshop {
  readonly parts: readonly Part[];
  /** Checkpoints of the runs, and what the teacher made of the texts. */
  readonly workFolder: string;
  /** Where the exported folders go: datasets/. */
  readonly exportFolder: string;
  /** In place of the recipe's own number. */
  readonly maxSteps?: number;
  readonly log: (line: string) => void;
}

const textsOf = ({ parts }: Workshop) => parts.flatMap(({ texts }) => texts);

/** What the teacher makes of all texts; undefined, which the log says, where it cannot be had. */
export async function teacherStates(workshop: Workshop): Promise<TeacherStates | undefined> {
  const texts = textsOf(workshop), { log, workFolder } = workshop;
  try {
    const model = await AutoModel.fromPretrained(TEACHER), tokenizer = await AutoTokenizer.fromPretrained(TEACHER);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(texts.join("\n")));
    const name = `teacher-${new Uint8Array(digest).toHex().slice(0, 12)}.f16`;
    return await readTexts({ model, tokenizer }, texts, join(workFolder, name), log);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    log(`teacher: there is none, masked words alone are learned from: ${error.message}`);
  }
}

/** A student with random weights, its vocabulary and all it learns from. */
async function prepare(recipe: Recipe, workshop: Workshop, states: TeacherStates | undefined): Promise<Plan> {
  const texts = textsOf(workshop), { log } = workshop;
  const tokenizer = recipe.trainTokenizer(texts);
  const encoded = encodeAll(texts, tokenizer);
  log(`${recipe.folder}: ${tokenizer.length} tokens in the vocabulary, ${encoded.tokens} in ${texts.length} texts`);
  setSeed(SEED);
  const model = await AutoModelForMaskedLM.fromConfig(recipe.config(tokenizer));
  return await planOf(recipe, workshop, new Student(model, states?.size ?? 1), {
    encoded,
    tokenizer,
    bigrams: new Bigrams(encoded, tokenizer.length, tokenizer.allSpecialIds),
    ...states && { teacher: { states, match: matchTokens(encoded, states) } },
  });
}

/** What every run has in common. */
async function planOf(
  { folder, maxSteps, learningRate }: Pick<Recipe, "folder" | "maxSteps" | "learningRate">,
  workshop: Workshop,
  trained: Plan["trained"],
  lesson: Plan["lesson"],
): Promise<Plan> {
  return {
    trained,
    lesson,
    heldOut: { texts: await heldOutTexts(), tokenizer: lesson.tokenizer },
    outputDir: join(workshop.workFolder, folder),
    maxSteps: workshop.maxSteps ?? maxSteps,
    learningRate,
    tokensPerBatch: TOKENS_PER_BATCH,
    seed: SEED,
    log: workshop.log,
  };
}

/** attend/tiny, and its kin with vocabularies of their own. */
export async function buildStudent(recipe: Recipe, workshop: Workshop, states?: TeacherStates): Promise<void> {
  const plan = await prepare(recipe, workshop, states);
  await finish(recipe, workshop, plan, await train(plan), states ? TEACHER : undefined);
}

/** The student as the last checkpoint of a run that still goes on has it. */
export async function exportLatest({ folder, config }: Recipe, workshop: Workshop): Promise<void> {
  const latest = (await listCheckpoints(join(workshop.workFolder, folder))).at(-1);
  if (!latest) {
    throw new Error(`There is no checkpoint of ${folder} in ${workshop.workFolder} yet; wait for the first.`);
  }
  const tokenizer = await AutoTokenizer.fromPretrained(latest);
  const model = await AutoModelForMaskedLM.fromConfig(config(tokenizer));
  const weights = join(latest, "model.safetensors");
  const stored = readSafetensors(await Deno.readFile(weights), weights);
  for (const [name, parameter] of model.namedParameters()) {
    parameter.write(toFloat32(stored.get(`model.${name}`)!, name)); // train() wrote it
  }
  await exportFolder(join(workshop.exportFolder, folder), { model, tokenizer });
  workshop.log(`${folder}: written as ${latest} has it`);
}

/** attend/tiny-distilbert, from the exported attend/tiny. */
export async function buildDistilbert(workshop: Workshop): Promise<void> {
  const teacherFolder = join(workshop.exportFolder, tiny.folder), texts = textsOf(workshop);
  const tokenizer = await withoutSegments(teacherFolder);
  const teacher = await AutoModelForMaskedLM.fromPretrained(teacherFolder);
  setSeed(SEED);
  const model = await AutoModelForMaskedLM.fromConfig(distilbert.config(tokenizer));
  await startFrom(model, teacher);
  const lesson = { encoded: encodeAll(texts, tokenizer), tokenizer };
  const plan = await planOf(distilbert, workshop, new Distillation(model, teacher), lesson);
  await finish(distilbert, workshop, plan, await train(plan), "attend/tiny");
}

/** BERT's tokenizer under DistilBERT's name, by which Python gives a model no token types that takes none. */
async function withoutSegments(folder: string): Promise<PreTrainedTokenizer> {
  const read = (name: string) => Deno.readTextFile(join(folder, name));
  const config = { ...JSON.parse(await read("tokenizer_config.json")), tokenizer_class: "DistilBertTokenizer" };
  return new PreTrainedTokenizer({ tokenizerJson: await read("tokenizer.json"), config });
}

/** Writes the folder, and beside the weights how they came about. */
async function finish(
  { folder }: Pick<Recipe, "folder">,
  { parts, exportFolder: datasets, log }: Workshop,
  { trained: { model }, lesson: { tokenizer, encoded } }: Plan,
  course: Course,
  teacher: string | undefined,
): Promise<void> {
  const path = join(datasets, folder), { name, blas, threads } = device();
  await exportFolder(path, { model, tokenizer });
  const about = {
    ...course,
    tokens: encoded.tokens,
    parameters: model.numParameters(),
    teacher: teacher ?? null,
    machine: `${threads} cores of a ${name.toUpperCase()} ${blas ? "with" : "without"} BLAS`,
    corpus: parts.map(({ name, texts }) => ({ name, texts: texts.length })),
  };
  await writeFile(join(path, "pretraining.json"), JSON.stringify(about, null, 1) + "\n");
  if (folder === tiny.folder) await writeCard(path);
  else await writeKinCard(path, folder);
  log(`${folder}: written after ${course.steps} steps, ${Math.round(course.seconds / 60)} minutes`);
}

/** attend/tiny-sentiment: attend/tiny, fine-tuned on the snippets. */
export async function buildSentiment({ exportFolder: datasets, workFolder, log }: Workshop): Promise<void> {
  const source = join(datasets, tiny.folder);
  const tokenizer = await AutoTokenizer.fromPretrained(source);
  setSeed(SEED);
  const model = await AutoModelForSequenceClassification.fromPretrained(source, {
    id2label: { 0: "negative", 1: "positive" },
  });
  const raw = await loadDataset("attend/snippets");
  const data = await raw.map((rows) => tokenizer(rows.text, { truncation: true }), { batched: true });
  const trainer = new Trainer({
    model,
    args: new TrainingArguments({
      outputDir: join(workFolder, "attend-tiny-sentiment"),
      ...fineTuning,
      saveStrategy: "no",
      seed: SEED,
    }),
    trainDataset: data.train,
    dataCollator: new DataCollatorWithPadding(tokenizer),
  });
  await trainer.train();
  const { predictions } = await trainer.predict(data.test);
  const score = f1Score(data.test.column("label"), argmax(predictions), { average: "macro" });
  const folder = join(datasets, "attend-tiny-sentiment");
  await exportFolder(folder, { model, tokenizer });
  await writeSentimentCard(folder, score);
  log(`attend-tiny-sentiment: written, macro-F1 ${score.toFixed(3)} on the test split`);
}
