// The folder of ../shared and the numbers below are what Datasets 5.0.1 wrote and reads.
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  ClassLabel,
  Dataset,
  DatasetDict,
  List,
  loadDataset,
  loadFromDisk,
  Struct,
  Value,
} from "../../lib/data/mod.ts";
import { sharedPath, sharedTest } from "../shared.ts";

/** Runs a test in a folder of its own. */
async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const types = (set: Dataset) =>
  Object.fromEntries(Object.entries(set.features).map(([name, type]) => [name, String(type)]));

sharedTest("loadFromDisk() reads splits, types and rows of a folder that Python's save_to_disk wrote", async () => {
  const saved = await DatasetDict.loadFromDisk(sharedPath("hub/local/marvel_like_saved"));
  assert.deepEqual(saved.numRows, { train: 1200, validation: 400, test: 400 });
  assert.deepEqual(types(saved.train), {
    text: "Value('string')",
    label: "ClassLabel(names=['neg', 'pos'])",
    input_ids: "List(Value('int32'))",
    token_type_ids: "List(Value('int8'))",
    attention_mask: "List(Value('int8'))",
  });
  const [row] = saved.train;
  assert.match(row.text, /^this is pure , exciting moviemaking \./);
  assert.deepEqual(row.input_ids.slice(0, 5), [101, 2023, 2003, 5760, 1010]);
  assert.equal(row.input_ids.length, 29);
  assert.deepEqual(row.attention_mask, row.input_ids.map(() => 1));
  // sums over all rows, taken in Python
  const sum = (set: Dataset, name: string) => set.column(name).flat().reduce((total, value) => total + value, 0);
  assert.deepEqual(
    [
      sum(saved.train, "input_ids"),
      sum(saved.train, "label"),
      sum(saved.test, "input_ids"),
      sum(saved.test, "attention_mask"),
    ],
    [147876841, 590, 48531298, 10836],
  );
});

/** Every type that is written, with missing values in each. */
const everything = () =>
  Dataset.fromDict({
    int: [1, null, -3],
    big: [2 ** 40, null, 0],
    float: [0.5, null, -0.25],
    text: ["x", null, "ü 😀"],
    flag: [true, null, false],
    label: [0, -1, null],
    ids: [[1, 2], [], [3]],
    lists: [[1], null, [null, 2]],
    words: [["a"], [], ["b", "c"]],
    nested: [[[1], []], [], [[2, 3]]],
    record: [{ p: 1, names: "z" }, null, { p: 2, names: null }],
    nothing: [null, null, null],
  }, {
    int: new Value("int32"),
    big: new Value("int64"),
    float: new Value("float32"),
    text: new Value("string"),
    flag: new Value("bool"),
    label: new ClassLabel({ names: ["no", "yes"] }),
    ids: new List(new Value("int32")),
    lists: new List(new Value("int64")),
    words: new List(new Value("string")),
    nested: new List(new List(new Value("int8"))),
    record: new Struct({ p: new Value("int64"), names: new Value("string") }),
    nothing: new Value("null"),
  });

Deno.test("saveToDisk() writes what loadFromDisk() gives back, in one shard or several", () =>
  inFolder(async (folder) => {
    const set = everything();
    for (const numShards of [1, 2, 5]) {
      await set.saveToDisk(join(folder, "set"), { numShards });
      const back = await Dataset.loadFromDisk(join(folder, "set"));
      assert.deepEqual(back.toArray(), set.toArray());
      assert.deepEqual(types(back), types(set));
      const shards = [...Deno.readDirSync(join(folder, "set"))].filter(({ name }) => name.endsWith(".arrow"));
      assert.equal(shards.length, numShards);
    }
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["set"], "nothing is left beside it");
    const dict = new DatasetDict({ train: set, test: set.take(0) });
    await dict.saveToDisk(join(folder, "dict"));
    const both = await DatasetDict.loadFromDisk(join(folder, "dict"));
    assert.deepEqual([both.numRows, types(both.test)], [{ train: 3, test: 0 }, types(set)]);
    assert.ok(await loadFromDisk(join(folder, "dict", "train")) instanceof Dataset);
  }));

Deno.test("loadFromDisk() reads types as older versions of Datasets wrote them", () =>
  inFolder(async (folder) => {
    const path = join(folder, "set");
    await Dataset.fromDict({ label: [1, 0], input_ids: [[1, 2], [3]] }).saveToDisk(path);
    const features = {
      label: { num_classes: 2, names: ["no", "yes"], id: null, _type: "ClassLabel" },
      input_ids: { feature: { dtype: "int32", id: null, _type: "Value" }, length: -1, id: null, _type: "Sequence" },
    };
    Deno.writeTextFileSync(join(path, "dataset_info.json"), JSON.stringify({ features }));
    const set = await Dataset.loadFromDisk(path);
    assert.deepEqual(types(set), { label: "ClassLabel(names=['no', 'yes'])", input_ids: "List(Value('int32'))" });
    assert.deepEqual(set.toArray(), [{ label: 1, input_ids: [1, 2] }, { label: 0, input_ids: [3] }]);
  }));

Deno.test("saveToDisk() writes many rows in order", () =>
  inFolder(async (folder) => {
    const set = Dataset.fromDict({
      i: Array.from({ length: 2500 }, (_, i) => i),
      t: Array.from({ length: 2500 }, (_, i) => `${i}`),
    });
    await set.saveToDisk(join(folder, "set"), { numShards: 2 });
    assert.deepEqual((await Dataset.loadFromDisk(join(folder, "set"))).toArray(), set.toArray());
  }));

Deno.test("loadFromDisk() and saveToDisk() name folder or file when they cannot", () =>
  inFolder(async (folder) => {
    await assert.rejects(
      loadFromDisk(join(folder, "none")),
      /".*none" holds no state.json; name a folder that saveToDisk/,
    );
    const path = join(folder, "set");
    await everything().saveToDisk(path);
    await assert.rejects(DatasetDict.loadFromDisk(path), /holds one set without splits; use Dataset.loadFromDisk/);
    await assert.rejects(loadDataset(path), /was written by saveToDisk; read it with loadFromDisk/);
    const shard = join(path, "data-00000-of-00001.arrow");
    Deno.writeFileSync(shard, Deno.readFileSync(shard).slice(0, 2000));
    await assert.rejects(loadFromDisk(path), /data-00000-of-00001.arrow" cannot be read .*save the set again/);
    const full = join(folder, "full");
    Deno.mkdirSync(full);
    Deno.writeTextFileSync(join(full, "thesis.txt"), "x");
    await assert.rejects(
      everything().saveToDisk(full),
      /"[^"]*full" holds other files \(thesis.txt\); choose a new folder/,
    );
    assert.equal(Deno.readTextFileSync(join(full, "thesis.txt")), "x");
    await assert.rejects(everything().saveToDisk(path, { numShards: 0 }), /numShards is 0/);
  }));
