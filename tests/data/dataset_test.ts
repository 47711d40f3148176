// Where a number could be ours by mistake it is what Datasets 5.2.0 gives for the same call.
import assert from "node:assert/strict";
import { ClassLabel, concatenateDatasets, Dataset, DatasetDict, List, Value } from "../../lib/data/mod.ts";
import { displayable, jupyterDisplay } from "../../lib/notebook/display.ts";

const letters = () => {
  const label = [0, 0, 1, 1, 1, 2, 2, 2, 0, 1];
  return Dataset.fromDict({ x: label.map((_, i) => i), label }).castColumn(
    "label",
    new ClassLabel({ names: ["a", "b", "c"] }),
  );
};

Deno.test("Dataset infers Datasets' types from the values", () => {
  const records = [{ k: 1, l: "x" }, { k: 2, l: "y" }];
  const data = Dataset.fromDict({
    a: [1, 2],
    b: ["x", null],
    c: [[1, 2], [3]],
    d: [0.5, 1],
    e: [true, false],
    f: records,
  });
  assert.equal(
    Object.entries(data.features).map(([name, feature]) => `'${name}': ${feature}`).join(", "),
    "'a': Value('int64'), 'b': Value('string'), 'c': List(Value('int64')), 'd': Value('float64'), 'e': Value('bool'), " +
      "'f': {'k': Value('int64'), 'l': Value('string')}",
  );
});

Deno.test("Dataset gives the values back as they came in, whatever way they are stored", () => {
  const columns = {
    small: [1, -2, 3],
    large: [1, 2 ** 40, -0],
    missing: [1, null, 3],
    text: ["a", "", "ü"],
    lists: [[1, 2], [], [3]],
    nested: [[[1], [2, 3]], [], [[4]]],
    floats: [[0.5], [1], []],
    mixedLists: [[1], null, [2 ** 40]],
    records: [{ a: 1 }, { a: null }, { a: 3 }],
  };
  const data = Dataset.fromDict(columns);
  for (const [name, values] of Object.entries(columns)) assert.deepEqual(data.column(name), values, name);
  const reversed = data.select([2, 1, 0]);
  for (const [name, values] of Object.entries(columns)) {
    assert.deepEqual(reversed.column(name), [...values].reverse(), name);
  }
  assert.deepEqual(data.select([]).toArray(), []);
});

Deno.test("Dataset.fromDict() takes 64-bit integers as numbers", () => {
  const data = Dataset.fromDict({ label: new BigInt64Array([3n, -1n]), ids: [[1n, 2n], [3n]] });
  assert.deepEqual(data.toArray(), [{ label: 3, ids: [1, 2] }, { label: -1, ids: [3] }]);
});

Deno.test("Dataset.fromDict() names the columns when their lengths differ", () => {
  assert.throws(() => Dataset.fromDict({ a: [1, 2], b: [1] }), /Column "b" has 1 values and "a" has 2/);
});

Deno.test("Dataset.fromList() gives null where a record lacks a key", () => {
  assert.deepEqual(Dataset.fromList([{ a: 1 }, { b: "x" }]).toArray(), [{ a: 1, b: null }, { a: null, b: "x" }]);
});

Deno.test("Dataset gives rows by number and in a loop", () => {
  const data = letters();
  assert.deepEqual(data[3], { x: 3, label: 1 });
  assert.deepEqual(data[-1], { x: 9, label: 1 });
  assert.deepEqual(data.at(-10), data[0]);
  assert.equal([...data].length, 10);
  assert.deepEqual(data.slice(8), { x: [8, 9], label: [0, 1] });
  assert.deepEqual(data.slice(-2, -1), { x: [8], label: [0] });
  assert.throws(() => data[10], /There is no row 10; the set has 10 rows/);
  assert.throws(() => data.at(1.5), /There is no row 1.5/);
  assert.throws(() => data.select([0, 10]), /There is no row 10; the set has rows 0 to 9/);
});

Deno.test("Dataset prints as in Python", () => {
  assert.equal(String(letters()), "Dataset({\n    features: ['x', 'label'],\n    num_rows: 10\n})");
  const splits = new DatasetDict({ train: letters(), test: letters().take(2) });
  const split = (name: string, rows: number) =>
    `    ${name}: Dataset({\n        features: ['x', 'label'],\n        num_rows: ${rows}\n    })`;
  assert.equal(String(splits), `DatasetDict({\n${split("train", 10)}\n${split("test", 2)}\n})`);
  assert.equal(Deno.inspect(splits), String(splits));
});

