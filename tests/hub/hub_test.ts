import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DownloadProgress, HubError, listRepoFiles, openFolder, resolveFile } from "../../lib/hub/mod.ts";
import { withHome, withHub } from "../hub_server.ts";
import { sharedPath, sharedTest } from "../shared.ts";

const TINY = "attend-test/tiny-bert";
const GLUE = "nyu-mll/glue";
const TRAIN = "cola/train-00000-of-00001.parquet";

const weights = () => resolveFile({ repo: TINY, type: "model", path: "model.safetensors" });
const source = (path: string) => Deno.readFileSync(sharedPath(`hub/repos/${path}`));

/** Matches one sentence of a HubError with this code. */
function sentence(code: string, text: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof HubError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, text);
    assert.ok(!error.message.includes("\n") && error.message.endsWith("."), error.message);
    return true;
  };
}

sharedTest(
  "resolveFile() gives the file's bytes and a cache in Python's layout when the cache is empty",
  () =>
    withHub("", async ({ home }) => {
      const path = await weights();
      assert.deepEqual(Deno.readFileSync(path), source(`models/${TINY}/model.safetensors`));

      const folder = join(home, "hub", "models--attend-test--tiny-bert");
      const commit = Deno.readTextFileSync(join(folder, "refs", "main"));
      assert.match(commit, /^[0-9a-f]{40}$/);
      assert.equal(path, join(folder, "snapshots", commit, "model.safetensors"));
      const sha256 = createHash("sha256").update(Deno.readFileSync(path)).digest("hex");
      assert.equal(Deno.readLinkSync(path), join("..", "..", "blobs", sha256));
      assert.deepEqual([...Deno.readDirSync(join(folder, "blobs"))].map((e) => e.name), [sha256]);

      const small = await resolveFile({ repo: GLUE, type: "dataset", path: "README.md" });
      const bytes = Deno.readFileSync(small);
      const gitSha1 = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
      assert.equal(Deno.readLinkSync(small), join("..", "..", "blobs", gitSha1));
    }),
);

sharedTest(
  "resolveFile() asks nothing when the revision is a commit and the file is cached",
  () =>
    withHub("", async (hub) => {
      const commit = (await weights()).split("/").at(-2);
      await hub.reset();
      const asked = { repo: TINY, type: "model", path: "model.safetensors", revision: commit } as const;
      assert.equal((await resolveFile(asked)).split("/").at(-2), commit);
      await assert.rejects(
        resolveFile({ ...asked, path: "nothing.txt" }),
        sentence("no-file", /no file "nothing.txt"/),
      );
      assert.equal((await hub.stats()).requests, 0);
    }),
);

sharedTest(
  "resolveFile() downloads nothing when the file is cached and the branch has not moved",
  () =>
    withHub("", async (hub) => {
      await weights();
      await hub.reset();
      await weights();
      const { requests, bytes } = await hub.stats();
      assert.deepEqual({ requests, bytes }, { requests: 1, bytes: 0 });
    }),
);

sharedTest(
  "resolveFile() sends the token to the hub and never to the CDN when a token is set",
  () =>
    withHub(`--gated ${TINY}`, async (hub) => {
      Deno.env.set("HF_TOKEN", "hf_test");
      await weights();
      const { authorizationAtCdn, statuses } = await hub.stats();
      assert.equal(authorizationAtCdn, 0);
      assert.equal(statuses["401"], undefined);
    }),
);

sharedTest(
  "resolveFile() takes the token of the saved file when HF_TOKEN is not set",
  () =>
    withHub(`--gated ${TINY}`, async ({ home }) => {
      await assert.rejects(weights(), sentence("denied", /gated; accept its terms on .*tiny-bert and set HF_TOKEN/));
      Deno.writeTextFileSync(join(home, "token"), "hf_saved\n");
      await weights();
    }),
);

sharedTest(
  "resolveFile() takes the token of the call before any other, and asks without one where it is false",
  () =>
    withHub(`--gated ${TINY}`, async (hub) => {
      const asked = { repo: TINY, type: "model", path: "model.safetensors" } as const;
      Deno.env.set("HF_TOKEN", "hf_noaccess");
      await assert.rejects(resolveFile({ ...asked, token: false }), sentence("denied", /is gated; accept its terms/));
      await resolveFile({ ...asked, token: "hf_mine" });
      assert.equal((await hub.stats()).authorizationAtCdn, 0);
    }),
);

