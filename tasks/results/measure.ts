// Goes through a lesson's measurements: which runs are known already, and the file after each one that is not.

import type { MeasuredRun } from "lib";
import { writeFile } from "../../lib/hub/write.ts";
import { parseResults } from "../../lib/notebook/results.ts";
import { type FineTuning, identityOf } from "./plan.ts";

export interface Measuring {
  readonly lesson: string;
  /** The results file. */
  readonly path: string;
  readonly plan: readonly FineTuning[];
  /** Measures known runs anew. */
  readonly isAgain: boolean;
  /** Measures the runs of this variant; all where it is left out. */
  readonly only?: string;
  /** Does one run. */
  readonly run: (setting: FineTuning) => Promise<MeasuredRun>;
  /** Hears of each run before it begins. */
  readonly onRun: (setting: FineTuning, number: number) => void;
}

/**
 * Writes the file with the runs of the plan, in its order: those that are in it already as they are, the others measured now. It is
 * written after each of them, so that a task that is stopped has lost one run. Runs that are in no plan any more are dropped.
 */
export async function measure({ lesson, path, plan, isAgain, only, run, onRun }: Measuring): Promise<MeasuredRun[]> {
  const known = new Map((await readKnown(path, lesson)).map((each) => [keyOf(each), each]));
  const keys = plan.map((setting) => JSON.stringify(identityOf(setting)));
  const inOrder = () => keys.flatMap((key) => known.get(key) ?? []);
  for (const [i, setting] of plan.entries()) {
    if (only !== undefined && setting.variant !== only) continue;
    if (!isAgain && known.has(keys[i])) continue;
    onRun(setting, i + 1);
    known.set(keys[i], await run(setting));
    await write(path, inOrder());
  }
  await write(path, inOrder());
  return inOrder();
}

async function readKnown(path: string, lesson: string): Promise<MeasuredRun[]> {
  try {
    return parseResults(await Deno.readTextFile(path), lesson);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** What `identityOf` gives for the setting that the run was made from. */
function keyOf({ variant, data, checkpoint, recipe, seed }: MeasuredRun): string {
  return JSON.stringify({ variant, dataset: data.name, checkpoint, recipe, seed });
}

/** A run a line. */
function write(path: string, runs: readonly MeasuredRun[]): Promise<void> {
  const lines = runs.map((run) => JSON.stringify(run)).join(",\n");
  return writeFile(path, `[\n${lines}\n]\n`);
}
