// Numbers of rows, orders and slices are what Datasets 5.2.0 gives from the same server.
import assert from "node:assert/strict";
import { join } from "node:path";
import { type DatasetDict, loadDataset } from "../../lib/data/mod.ts";
import type { DownloadProgress } from "../../lib/hub/mod.ts";
import { withHome, withHub } from "../hub_server.ts";
import { sharedTest } from "../shared.ts";

const ends = (idx: number[]) => [idx.length, idx[0], idx.at(-1)];

function assertIsCola(raw: DatasetDict): void {
  assert.deepEqual(raw.numRows, { train: 8551, validation: 1043, test: 1063 });
  assert.deepEqual(raw.train.columnNames, ["sentence", "label", "idx"]);
  assert.deepEqual([...raw.train.features.label.names], ["unacceptable", "acceptable"]);
  assert.equal(String(raw.train.features.idx), "Value('int32')");
  const first = "Our friends won't buy this analysis, let alone the next one we propose.";
  assert.deepEqual(raw.train[0], { sentence: first, label: 1, idx: 0 });
  assert.deepEqual(raw.test.unique("label"), [-1]);
}

sharedTest(
  "loadDataset() gives CoLA with types and class names, under its present and its old name",
  () =>
    withHub("", async (hub) => {
      const progress: DownloadProgress[] = [];
      assertIsCola(await loadDataset("nyu-mll/glue", "cola", { onProgress: (step) => progress.push(step) }));
      const done = progress.filter(({ bytes, total }) => bytes === total).map(({ path }) => path);
      assert.ok(done.includes("cola/train-00000-of-00001.parquet"), done.join(", "));
      await hub.reset();
      assertIsCola(await loadDataset("glue", "cola"));
      assert.equal((await hub.stats()).bytes, 0, "the old name finds the same cache");
    }),
);

sharedTest(
  "loadDataset() asks nothing when the revision is pinned and cached, and nothing offline",
  () =>
    withHub("", async (hub) => {
      await loadDataset("nyu-mll/glue", "cola");
      const refs = join(hub.home, "hub", "datasets--nyu-mll--glue", "refs", "main");
      const revision = Deno.readTextFileSync(refs);
      await hub.reset();
      assertIsCola(await loadDataset("nyu-mll/glue", "cola", { revision }));
      Deno.env.set("HF_HUB_OFFLINE", "1");
      assertIsCola(await loadDataset("nyu-mll/glue", "cola"));
      assert.equal((await hub.stats()).requests, 0);
    }),
);

sharedTest(
  "loadDataset() loads from a busy hub that cuts, packs and redirects, and keeps the token home",
  () =>
    withHub("--fail-first 2 --cut-after 50000 --gzip --gated nyu-mll/glue", async (hub) => {
      Deno.env.set("HF_TOKEN", "hf_test");
      assertIsCola(await loadDataset("nyu-mll/glue", "cola"));
      const { failed, cut, authorizationAtCdn } = await hub.stats();
      assert.deepEqual({ failed, cut: cut > 0, authorizationAtCdn }, { failed: 2, cut: true, authorizationAtCdn: 0 });
    }),
);

sharedTest("loadDataset() shuffles, splits and slices CoLA as Datasets does", () =>
  withHub("", async () => {
    const { train } = await loadDataset("nyu-mll/glue", "cola");
    const shuffled = train.shuffle({ seed: 42 }).column("idx");
    assert.deepEqual(shuffled.slice(0, 5), [1792, 7950, 5436, 2959, 3581]);
    assert.deepEqual(shuffled.slice(997, 1000), [1953, 1178, 3605]);

    const plain = train.trainTestSplit({ testSize: 0.1, seed: 7 });
    assert.deepEqual(plain.numRows, { train: 7695, test: 856 });
    assert.deepEqual(plain.train.slice(0, 4).idx, [5370, 4778, 1102, 2300]);
    assert.deepEqual(plain.test.slice(0, 4).idx, [3099, 3950, 5238, 2073]);

    const sizes = { testSize: 200, trainSize: 300, seed: 0, stratifyByColumn: "label" };
    const stratified = train.trainTestSplit(sizes);
    assert.deepEqual(stratified.train.slice(0, 4).idx, [7632, 5156, 7276, 3245]);
    assert.deepEqual(stratified.test.slice(0, 4).idx, [3679, 6875, 547, 3359]);
    const positives = (split: "train" | "test") => stratified[split].filter((row) => row.label === 1).numRows;
    assert.deepEqual([positives("train"), positives("test")], [211, 141]);

    const slices: Record<string, number[]> = {
      "train[:10%]": [855, 0, 854],
      "train[10%:20%]": [855, 855, 1709],
      "train[-5%:]": [428, 8123, 8550],
      "train[8000:]": [551, 8000, 8550],
      "train[-10:]": [10, 8541, 8550],
      "train[5:-8000]": [546, 5, 550],
      "train[33%:66%]": [2822, 2822, 5643],
      "validation[:50%]": [522, 0, 521],
      "train[:2]+validation[-1:]": [3, 0, 1042],
    };
    for (const [split, expected] of Object.entries(slices)) {
      const part = await loadDataset("nyu-mll/glue", "cola", { split });
      assert.deepEqual(ends(part.column("idx")), expected, split);
    }
  }));

