// The folders `checkpoint-<step>` of a run: which are there, how one appears at once, which one goes when there are too many.

import { basename, dirname, join } from "node:path";

/** Ending of a folder that is being written or removed; a run that starts clears it away. */
const incomplete = ".incomplete";
/** Ending of a checkpoint that gives way to a new one of its name; a run that starts puts it back where the new one did not come. */
const replaced = ".replaced";

/** Name of the folder of the checkpoint after that many updates. */
export function checkpointName(step: number): string {
  return `checkpoint-${step}`;
}

/** The checkpoints in a folder, oldest (fewest updates) first, as paths; none where the folder is not there. */
export async function listCheckpoints(outputDir: string): Promise<string[]> {
  const steps: number[] = [];
  try {
    for await (const entry of Deno.readDir(outputDir)) {
      const step = /^checkpoint-(\d+)$/.exec(entry.name)?.[1];
      if (entry.isDirectory && step !== undefined) steps.push(Number(step));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return steps.sort((a, b) => a - b).map((step) => join(outputDir, checkpointName(step)));
}

/**
 * Lets `write` fill a folder beside its place and renames it, so that a checkpoint is complete or absent, also when the process is killed.
 * An older one of the same name is replaced. @throws Error naming the checkpoint where it cannot be written; older ones are untouched
 */
export async function createCheckpoint(path: string, write: (folder: string) => Promise<void>): Promise<void> {
  const folder = hidden(path, `.${crypto.randomUUID()}${incomplete}`), old = hidden(path, replaced);
  try {
    await Deno.mkdir(folder, { recursive: true });
    await write(folder);
    await unlessMissing(Deno.rename(path, old));
    await Deno.rename(folder, path);
  } catch (error) {
    await removeFolder(folder);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Trainer: the checkpoint ${path} could not be written; older ones are untouched: ${reason}`, {
      cause: error,
    });
  }
  await removeFolder(old);
}

/** Puts in order what a killed run left: half-written and half-removed checkpoints go, one that was to be replaced comes back. */
export async function recoverCheckpoints(outputDir: string): Promise<void> {
  const names: string[] = [];
  await unlessMissing((async () => {
    for await (const { name } of Deno.readDir(outputDir)) names.push(name);
  })());
  for (const name of names.filter((name) => name.startsWith(".checkpoint-"))) {
    const path = join(outputDir, name), place = name.slice(1, -replaced.length);
    const isNeeded = name.endsWith(replaced) && !names.includes(place);
    if (isNeeded) await Deno.rename(path, join(outputDir, place));
    else if (name.endsWith(incomplete) || name.endsWith(replaced)) await removeFolder(path);
  }
}

/**
 * Removes the oldest checkpoints beyond `limit`. The best one is kept, and the last one too, so that the run can be resumed: with a
 * limit of 1 there may be two (as in Transformers).
 */
export async function rotateCheckpoints(
  outputDir: string,
  limit: number | undefined,
  best: string | null,
): Promise<void> {
  if (!limit) return;
  const all = await listCheckpoints(outputDir);
  const last = all.at(-1);
  const spare = all.filter((path) => path !== last && basename(path) !== basename(best ?? ""));
  const surplus = Math.max(0, all.length - Math.max(limit, all.length - spare.length));
  for (const path of spare.slice(0, surplus)) {
    const gone = hidden(path, incomplete); // at once: files are removed one by one, and a kill may come between
    await Deno.rename(path, gone);
    await removeFolder(gone);
  }
}

/** `out/checkpoint-3` -> `out/.checkpoint-3<ending>`. */
function hidden(path: string, ending: string): string {
  return join(dirname(path), `.${basename(path)}${ending}`);
}

function removeFolder(path: string): Promise<void> {
  return unlessMissing(Deno.remove(path, { recursive: true }));
}

/** Waits for work on a file that need not be there. */
async function unlessMissing(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
