// A run killed by SIGKILL at random moments and started again ends with the same bits as one that was left alone.

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inFolder } from "./tiny.ts";

const KILLS = 4;
const script = fileURLToPath(new URL("./killed_run.ts", import.meta.url));

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
  return /hash (\w+)/.exec(printed)?.[1];
}

Deno.test("train() ends with the same bits when it is killed at random moments and resumed", async () => {
  await inFolder(async (folder) => {
    const expected = await run(join(folder, "whole"));
    assert.ok(expected, "the run that was left alone printed no hash");
    const killed = join(folder, "killed");
    let kills = 0, hash: string | undefined;
    while (kills < KILLS && hash === undefined) {
      hash = await run(killed, Math.random() * 400);
      if (hash === undefined) kills++;
    }
    assert.ok(kills > 0, "the run ended before it could be killed");
    assert.equal(hash ?? await run(killed), expected);
    const names = Array.from(Deno.readDirSync(killed), (entry) => entry.name).sort();
    assert.deepEqual(names, ["checkpoint-147", "checkpoint-150"]);
  });
});
