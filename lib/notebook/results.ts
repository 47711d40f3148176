// Measured runs that take longer than a lesson: what `deno task results` writes into notebooks/results, and how a notebook
// reads it. One file a lesson, one record a training run.

import { type Lesson } from "./profiles.ts";

/** One training run as it was measured. */
export interface MeasuredRun {
  /** What is compared, in a few words: "fine-tuning", "frozen body". */
  readonly variant: string;
  /** The set as `loadDataset` names it, and the rows used. */
  readonly data: { readonly name: string; readonly train: number; readonly validation: number };
  /** What the weights start from: a hub id, an `attend/…` name, or "random". */
  readonly checkpoint: string;
  /** What was set, by the names of TrainingArguments. */
  readonly recipe: Readonly<Record<string, number | string | boolean>>;
  readonly seed: number;
  /** Each evaluation of the run in its order: `epoch`, `step`, `evalLoss` and the metrics, by the names of the Trainer's log. */
  readonly curve: readonly Readonly<Record<string, number>>[];
  /** At the end, on validation: a row for each true class, a column for each answer. */
  readonly confusion: readonly (readonly number[])[];
  /** Of the training, with its evaluations. */
  readonly seconds: number;
  /** Processor, cores, BLAS. */
  readonly machine: string;
  /** The day: 2026-11-22. */
  readonly date: string;
}

/**
 * The measured runs of a lesson, from notebooks/results, in the order in which they were measured.
 * @throws Error where the file is missing or a record of it is not as it should be; `deno task results` writes it
 */
export async function readResults(lesson: Lesson): Promise<MeasuredRun[]> {
  const path = new URL(`../../notebooks/results/${lesson}.json`, import.meta.url);
  const text = await Deno.readTextFile(path).catch(() => {
    throw new Error(
      `readResults: notebooks/results/${lesson}.json is not there; \`deno task results ${lesson}\` writes it.`,
    );
  });
  return parseResults(text, lesson);
}

/** The records in the text of a results file. @throws Error that names the first one that is not as it should be */
export function parseResults(text: string, lesson: string): MeasuredRun[] {
  const runs: unknown = JSON.parse(text);
  if (!Array.isArray(runs)) throw new Error(`notebooks/results/${lesson}.json holds no list of runs.`);
  return runs.map((run: unknown, i) => {
    if (isMeasuredRun(run)) return run;
    throw new Error(`notebooks/results/${lesson}.json: run ${i} lacks a field, or has one of another type.`);
  });
}

const fields: Readonly<Record<keyof MeasuredRun, (value: unknown) => boolean>> = {
  variant: isText,
  data: (value) => isRecord(value) && isText(value.name) && isNumber(value.train) && isNumber(value.validation),
  checkpoint: isText,
  recipe: isRecord,
  seed: isNumber,
  curve: (value) => Array.isArray(value) && value.length > 0 && value.every(isNumbers),
  confusion: (value) => Array.isArray(value) && value.every((row) => Array.isArray(row) && row.every(isNumber)),
  seconds: isNumber,
  machine: isText,
  date: (value) => isText(value) && /^\d{4}-\d\d-\d\d$/.test(value),
};

function isMeasuredRun(value: unknown): value is MeasuredRun {
  return isRecord(value) && Object.entries(fields).every(([field, fits]) => fits(value[field]));
}

function isNumbers(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(isNumber);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}
