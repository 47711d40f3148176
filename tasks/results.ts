// deno task results [LESSON …] [--again]: measures what takes longer than a lesson and writes notebooks/results/LESSON.json, which
// the notebooks read. Runs that are in the file already are left out; with --again all are measured anew. Each run is written
// as soon as it has ended, so that nothing is lost when the task is stopped.

import { join } from "node:path";
import type { MeasuredRun } from "lib";
import { parseResults } from "../lib/notebook/results.ts";
import { ROOT } from "./project.ts";
import { cola } from "./results/cola.ts";
import { fineTune, type FineTuning, identityOf } from "./results/fine_tune.ts";

const plans: Readonly<Record<string, readonly FineTuning[]>> = { cola };

const isAgain = Deno.args.includes("--again");
const asked = Deno.args.filter((arg) => !arg.startsWith("--"));
const unknown = asked.find((lesson) => !Object.hasOwn(plans, lesson));
if (unknown !== undefined) {
  console.error(`results: there are no measurements for "${unknown}"; known are ${Object.keys(plans).join(", ")}.`);
  Deno.exit(1);
}
for (const lesson of asked.length > 0 ? asked : Object.keys(plans)) await measure(lesson);
Deno.exit(0);

async function measure(lesson: string): Promise<void> {
  const path = join(ROOT, "notebooks", "results", `${lesson}.json`);
  const known = isAgain ? [] : await readKnown(path, lesson);
  const done = new Map(known.map((run) => [keyOf(run), run]));
  const runs: MeasuredRun[] = [];
  for (const [i, setting] of plans[lesson].entries()) {
    const key = JSON.stringify(identityOf(setting));
    const measured = done.get(key);
    if (!measured) {
      console.log(`${lesson}, ${i + 1} of ${plans[lesson].length}: ${setting.variant}, seed ${setting.seed}`);
    }
    runs.push(measured ?? await fineTune(setting));
    const rest = plans[lesson].slice(i + 1).flatMap((later) => done.get(JSON.stringify(identityOf(later))) ?? []);
    await write(path, [...runs, ...rest]);
  }
  console.log(`notebooks/results/${lesson}.json holds ${runs.length} runs`);
}

async function readKnown(path: string, lesson: string): Promise<MeasuredRun[]> {
  try {
    return parseResults(await Deno.readTextFile(path), lesson);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function keyOf({ variant, data, checkpoint, recipe, seed }: MeasuredRun): string {
  return JSON.stringify({ variant, dataset: data.name, checkpoint, recipe, seed });
}

/** Beside its place and renamed, a run a line. */
async function write(path: string, runs: readonly MeasuredRun[]): Promise<void> {
  const lines = runs.map((run) => JSON.stringify(run)).join(",\n");
  await Deno.writeTextFile(`${path}.part`, `[\n${lines}\n]\n`);
  await Deno.rename(`${path}.part`, path);
}