sharedTest("loadDataset() reads parquet, JSON lines and CSV sets of the course", () =>
  withHub("", async () => {
    const films = await loadDataset("rotten_tomatoes");
    assert.deepEqual(films.numRows, { train: 8530, validation: 1066, test: 1066 });
    assert.deepEqual([...films.train.features.label.names], ["neg", "pos"]);
    const news = await loadDataset("ag_news");
    assert.deepEqual(news.test.unique("label").sort(), [0, 1, 2, 3]);
    assert.equal(news.test.features.label.int2str(3), "Sci/Tech");
    const lines = await loadDataset("mteb/amazon_reviews_multi", "en", { split: "test" });
    const table = await loadDataset("attend-course/amazon-reviews-csv", { split: "test" });
    assert.deepEqual(table.column("review_body"), lines.column("text"));
    assert.deepEqual(table.column("stars"), lines.column("label").map((label) => label + 1));
  }));

sharedTest(
  "loadDataset() names configuration, split and rows when they are not there",
  () =>
    withHub("", async ({ home }) => {
      await assert.rejects(
        loadDataset("nyu-mll/glue", "sst2"),
        /"nyu-mll\/glue" has no configuration "sst2"; it has cola/,
      );
      await assert.rejects(
        loadDataset("ag_news", { split: "validation" }),
        /"ag_news" has no split "validation"; it has train, test/,
      );
      await assert.rejects(loadDataset("ag_news", { split: "train[:x]" }), /split is "train\[:x\]"; it must read like/);
      await loadDataset("nyu-mll/glue", "cola");
      // a cache without its listing, as older programs leave it, from which a file is gone
      const folder = join(home, "hub", "datasets--nyu-mll--glue");
      Deno.removeSync(join(folder, "trees"), { recursive: true });
      const commit = Deno.readTextFileSync(join(folder, "refs", "main"));
      Deno.removeSync(join(folder, "snapshots", commit, "cola", "test-00000-of-00001.parquet"));
      Deno.env.set("HF_HUB_OFFLINE", "1");
      await assert.rejects(
        loadDataset("nyu-mll/glue", "cola"),
        /no file cola\/test-\* for split "test"; if it comes from an incomplete cache/,
      );
    }),
);

Deno.test("loadDataset() takes nothing else when there is no network", () =>
  withHome(async () => {
    Deno.env.set("HF_ENDPOINT", "http://127.0.0.1:9");
    await assert.rejects(
      loadDataset("glue", "cola"),
      /dataset "nyu-mll\/glue" could not be asked for.*set HF_ENDPOINT.*"attend\//,
    );
  }));

/** Writes files into a new folder and loads it. */
async function load(files: Record<string, string>, split = "train") {
  const folder = await Deno.makeTempDir();
  try {
    for (const [path, text] of Object.entries(files)) await Deno.writeTextFile(join(folder, path), text);
    return await loadDataset(folder, { split });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const descriptor = (splits: Record<string, string>) =>
  JSON.stringify({
    description: "Three sentences.",
    features: {
      sentence: { dtype: "string", _type: "Value" },
      label: { names: ["unacceptable", "acceptable"], _type: "ClassLabel" },
    },
    splits,
  });

Deno.test("loadDataset() reads a folder by its dataset.json, from JSON lines and from CSV alike", async () => {
  const rows = [{ sentence: "Ann slept.", label: 1 }, { sentence: 'Slept, "Ann".', label: 0 }];
  const lines = `{"sentence": "Ann slept.", "label": "acceptable"}\n{"sentence": "Slept, \\"Ann\\".", "label": 0}\n`;
  const csv = `sentence,label\r\nAnn slept.,1\r\n"Slept, ""Ann"".",0\r\n`;
  const fromLines = await load({ "dataset.json": descriptor({ train: "a.jsonl" }), "a.jsonl": lines });
  const fromCsv = await load({ "dataset.json": descriptor({ train: "a.csv" }), "a.csv": csv });
  assert.deepEqual([fromLines.toArray(), fromCsv.toArray()], [rows, rows]);
  assert.equal(fromCsv.features.label.int2str(1), "acceptable");
});

Deno.test("loadDataset() finds splits by the names of files, and types by their values, when there is no card", async () => {
  const files = {
    "train_1.csv": "text,stars\na,1\n",
    "train_2.csv": "text,stars\nb,\n",
    "dev.csv": "text,stars\n7,2\n",
  };
  const train = await load(files);
  assert.deepEqual(train.toArray(), [{ text: "a", stars: 1 }, { text: "b", stars: null }]);
  assert.deepEqual((await load(files, "validation")).toArray(), [{ text: 7, stars: 2 }]);
});

Deno.test("loadDataset() names file, line and column when the content is wrong", async () => {
  const json = descriptor({ train: "a.jsonl" });
  await assert.rejects(
    load({ "dataset.json": json, "a.jsonl": '{"sentence": "a", "label": 0}\n{"sent' }),
    /"a.jsonl" cannot be read: line 2/,
  );
  await assert.rejects(
    load({ "dataset.json": json, "a.jsonl": '{"sentence": "a", "label": 2}' }),
    /Column "label": 2 is no class/,
  );
  await assert.rejects(
    load({ "dataset.json": json, "a.jsonl": '{"text": "a"}' }),
    /The columns are text, but the features name sentence, label/,
  );
  await assert.rejects(load({ "notes.md": "x" }), /holds no data files and no card that names some/);
  await assert.rejects(load({ "dataset.json": "{" }), /dataset.json of ".*" cannot be read/);
  await assert.rejects(
    load({ "dataset.json": descriptor({ train: "a.xlsx" }), "a.xlsx": "" }),
    /"a.xlsx" is none of the files that are read/,
  );
});