sharedTest(
  "resolveFile() names the account's lack of access when the token is good and not on the list",
  () =>
    withHub(`--gated ${TINY}`, async () => {
      Deno.env.set("HF_TOKEN", "hf_noaccess");
      await assert.rejects(weights(), sentence("denied", /your token's account is not on its list/));
    }),
);

sharedTest(
  "resolveFile() goes on from the cached part when the connection is cut",
  () =>
    withHub("--cut-after 100000", async (hub) => {
      const seen: DownloadProgress[] = [];
      const asked = { repo: TINY, type: "model", path: "model.safetensors" } as const;
      const path = await resolveFile({ ...asked, onProgress: (progress) => seen.push(progress) });
      assert.deepEqual(Deno.readFileSync(path), source(`models/${TINY}/model.safetensors`));
      const { cut, ranges, bytes } = await hub.stats();
      const { size } = Deno.statSync(path);
      assert.equal(cut, 1);
      assert.ok(ranges >= 1, "asked for the rest by range");
      assert.ok(bytes < size + 100_000, `${bytes} bytes sent for a file of ${size}`);
      assert.equal(seen[0].bytes, 0);
      assert.equal(seen.at(-1)?.bytes, size);
      assert.ok(seen.every((now, i) => now.total === size && (i === 0 || now.bytes >= seen[i - 1].bytes)));
    }),
);

sharedTest("resolveFile() starts anew when the cached part is not of this file", () =>
  withHub("", async ({ home }) => {
    const path = await weights();
    const blob = Deno.realPathSync(path);
    Deno.removeSync(blob);
    Deno.writeFileSync(`${blob}.incomplete`, new Uint8Array(5000).fill(7));
    assert.deepEqual(Deno.readFileSync(await weights()), source(`models/${TINY}/model.safetensors`));
    const blobs = join(home, "hub", "models--attend-test--tiny-bert", "blobs");
    assert.equal([...Deno.readDirSync(blobs)].length, 1, "nothing incomplete is left");
  }));

sharedTest("resolveFile() asks again when the hub is busy", () =>
  withHub("--fail-first 2", async (hub) => {
    await weights();
    assert.equal((await hub.stats()).failed, 2);
  }));

sharedTest(
  "resolveFile() verifies small files when the hub packs them",
  () =>
    withHub("--gzip --page-size 2", async () => {
      const path = await resolveFile({ repo: TINY, type: "model", path: "tokenizer.json" });
      assert.deepEqual(Deno.readFileSync(path), source(`models/${TINY}/tokenizer.json`));
    }),
);

sharedTest("resolveFile() fetches the file again when the cached one is damaged", () =>
  withHub("", async () => {
    const path = await weights();
    Deno.truncateSync(Deno.realPathSync(path), 1000);
    assert.deepEqual(Deno.readFileSync(await weights()), source(`models/${TINY}/model.safetensors`));
  }));

sharedTest(
  "resolveFile() refuses a file when its content is not what the hub lists",
  () =>
    withHub("", async ({ home }) => {
      // a listing with another hash, as a proxy that alters files would show
      const folder = join(home, "hub", "models--attend-test--tiny-bert");
      const path = await resolveFile({ repo: TINY, type: "model", path: "config.json" });
      const commit = path.split("/").at(-2);
      const listing = join(folder, "trees", `${commit}.json`);
      const tree = JSON.parse(Deno.readTextFileSync(listing));
      tree.files["vocab.txt"].blob_id = "0".repeat(40);
      Deno.writeTextFileSync(listing, JSON.stringify(tree));
      await assert.rejects(
        resolveFile({ repo: TINY, type: "model", path: "vocab.txt" }),
        sentence("damaged", /"vocab.txt" of model "attend-test\/tiny-bert" arrives damaged/),
      );
      assert.ok(![...Deno.readDirSync(join(folder, "blobs"))].some((e) => e.name.startsWith("0000")));
    }),
);

sharedTest(
  "resolveFile() works from the cache when HF_HUB_OFFLINE is set, and names it when the cache is cold",
  () =>
    withHub("", async (hub) => {
      const path = await weights();
      await hub.reset();
      Deno.env.set("HF_HUB_OFFLINE", "1");
      assert.equal(await weights(), path);
      await assert.rejects(
        resolveFile({ repo: TINY, type: "model", path: "vocab.txt" }),
        sentence("offline", /"vocab.txt" of model .* is not whole in the cache .* HF_HUB_OFFLINE is set/),
      );
      await assert.rejects(
        resolveFile({ repo: GLUE, type: "dataset", path: "README.md" }),
        sentence("offline", /revision "main" of dataset "nyu-mll\/glue"/),
      );
      assert.equal((await hub.stats()).requests, 0);
    }),
);

sharedTest("resolveFile() works from the cache when the hub cannot be reached", () =>
  withHub("", async () => {
    const path = await weights();
    Deno.env.set("HF_ENDPOINT", "http://127.0.0.1:9");
    assert.equal(await weights(), path);
  }));

sharedTest("resolveFile() names the cache when nothing can be kept in it", () =>
  withHub("", async ({ home }) => {
    const file = join(home, "file");
    Deno.writeTextFileSync(file, "no folder");
    Deno.env.set("HF_HOME", file);
    await assert.rejects(
      weights(),
      sentence(
        "unwritable",
        /"model.safetensors" of model .* could not be kept in the cache .*set HF_HOME to a folder/,
      ),
    );
  }));

sharedTest("resolveFile() names repository, revision and file when they are missing", () =>
  withHub("", async () => {
    await assert.rejects(
      resolveFile({ repo: "nobody/nothing", type: "model", path: "config.json" }),
      sentence("no-repository", /no model "nobody\/nothing" at http.*set HF_TOKEN if it is private/),
    );
    await assert.rejects(
      resolveFile({ repo: TINY, type: "model", path: "config.json", revision: "v9" }),
      sentence("no-revision", /model "attend-test\/tiny-bert" has no such revision .*v9/),
    );
    await assert.rejects(
      resolveFile({ repo: TINY, type: "model", path: "pytorch_model.bin" }),
      sentence("no-file", /no file "pytorch_model.bin"; it has README.md, config.json/),
    );
    await assert.rejects(
      resolveFile({ repo: TINY, type: "model", path: "../../../evil" }),
      sentence("no-file", /no path inside/),
    );
  }));

sharedTest(
  "resolveFile() says what an unknown name may be when the hub hides private repositories",
  () =>
    withHub("--anon-401", async () => {
      await assert.rejects(
        resolveFile({ repo: "nobody/nothing", type: "dataset", path: "README.md" }),
        sentence("no-repository", /set HF_TOKEN if it is private/),
      );
    }),
);

Deno.test("resolveFile() names the network and the ways out when nothing answers", () =>
  withHome(async () => {
    Deno.env.set("HF_ENDPOINT", "http://127.0.0.1:9");
    await assert.rejects(
      resolveFile({ repo: "glue", type: "dataset", path: "README.md" }),
      sentence("unreachable", /dataset "nyu-mll\/glue" could not be asked .*set HF_ENDPOINT.*"attend\/acceptability"/),
    );
    Deno.env.set("HF_ENDPOINT", "localhost:80");
    await assert.rejects(resolveFile({ repo: "glue", type: "dataset", path: "README.md" }), /must be a web address/);
  }));

sharedTest(
  "resolveFile() downloads once when two ask for the same file at the same time",
  () =>
    withHub("", async (hub) => {
      const [a, b] = await Promise.all([weights(), weights()]);
      assert.equal(a, b);
      assert.equal((await hub.stats()).bytes, Deno.statSync(a).size);
    }),
);

sharedTest("listRepoFiles() follows the pages when the listing is long", () =>
  withHub("--page-size 2", async () => {
    const paths = await listRepoFiles({ repo: "glue", type: "dataset" });
    assert.ok(paths.includes(TRAIN) && paths.includes(".gitattributes"));
    assert.equal(paths.length, 5);
  }));

sharedTest(
  "openFolder() reads a model by an old name, by its hub name and from a local folder alike",
  () =>
    withHub("", async (hub) => {
      const remote = await openFolder("model", TINY);
      const local = await openFolder("model", sharedPath(`hub/repos/models/${TINY}`));
      const text = new TextEncoder().encode("x").buffer;
      assert.ok(text);
      assert.deepEqual(await remote.read("config.json"), await local.read("config.json"));
      assert.equal(await remote.read("spiece.model"), undefined);
      assert.equal(await local.read("spiece.model"), undefined);
      assert.equal(await remote.has("tokenizer.json"), true);
      assert.equal(await local.has("tokenizer.json"), true);
      await hub.reset();
      assert.ok(await remote.locate("config.json"));
      assert.equal((await hub.stats()).requests, 0, "the commit was settled when the folder was opened");
      assert.ok((await (await openFolder("dataset", "glue")).list()).includes(TRAIN));
    }),
);

Deno.test("openFolder() asks no network when the name is embedded or a missing path", () =>
  withHome(async () => {
    Deno.env.set("HF_ENDPOINT", "http://127.0.0.1:9");
    await assert.rejects(
      openFolder("dataset", "attend/nothing"),
      /"attend\/nothing" is not shipped.*attend\/acceptability/,
    );
    await assert.rejects(openFolder("model", "./nothing"), /There is no folder "\.\/nothing"/);
  }));

Deno.test("openFolder() and resolveFile() end in a sentence when environment, network and home are denied", async () => {
  const program = `
    const { openFolder, resolveFile } = await import(${
    JSON.stringify(new URL("../../lib/hub/mod.ts", import.meta.url))
  });
    console.log((await openFolder("dataset", "attend/acceptability")).name);
    await resolveFile({ repo: "glue", type: "dataset", path: "README.md" }).catch((error) => console.log(error.message));`;
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const args = ["run", "--no-prompt", `--allow-read=${root}`, "--config", join(root, "deno.json"), "-"];
  const child = new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(program));
  await writer.close();
  const { stdout, stderr } = await child.output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  assert.equal(lines[0], "attend/acceptability", new TextDecoder().decode(stderr));
  assert.match(lines[1], /cache has no place: neither HF_HOME nor HOME is set/);
});
