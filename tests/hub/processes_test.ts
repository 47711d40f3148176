// Several processes and one cache: each download is a process of its own.
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withHub } from "../hub_server.ts";
import { sharedPath, sharedTest } from "../shared.ts";

const TINY = "attend-test/tiny-bert";
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const expected = () => Deno.readFileSync(sharedPath(`hub/repos/models/${TINY}/model.safetensors`));

/** A process that downloads the weights and prints their path; the hub's variables are those of this process. */
function download(): Deno.ChildProcess {
  const asked = JSON.stringify({ repo: TINY, type: "model", path: "model.safetensors" });
  const program = `import { resolveFile } from "./lib/hub/mod.ts"; console.log(await resolveFile(${asked}));`;
  const args = ["eval", "--config", join(ROOT, "deno.json"), program];
  return new Deno.Command(Deno.execPath(), { args, cwd: ROOT, stdout: "piped", stderr: "piped" }).spawn();
}

async function pathOf(child: Deno.ChildProcess): Promise<string> {
  const { success, stdout, stderr } = await child.output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

/** The sizes of what is in the repository's blobs folder, by name. */
function blobs(home: string): Record<string, number> {
  const folder = join(home, "hub", "models--attend-test--tiny-bert", "blobs");
  try {
    return Object.fromEntries(
      [...Deno.readDirSync(folder)].map(({ name }) => [name, Deno.statSync(join(folder, name)).size]),
    );
  } catch {
    return {};
  }
}

sharedTest(
  "resolveFile() downloads once when two processes ask for the same file at once, on a line that is cut",
  () =>
    withHub("--slow 1000000 --cut-after 300000", async (hub) => {
      const [a, b] = await Promise.all([download(), download()].map(pathOf));
      assert.equal(a, b);
      assert.deepEqual(Deno.readFileSync(a), expected());
      const { bytes, cut } = await hub.stats();
      assert.ok(cut === 1 && bytes < expected().length + 200_000, `${bytes} bytes sent, ${cut} cuts`);
      assert.deepEqual(Object.values(blobs(hub.home)), [expected().length], "one blob, nothing incomplete");
    }),
);

sharedTest("resolveFile() goes on where a process was killed, in the next one", async () => {
  const log = await Deno.makeTempFile();
  await withHub(`--slow 400000 --log ${log}`, async (hub) => {
    const killed = download();
    const have = () => Object.entries(blobs(hub.home)).find(([name]) => name.endsWith(".incomplete"))?.[1] ?? 0;
    while (have() < 100_000) await new Promise((resolve) => setTimeout(resolve, 20));
    killed.kill("SIGKILL");
    await killed.output();
    const before = have();
    assert.ok(before >= 100_000 && before < expected().length);
    await Deno.truncate(log);
    const path = await pathOf(download());
    assert.deepEqual(Deno.readFileSync(path), expected());
    assert.deepEqual(Object.values(blobs(hub.home)), [expected().length]);
    const asked = Deno.readTextFileSync(log).trim().split("\n").map((line) => JSON.parse(line));
    const ranges = asked.filter(({ path }) => path.includes("resolve/") || path.includes("Signature")).map((
      { range },
    ) => range);
    assert.deepEqual(ranges, [`bytes=${before}-`, `bytes=${before}-`], "of the hub and of the CDN");
  });
  await Deno.remove(log);
});
