// fixtures/data/*.parquet: plain.parquet by pyarrow 26.0 (`pq.write_table(table, row_group_size=2)`), typed.parquet by Datasets 5.0.1
// (`to_parquet(batch_size=2)`). Types and values are what `datasets.load_dataset` gives for the same files.
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Dataset, loadDataset } from "../../lib/data/mod.ts";

const parquet = (name: string) => fileURLToPath(new URL(`../fixtures/data/${name}.parquet`, import.meta.url));
const types = (set: Dataset) => Object.entries(set.features).map(([name, type]) => `${name} ${type}`).join(", ");

/** A folder with these files while the test runs. */
async function withFiles(
  files: Record<string, string | Uint8Array<ArrayBuffer>>,
  test: (folder: string) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  try {
    for (const [path, content] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
      await Deno.writeFile(
        join(folder, path),
        typeof content === "string" ? new TextEncoder().encode(content) : content,
      );
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("loadDataset() reads parquet files by kind, with the file's own types and over several row groups", async () => {
  const plain = await loadDataset("parquet", { dataFiles: parquet("plain"), split: "train" });
  assert.equal(
    types(plain),
    "i8 Value('int8'), u16 Value('uint16'), i32 Value('int32'), i64 Value('int64'), f32 Value('float32'), f64 Value('float64'), " +
      "s Value('string'), b Value('bool'), l List(Value('int64'))",
  );
  assert.deepEqual(plain.slice(), {
    i8: [1, null, -3],
    u16: [1, 2, 65535],
    i32: [1, 2, 3],
    i64: [2 ** 40, null, -1],
    f32: [0.5, null, 1.25],
    f64: [0.1, 2, null],
    s: ["a", null, "ü"],
    b: [true, null, false],
    l: [[1], [], [2, 3]],
  });
  const typed = await loadDataset("parquet", {
    dataFiles: { test: [parquet("typed"), parquet("typed")] },
    split: "test",
  });
  assert.equal(types(typed), "text Value('string'), label ClassLabel(names=['neg', 'pos']), ids List(Value('int32'))");
  assert.deepEqual(typed.column("ids"), [[1], [2, 3], [], [1], [2, 3], []]);
  assert.deepEqual(typed.column("label"), [0, 1, -1, 0, 1, -1]);
});

Deno.test("loadDataset() reads JSON lines, a list under a field, and lines of text as Datasets does", () =>
  withFiles({
    "a.jsonl": '{"a": 1, "b": "x"}\n\n{"a": 2.5, "c": [1]}\n',
    "b.json": '{"version": 1,\n "data": [{"a": 1}, {"a": 2}]}',
    "c.json": '[{"a": 1},\n {"a": 2}]',
    "d.txt": "a\n\nb\r\nlast",
    "empty.txt": "",
  }, async (folder) => {
    const read = async (kind: string, file: string, field?: string) => {
      const set = await loadDataset(kind, { dataFiles: join(folder, file), split: "train", field });
      return [types(set), set.slice()];
    };
    assert.deepEqual(await read("json", "a.jsonl"), [
      "a Value('float64'), b Value('string'), c List(Value('int64'))",
      { a: [1, 2.5], b: ["x", null], c: [null, [1]] },
    ]);
    assert.deepEqual(await read("json", "b.json", "data"), ["a Value('int64')", { a: [1, 2] }]);
    assert.deepEqual(await read("json", "c.json"), ["a Value('int64')", { a: [1, 2] }]);
    assert.deepEqual(await read("text", "d.txt"), ["text Value('string')", { text: ["a", "", "b", "last"] }]);
    assert.deepEqual((await read("text", "empty.txt"))[1], { text: [] });
    await assert.rejects(read("json", "b.json", "rows"), /"rows" is no list of records; keys: version, data/);
    await assert.rejects(read("parquet", "d.txt"), /d.txt" cannot be read: /);
  }));

Deno.test("loadDataset() reads files that are packed, and those that the caller names in a folder", async () => {
  const packed = new Blob(["text,n\na,1\nb,2\n"]).stream().pipeThrough(new CompressionStream("gzip"));
  await withFiles({
    "sub/train.csv.gz": new Uint8Array(await new Response(packed).arrayBuffer()),
    "other.jsonl": '{"text": "c", "n": 3}\n',
  }, async (folder) => {
    const named = await loadDataset(folder, { dataFiles: { train: "sub/*.csv.gz", test: "other.jsonl" } });
    assert.deepEqual([named.train.column("n"), named.test.column("n")], [[1, 2], [3]]);
    await assert.rejects(
      loadDataset(folder, { dataFiles: "none/*.csv" }),
      /has no file none\/\*\.csv for split "train"/,
    );
  });
});

/** The head of a card as GLUE's is written, for some of its configurations. */
const GLUE_CARD = `---
dataset_info:
- config_name: sst2
  features:
  - name: sentence
    dtype: string
  - name: label
    dtype:
      class_label:
        names:
          '0': negative
          '1': positive
  - name: idx
    dtype: int32
- config_name: mnli
  features:
  - name: premise
    dtype: string
  - name: hypothesis
    dtype: string
  - name: label
    dtype:
      class_label:
        names:
          '0': entailment
          '1': neutral
          '2': contradiction
  - name: idx
    dtype: int32
- config_name: stsb
  features:
  - name: sentence1
    dtype: string
  - name: sentence2
    dtype: string
  - name: label
    dtype: float32
  - name: idx
    dtype: int32
configs:
- config_name: sst2
  data_files:
  - split: train
    path: sst2/train-*
- config_name: mnli
  data_files:
  - split: train
    path: mnli/train-*
  - split: validation_matched
    path: mnli/validation_matched-*
- config_name: stsb
  data_files:
  - split: train
    path: stsb/train-*
---
`;

Deno.test("loadDataset() reads each configuration of a card like GLUE's, and asks for one where there are several", () =>
  withFiles({
    "README.md": GLUE_CARD,
    "sst2/train-00000-of-00001.jsonl": '{"sentence": "fine", "label": 1, "idx": 0}\n',
    "mnli/train-00000-of-00002.jsonl": '{"premise": "p", "hypothesis": "h", "label": 2, "idx": 0}\n',
    "mnli/train-00001-of-00002.jsonl": '{"premise": "q", "hypothesis": "i", "label": 0, "idx": 1}\n',
    "mnli/validation_matched-00000-of-00001.jsonl": '{"premise": "p", "hypothesis": "h", "label": 1, "idx": 0}\n',
    "stsb/train-00000-of-00001.jsonl": '{"sentence1": "a", "sentence2": "b", "label": 4.5, "idx": 0}\n',
  }, async (folder) => {
    const sst2 = await loadDataset(folder, "sst2");
    assert.deepEqual(sst2.train.features.label.names, ["negative", "positive"]);
    const mnli = await loadDataset(folder, "mnli");
    assert.deepEqual(mnli.numRows, { train: 2, validation_matched: 1 });
    assert.equal(mnli.train.features.label.int2str(mnli.train[0].label), "contradiction");
    assert.equal(mnli.get("validation_matched").numRows, 1);
    const stsb = await loadDataset(folder, "stsb", { split: "train" });
    assert.equal(String(stsb.features.label), "Value('float32')");
    assert.equal(stsb[0].label, 4.5);
    await assert.rejects(loadDataset(folder), /several configurations \(sst2, mnli, stsb\); name one/);
  }));
