// A run killed by SIGKILL at random moments and started again ends with the same bits as one that was left alone, and whatever lies in its
// folder under a checkpoint's name is complete.

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inFolder } from "./tiny.ts";

const script = fileURLToPath(new URL("./killed_run.ts", import.meta.url));

/** Registers the test; runs that come to their end before they are killed often enough begin again. */
export function testKills(wanted: number): void {
  Deno.test(`train() ends with the same bits when it is killed at ${wanted} random moments and resumed`, async () => {
    await inFolder(async (folder) => {
      const expected = await run(join(folder, "whole"));
      assert.ok(expected, "the run that was left alone printed no hash");
      const complete = sizesOf(join(folder, "whole", "checkpoint-150"));
      const moments: number[] = [];
      for (let attempt = 0; moments.length < wanted; attempt++) {
        const killed = join(folder, `killed-${attempt}`);
        let hash: string | undefined;
        while (hash === undefined) {
          const moment = moments.length < wanted ? Math.random() * 400 : undefined;
          hash = await run(killed, moment);
          if (hash === undefined && moment !== undefined) moments.push(moment);
          for (const name of checkpointsIn(killed)) {
            const sizes = sizesOf(join(killed, name));
            assert.deepEqual(Object.keys(sizes), Object.keys(complete), `${name} after ${moments}`);
            for (const file of ["model.safetensors", "optimizer.safetensors"]) {
              assert.equal(sizes[file], complete[file], `${name}/${file} after ${moments}`);
            }
          }
        }
        assert.equal(hash, expected, `killed after ${moments} ms`);
        const names = Array.from(Deno.readDirSync(killed), ({ name }) => name).sort();
        assert.deepEqual(names, ["checkpoint-147", "checkpoint-150"]);
      }
    });
  });
}

/** Starts the run; kills it that long after its training began, or lets it end. Gives the hash it printed, if it came to that. */
async function run(folder: string, killAfterMs?: number): Promise<string | undefined> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", script, folder],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let printed = "", timer: ReturnType<typeof setTimeout> | undefined;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    printed += text;
    if (killAfterMs === undefined || timer !== undefined || !printed.includes("training")) continue;
    timer = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  }
  clearTimeout(timer);
  await child.status;
  const hash = /hash (\w+)/.exec(printed)?.[1];
  assert.ok(hash || killAfterMs !== undefined, `the run failed: ${printed}`);
  return hash;
}

function checkpointsIn(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name).filter((name) => name.startsWith("checkpoint-"));
  } catch {
    return []; // killed before there was one
  }
}

/** Bytes of each file of a folder, by name. */
function sizesOf(folder: string): Record<string, number> {
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
  return Object.fromEntries(names.map((name) => [name, Deno.statSync(join(folder, name)).size]));
}
