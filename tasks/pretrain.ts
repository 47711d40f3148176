// deno task pretrain: makes the embedded checkpoints from texts, in order: attend/tiny, its kin, and the table of what tiny is worth.
//
//   --model NAME       one step alone: tiny, distilbert, albert, roberta, sentiment or table; all but the first need tiny to be there
//   --max-steps N      another number of training steps than the recipe's
//   --out FOLDER       where the exported folders go and are looked for; datasets/ unless given
//   --no-teacher       hidden and replaced words alone, without all-MiniLM-L6-v2 (so too where the hub cannot be reached)
//   --next-sentence    tiny as BERT was first trained: hidden words, and whether one text follows another; without teacher
//   --latest           exports the newest checkpoint of a run that still goes on
//   --seeds 1,2,3      those of the table
//   --sets A,B         the table's sets, by name; all unless given
//
// Checkpoints and what the teacher made of the texts lie in out/pretrain; the same command goes on from there after a kill.

import { device } from "lib";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  buildDistilbert,
  buildSentiment,
  buildStudent,
  exportLatest,
  teacherStates,
  type Workshop,
} from "./pretrain/build.ts";
import { writeCard } from "./pretrain/card.ts";
import { corpus } from "./pretrain/corpus.ts";
import { buildNextSentence } from "./pretrain/next_sentence.ts";
import { albert, type Recipe, roberta, tiny } from "./pretrain/recipes.ts";
import { measure, tasks } from "./pretrain/scores.ts";
import type { TeacherStates } from "./pretrain/teacher.ts";
import { ROOT } from "./project.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    "model": { type: "string" },
    "max-steps": { type: "string" },
    "out": { type: "string", default: join(ROOT, "datasets") },
    "no-teacher": { type: "boolean", default: false },
    "next-sentence": { type: "boolean", default: false },
    "latest": { type: "boolean", default: false },
    "seeds": { type: "string", default: "1,2,3" },
    "sets": { type: "string", default: tasks.map(({ name }) => name).join(",") },
  },
});

const students: Readonly<Record<string, Recipe>> = { tiny, albert, roberta };
const steps = ["tiny", "distilbert", "albert", "roberta", "sentiment", "table"];
const chosen = values.model === undefined ? steps : [values.model];
if (!steps.includes(chosen[0])) {
  throw new RangeError(`pretrain: --model is "${chosen[0]}"; it takes one of ${steps.join(", ")}.`);
}
const maxSteps = values["max-steps"] === undefined ? undefined : Number(values["max-steps"]);
if (maxSteps !== undefined && !(Number.isInteger(maxSteps) && maxSteps > 0)) {
  throw new RangeError(`pretrain: --max-steps is "${values["max-steps"]}"; it takes a whole number above 0.`);
}

const start = performance.now();
const log = (line: string) => console.log(`${((performance.now() - start) / 1000).toFixed(0).padStart(5)} s  ${line}`);
log(`device: ${JSON.stringify(device())}`);

const needsTexts = !values.latest && chosen.some((step) => step in students || step === "distilbert");
const workshop: Workshop = {
  parts: needsTexts ? await corpus(log) : [],
  workFolder: join(ROOT, "out", "pretrain"),
  exportFolder: resolve(values.out),
  maxSteps,
  log,
};
const needsTeacher = needsTexts && !values["no-teacher"] && !values["next-sentence"] &&
  chosen.some((step) => step in students);
const states = needsTeacher ? await teacherStates(workshop) : undefined;
for (const step of chosen) await make(step, states);
Deno.exit(0);

async function make(step: string, states: TeacherStates | undefined): Promise<void> {
  const tinyFolder = join(workshop.exportFolder, tiny.folder);
  if (step === "distilbert") return await buildDistilbert(workshop);
  if (step === "sentiment") return await buildSentiment(workshop);
  if (step === "table") {
    const seeds = values.seeds.split(",").map(Number), only = values.sets.split(",");
    await measure(tinyFolder, join(tinyFolder, "results.json"), { seeds, only }, log);
    return await writeCard(tinyFolder);
  }
  if (values.latest) return await exportLatest(students[step], workshop);
  if (values["next-sentence"]) return await buildNextSentence(students[step], workshop);
  await buildStudent(students[step], workshop, states);
}