Deno.test("Dataset shows its first rows as an escaped table in a notebook", async () => {
  const data = Dataset.fromDict({ text: ["<b>&", "x".repeat(500)], label: [1, -1] }).castColumn(
    "label",
    new ClassLabel({ names: ["no", "yes"] }),
  );
  const shown = await displayable(data)[jupyterDisplay]();
  assert.equal(shown["text/plain"], String(data));
  const html = String(shown["text/html"]);
  assert.match(html, /<td[^>]*>&#60;b&#62;&#38;<\/td><td[^>]*>1 \(yes\)<\/td>/);
  assert.match(html, /x{160}…<\/td><td[^>]*>-1<\/td>/);
});

Deno.test("ClassLabel goes from number to name and back, and names what is no class", () => {
  const { label, x } = letters().features;
  assert.deepEqual([label.int2str(2), label.str2int("b"), label.numClasses, [...label.names]], ["c", 1, 3, [
    "a",
    "b",
    "c",
  ]]);
  assert.throws(() => label.int2str(3), /3 is no class; it must be 0 to 2 \(a, b, c\)/);
  assert.throws(() => label.int2str(-1), /Label -1 means that the label is hidden/);
  assert.throws(() => label.str2int("d"), /"d" is no class; the classes are a, b, c/);
  assert.throws(() => x.names, /holds Value\('int64'\), not a ClassLabel/);
  assert.throws(() => new ClassLabel({ names: ["a", "a"] }), /"a" comes twice/);
});

Deno.test("castColumn() turns names into classes and refuses what is none", () => {
  const names = new ClassLabel({ names: ["neg", "pos"] });
  const data = Dataset.fromDict({ label: ["pos", "neg", null] });
  assert.deepEqual(data.castColumn("label", names).column("label"), [1, 0, null]);
  assert.throws(
    () => Dataset.fromDict({ label: ["pos", "good"] }).castColumn("label", names),
    /Column "label": "good" is no/,
  );
  assert.throws(() => Dataset.fromDict({ label: [0, 2] }).castColumn("label", names), /Column "label": 2 is no class/);
  assert.throws(() => Dataset.fromDict({ n: [0.5] }).castColumn("n", new Value("int32")), /0.5 is no Value\('int32'\)/);
});

Deno.test("map() adds columns from rows, and from batches with batched", async () => {
  const data = letters();
  const byRow = await data.map((row, i) => ({ twice: 2 * row.x, i }), { withIndices: true });
  assert.deepEqual(byRow[4], { x: 4, label: 1, twice: 8, i: 4 });
  const byBatch = await data.map((batch) => ({ twice: batch.x.map((x) => 2 * x) }), { batched: true, batchSize: 3 });
  assert.deepEqual(byBatch.column("twice"), byRow.column("twice"));
  assert.deepEqual(data.columnNames, ["x", "label"], "the set itself stays as it is");
});

Deno.test("map() keeps order and types of columns as Datasets does", async () => {
  const data = await letters().map((row) => ({
    label: 2 - row.label,
    input_ids: [1, 2],
    attention_mask: [1, 1],
    token_type_ids: [0, 0],
    z: [1.5],
  }), { removeColumns: "x" });
  assert.deepEqual(
    Object.entries(data.features).map(([name, feature]) => `${name} ${feature}`),
    [
      "label ClassLabel(names=['a', 'b', 'c'])",
      "input_ids List(Value('int32'))",
      "attention_mask List(Value('int8'))",
      "token_type_ids List(Value('int8'))",
      "z List(Value('float64'))",
    ],
  );
  const named = await letters().map((row) => ({ label: letters().features.label.int2str(row.label) }));
  assert.equal(String(named.features.label), "Value('string')");
});

Deno.test("map() joins batches whose values differ in kind", async () => {
  const data = Dataset.fromDict({ x: [1, 2, 3, 4] });
  const mapped = await data.map((row) => ({ y: row.x < 3 ? row.x : row.x / 8, z: row.x < 3 ? null : "z" }), {
    batchSize: 2,
  });
  assert.deepEqual(mapped.toArray().at(-1), { x: 4, y: 0.5, z: "z" });
  assert.deepEqual(mapped.column("y"), [1, 2, 0.375, 0.5]);
  assert.deepEqual(Object.values(mapped.features).map(String), [
    "Value('int64')",
    "Value('float64')",
    "Value('string')",
  ]);
});

Deno.test("map() changes the number of rows when the other columns are removed", async () => {
  const halves = await letters().map((batch) => ({ half: batch.x.flatMap((x) => [x, x + 0.5]) }), {
    batched: true,
    removeColumns: ["x", "label"],
  });
  assert.equal(halves.numRows, 20);
  await assert.rejects(
    letters().map((batch) => ({ half: batch.x.slice(1) }), { batched: true }),
    /made 9 rows of 10, so "x" fits them no more; add it to removeColumns/,
  );
});

Deno.test("map() leaves the set as it is when the function gives nothing, and awaits an async one", async () => {
  const seen: number[] = [];
  const same = await letters().map((row) => void seen.push(row.x));
  assert.deepEqual([same.toArray(), seen.length], [letters().toArray(), 10]);
  const slow = await letters().map(async (row) => ({ y: await Promise.resolve(row.x) }));
  assert.deepEqual(slow.column("y"), slow.column("x"));
});

Deno.test("map() tells its progress and lets timers run", async () => {
  const seen: number[] = [];
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const busy = () => {
    for (const end = performance.now() + 30; performance.now() < end;);
  };
  await letters().map(busy, { batchSize: 4, onProgress: ({ rows, total }) => seen.push(rows, total) });
  clearInterval(timer);
  assert.deepEqual(seen, [4, 10, 8, 10, 10, 10]);
  assert.ok(ticks > 0);
});

Deno.test("map() names the column when the function gives no list, and the type when it gives no columns", async () => {
  await assert.rejects(
    letters().map(() => ({ n: 1 }), { batched: true }),
    /one number as "n"; of a batch each column must be a list/,
  );
  // @ts-expect-error a notebook is not type-checked
  await assert.rejects(letters().map(() => 3), /gave a number for a row; it must give columns by name/);
  await assert.rejects(
    letters().map(() => ({}), { removeColumns: "y" }),
    /removeColumns names "y".*the columns are x, label/,
  );
});

Deno.test("filter(), sort(), unique(), take() and skip() give rows as Datasets does", () => {
  const data = Dataset.fromDict({ a: [3, 1, 2, 1], b: ["c", "a", "B", null], i: [0, 1, 2, 3] });
  assert.deepEqual(data.filter((row) => row.a === 1).column("i"), [1, 3]);
  assert.deepEqual(data.filter((_, i) => i > 2).column("i"), [3]);
  assert.deepEqual(data.sort("a").column("i"), [1, 3, 2, 0]);
  assert.deepEqual(data.sort("a", { reverse: true }).column("i"), [0, 2, 1, 3]);
  assert.deepEqual(data.sort("b").column("b"), ["B", "a", "c", null]);
  assert.deepEqual(data.sort("b", { reverse: true }).column("b"), ["c", "a", "B", null]);
  assert.deepEqual(data.unique("a"), [3, 1, 2]);
  assert.deepEqual([data.take(2).column("i"), data.skip(3).column("i"), data.take(9).numRows], [[0, 1], [3], 4]);
});

Deno.test("sort() goes by several columns, each in its own direction", () => {
  const data = Dataset.fromDict({ n: [10, 9, 10, 9], b: [true, false, true, false], a: ["pos", "neg", null, "pos"] });
  assert.deepEqual(data.sort(["n", "b"], { reverse: [true, false] }).column("a"), ["pos", null, "neg", "pos"]);
  assert.deepEqual(data.sort(["n", "a"], { reverse: true }).column("a"), ["pos", null, "pos", "neg"]);
  assert.throws(() => data.sort(["n", "a"], { reverse: [true] }), /reverse has 1 values for 2 columns/);
});

Deno.test("classEncodeColumn() makes classes of a column's values, in the order of their names", () => {
  const data = Dataset.fromDict({ a: ["pos", "neg", null, "pos"], n: [10, 9, 10, 9], b: [true, false, true, false] });
  const encoded = (name: string) => {
    const set = data.classEncodeColumn(name);
    return [[...set.features[name].names], set.column(name)];
  };
  assert.deepEqual(encoded("a"), [["neg", "pos"], [1, 0, null, 1]]);
  assert.deepEqual(encoded("n"), [["10", "9"], [0, 1, 0, 1]]);
  assert.deepEqual(encoded("b"), [["False", "True"], [1, 0, 1, 0]]);
  assert.throws(() => data.classEncodeColumn("x"), /There is no column "x"/);
  // all splits have the same classes (in Datasets each has its own, so that 0 means one class here and another there)
  const splits = new DatasetDict({ train: data.take(1), test: data.select([1]) }).classEncodeColumn("a");
  assert.deepEqual([splits.train.column("a"), splits.test.column("a")], [[1], [0]]);
  assert.deepEqual(splits.unique("n"), { train: [10], test: [9] });
  assert.deepEqual(new DatasetDict({ train: data }).sort("n").train.column("n"), [9, 9, 10, 10]);
});

Deno.test("columns are removed, chosen, renamed and added, and unknown ones named", () => {
  const data = letters();
  assert.deepEqual(data.removeColumns("x").columnNames, ["label"]);
  assert.deepEqual(data.selectColumns(["label", "x"]).columnNames, ["label", "x"]);
  const renamed = data.renameColumn("label", "labels");
  assert.deepEqual([renamed.columnNames, renamed.features.labels.numClasses], [["x", "labels"], 3]);
  assert.deepEqual(data.addColumn("y", data.column("x")).columnNames, ["x", "label", "y"]);
  for (
    const use of [
      () => data.removeColumns("y"),
      () => data.selectColumns("y"),
      () => data.column("y"),
      () => data.sort("y"),
    ]
  ) {
    assert.throws(use, /There is no column "y"; the columns are x, label/);
  }
  assert.throws(() => data.renameColumn("x", "label"), /There is a column "label" already/);
  assert.throws(() => data.addColumn("y", [1]), /Column "y" has 1 values and "x" has 10/);
});

Deno.test("shuffle() gives the same order for the same seed and loses nothing", () => {
  const order = letters().shuffle({ seed: 42 }).column("x");
  assert.deepEqual(order, [5, 6, 0, 7, 3, 2, 4, 9, 1, 8]); // numpy.random.default_rng(42).permutation(10)
  assert.equal(new Set(letters().shuffle().column("x")).size, 10);
});

Deno.test("trainTestSplit() gives the rows that Datasets gives", () => {
  const rows = ({ train, test }: DatasetDict) => [train.column("x"), test.column("x")];
  assert.deepEqual(rows(letters().trainTestSplit({ seed: 3 })), [[2, 1, 4, 7, 5, 3, 8], [9, 6, 0]]);
  const stratified = letters().trainTestSplit({ testSize: 3, seed: 3, stratifyByColumn: "label" });
  assert.deepEqual(rows(stratified), [[7, 1, 9, 4, 2, 8, 6], [3, 0, 5]]);
  assert.deepEqual(rows(letters().trainTestSplit({ testSize: 0.3, shuffle: false })), [[0, 1, 2, 3, 4, 5, 6], [
    7,
    8,
    9,
  ]]);
});

Deno.test("trainTestSplit() names size, class or column when the split cannot be made", () => {
  const data = letters();
  assert.throws(
    () => data.trainTestSplit({ testSize: 10 }),
    /testSize is 10; it must be a share between 0 and 1, or a count from 1 to 9/,
  );
  assert.throws(
    () => data.trainTestSplit({ testSize: 6, trainSize: 5 }),
    /5 training and 6 test rows cannot come from 10/,
  );
  assert.throws(
    () => data.trainTestSplit({ stratifyByColumn: "x" }),
    /column "x" is Value\('int64'\); stratifyByColumn needs a ClassLabel/,
  );
  assert.throws(() => data.trainTestSplit({ testSize: 2, stratifyByColumn: "label" }), /too few for 3 classes/);
  assert.throws(() => data.take(6).trainTestSplit({ testSize: 3, stratifyByColumn: "label" }), /class 2 has one row/);
});

Deno.test("concatenateDatasets() joins rows, and names the column when types differ", () => {
  const joined = concatenateDatasets([letters(), letters().take(2)]);
  assert.deepEqual([joined.numRows, joined[11], joined.features.label.numClasses], [12, { x: 1, label: 0 }, 3]);
  const lists = concatenateDatasets([[[1], [2, 3]], [[], [4]]].map((ids) => Dataset.fromDict({ ids })));
  assert.deepEqual(lists.column("ids"), [[1], [2, 3], [], [4]]);
  assert.ok(lists.features.ids instanceof List);
  const other = Dataset.fromDict({ x: ["a"], label: [0] });
  assert.throws(
    () => concatenateDatasets([letters(), other]),
    /Column "x" is Value\('int64'\) in one set and Value\('string'\)/,
  );
});

Deno.test("DatasetDict maps every split, takes a new one in place, and names the splits when one is missing", async () => {
  const splits = letters().trainTestSplit({ testSize: 2, seed: 0 });
  const mapped = await splits.map((batch) => ({ y: batch.x }), { batched: true, removeColumns: "x" });
  assert.deepEqual([mapped.keys(), mapped.train.columnNames, mapped.numRows], [["train", "test"], ["label", "y"], {
    train: 8,
    test: 2,
  }]);
  mapped.train = mapped.train.take(1);
  assert.equal(mapped.get("train").numRows, 1);
  assert.throws(() => mapped.validation, /There is no split "validation"; the splits are train, test/);
  assert.equal(await Promise.resolve(mapped), mapped);
});
