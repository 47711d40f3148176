// The settings cell of a lesson: which profile runs, and what the course command overrides (ATTEND_PROFILE and the rest).

import { type Displayable, jupyterDisplay } from "./display.ts";
import { readEnvironment } from "../environment.ts";
import { type Lesson, type LessonSettings, PROFILE_NAMES, type ProfileName, PROFILES, startFrom } from "./profiles.ts";
import { keyValue } from "./table.ts";
import { formatNumber } from "./text.ts";

/** The settings of one run of a lesson; `show(run)` prints them as a table. */
export type Run<L extends Lesson = Lesson> =
  & (typeof PROFILES)[L][ProfileName]
  & { readonly name: ProfileName }
  & Displayable;

/** Reads an environment variable; undefined when it is unset. */
export type Environment = (variable: string) => string | undefined | Promise<string | undefined>;

/**
 * The settings of a lesson: those of the profile that ATTEND_PROFILE names (default `quick`), with ATTEND_CHECKPOINT,
 * ATTEND_LEARNING_RATE and ATTEND_EPOCHS in place of its own where they are set; a checkpoint given so is the only one, nothing
 * is compared with it. A variable that may not be read counts as unset.
 *
 * @throws {RangeError} when the lesson is unknown or a variable has a value that makes no sense.
 */
export async function profile<L extends Lesson>(
  lesson: L,
  environment: Environment = readEnvironment,
): Promise<Run<L>> {
  if (!Object.hasOwn(PROFILES, lesson)) {
    throw new RangeError(`profile: there is no lesson "${lesson}"; use ${quoted(Object.keys(PROFILES))}.`);
  }
  const name = await profileName(environment);
  const settings = PROFILES[lesson][name];
  const epochs = await positiveNumber("ATTEND_EPOCHS", environment) ?? settings.epochs;
  const learningRate = await positiveNumber("ATTEND_LEARNING_RATE", environment) ?? settings.learningRate;
  const checkpoint = await environment("ATTEND_CHECKPOINT");
  const start = checkpoint ? { ...startFrom(checkpoint), comparedWith: [] } : {};
  const expectedMinutes = settings.expectedMinutes * epochs / settings.epochs;
  const run = { ...settings, ...start, name, epochs, learningRate, expectedMinutes };
  const view = settingsTable(run);
  return { ...run, [jupyterDisplay]: view[jupyterDisplay], toString: view.toString };
}

async function profileName(environment: Environment): Promise<ProfileName> {
  const given = await environment("ATTEND_PROFILE") ?? "quick";
  const name = PROFILE_NAMES.find((known) => known === given);
  if (!name) throw new RangeError(`ATTEND_PROFILE is "${given}"; use ${quoted(PROFILE_NAMES)}.`);
  return name;
}

async function positiveNumber(variable: string, environment: Environment): Promise<number | undefined> {
  const given = await environment(variable);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`${variable} is "${given}"; give a number above 0.`);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(" or ");
}

function settingsTable(run: LessonSettings & { name: ProfileName }): Displayable {
  const minutes = Math.max(1, Math.round(run.expectedMinutes));
  const { comparedWith = [] } = run;
  return keyValue({
    "profile": run.name,
    "data": run.dataset.join(", "),
    "model": run.checkpoint,
    ...(comparedWith.length > 0 && { "compared with": comparedWith.join(", ") }),
    "tokenizer": run.tokenizer,
    "epochs": run.epochs,
    "learning rate": formatNumber(run.learningRate),
    "warm-up": run.warmupRatio === 0 ? "none" : `the first ${Math.round(100 * run.warmupRatio)} % of all steps`,
    "batch size": run.batchSize,
    "seed": run.seed,
    "expected time": `about ${minutes} ${minutes === 1 ? "minute" : "minutes"} on 2 cores`,
  }, { caption: "Settings of this run" });
}
