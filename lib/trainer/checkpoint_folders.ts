// The folders `checkpoint-<step>` of a run: which are there, how one appears at once, which one goes when there are too many.

import { basename, join } from "node:path";

const incomplete = ".incomplete";

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
  const folder = join(path, "..", `.${basename(path)}.${crypto.randomUUID()}${incomplete}`);
  try {
    await Deno.mkdir(folder, { recursive: true });
    await write(folder);
    await removeFolder(path);
    await Deno.rename(folder, path);
  } catch (error) {
    await removeFolder(folder);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Trainer: the checkpoint ${path} could not be written; older ones are untouched: ${reason}`, {
      cause: error,
    });
  }
}

/** Removes what a killed run left half written. */
export async function removeIncomplete(outputDir: string): Promise<void> {
  try {
    for await (const entry of Deno.readDir(outputDir)) {
      const isLeftOver = entry.name.startsWith(".checkpoint-") && entry.name.endsWith(incomplete);
      if (isLeftOver) await removeFolder(join(outputDir, entry.name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
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
  for (const path of spare.slice(0, surplus)) await removeFolder(path);
}

async function removeFolder(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
