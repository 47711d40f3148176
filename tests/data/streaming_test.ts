import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DataLoader, Dataset, DatasetDict, loadDataset } from "../../lib/data/mod.ts";

const plain = fileURLToPath(new URL("../fixtures/data/plain.parquet", import.meta.url));

/** A stream of a CSV with `rows` rows, and the path of the file. */
async function withStream(
  rows: number,
  test: (stream: Awaited<ReturnType<typeof open>>, path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "a.csv");
  try {
    Deno.writeTextFileSync(path, "text,n\n" + Array.from({ length: rows }, (_, i) => `row ${i},${i}\n`).join(""));
    await test(await open(path), path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const open = (path: string) => loadDataset("csv", { dataFiles: path, split: "train", streaming: true });
const ns = async (rows: AsyncIterable<{ n?: number }>) => (await Array.fromAsync(rows)).map(({ n }) => n);

Deno.test("a streamed CSV gives its rows in order, each loop anew, and composes take, skip, map, filter and batch", () =>
  withStream(11_000, async (stream) => {
    let count = 0;
    for await (const row of stream) assert.deepEqual(row, { text: `row ${count}`, n: count++ });
    assert.equal(count, 11_000);
    assert.deepEqual(await ns(stream.skip(3).take(2)), [3, 4]);
    assert.deepEqual(await ns(stream.filter((row) => row.n % 10 === 0).take(3)), [0, 10, 20]);
    assert.deepEqual(
      await Array.fromAsync(stream.map((row) => ({ m: row.n * 2 }), { removeColumns: "text" }).take(2)),
      [
        { n: 0, m: 0 },
        { n: 1, m: 2 },
      ],
    );
    const sizes: number[] = [];
    const batched = stream.take(5).map((batch, at) => {
      sizes.push(batch.n.length);
      return { at };
    }, { batched: true, batchSize: 2, withIndices: true, removeColumns: ["text", "n"] });
    assert.deepEqual([await Array.fromAsync(batched), sizes], [[0, 1, 2, 3, 4].map((at) => ({ at })), [2, 2, 1]]);
    assert.deepEqual(await Array.fromAsync(stream.take(3).batch(2)), [{ text: ["row 0", "row 1"], n: [0, 1] }, {
      text: ["row 2"],
      n: [2],
    }]);
    assert.equal((await Array.fromAsync(stream.take(3).batch(2, { dropLastBatch: true }))).length, 1);
  }));

Deno.test("a stream shuffles from a buffer: every row once, the same for a seed, another order each epoch", () =>
  withStream(500, async (stream) => {
    const shuffled = stream.shuffle({ seed: 7, bufferSize: 100 });
    const first = await ns(shuffled);
    assert.deepEqual(first.toSorted((a, b) => a! - b!), await ns(stream));
    assert.notDeepEqual(first, await ns(stream));
    assert.deepEqual(await ns(shuffled), first);
    assert.ok(first[0]! < 101, "a row cannot leave before it came");
    shuffled.setEpoch(1);
    assert.notDeepEqual(await ns(shuffled), first);
  }));

Deno.test("a stream takes parquet by row groups, with the types of the file, by split or all splits", async () => {
  const options = { dataFiles: { train: plain, test: plain }, streaming: true } as const;
  const rows = await Array.fromAsync(await loadDataset("parquet", { ...options, split: "test" }));
  const whole = await loadDataset("parquet", { dataFiles: plain, split: "train" });
  assert.deepEqual(rows, whole.toArray());
  const splits = await loadDataset("parquet", options);
  assert.deepEqual([splits.keys(), (await Array.fromAsync(splits.train.take(1)))[0]], [["train", "test"], rows[0]]);
  assert.throws(() => splits.validation, /There is no split "validation"; the splits are train, test/);
});

Deno.test("a stream names the column when a later value is not of the type of the first rows, and a split that is a part", () =>
  withStream(10_000, async (_, path) => {
    Deno.writeTextFileSync(path, "row x,many\n", { append: true });
    assert.deepEqual(await ns((await open(path)).take(2)), [0, 1], "no further is read than is asked for");
    await assert.rejects(ns(await open(path)), /a.csv": column "n": "many" is no Value\('int64'\)/);
    const part = { dataFiles: path, split: "train[:10]", streaming: true } as const;
    await assert.rejects(loadDataset("csv", part), /split "train\[:10\]" cannot be streamed.*take\(\)/);
  }));

Deno.test("withTransform() makes columns of a batch as rows are read, and setTransform() in place", () => {
  const set = Dataset.fromDict({ text: ["a", "bb", "ccc"], label: [0, 1, 0] });
  const seen: number[] = [];
  const lengths = set.withTransform((batch) => {
    seen.push(batch.text.length);
    return { length: batch.text.map((text) => text.length), labels: batch.label };
  });
  assert.deepEqual(lengths[1], { length: 2, labels: 1 });
  assert.deepEqual(lengths.slice(0, 2), { length: [1, 2], labels: [0, 1] });
  assert.deepEqual(lengths.getRows([2, 0]), [{ length: 3, labels: 0 }, { length: 1, labels: 0 }]);
  assert.deepEqual(seen, [1, 2, 2], "a batch at once");
  assert.deepEqual(set[1], { text: "bb", label: 1 }, "the set itself stays as it is");
  assert.deepEqual(
    [...lengths.select([2, 1])].map(({ length }) => length),
    [3, 2],
    "rows that are picked are read through it",
  );
  assert.deepEqual(lengths.column("text"), ["a", "bb", "ccc"], "columns are those that are stored");

  set.setTransform((batch) => ({ n: batch.text.map((text) => text.length) }), {
    columns: ["text"],
    outputAllColumns: true,
  });
  assert.deepEqual(set.at(-1), { text: "ccc", label: 0, n: 3 });
  set.setTransform(undefined);
  assert.deepEqual(set.at(-1), { text: "ccc", label: 0 });
  const splits = new DatasetDict({ train: set }).withTransform((batch) => ({ t: batch.text }));
  assert.deepEqual(splits.train[0], { t: "a" });
  assert.throws(
    () => set.withTransform(() => ({ n: 1 }))[0],
    /gave one number as "n" for 1 rows.*must give a list a column/,
  );
  assert.throws(
    () => set.withTransform(() => Promise.resolve({}))[0],
    /the function is async; it must give columns at once/,
  );
  assert.throws(() => set.withTransform(() => ({}), { columns: ["x"] }), /There is no column "x"/);
});

Deno.test("DataLoader reads a transform once a batch", async () => {
  let calls = 0;
  const dataset = Dataset.fromDict({ x: [1, 2, 3, 4, 5] }).withTransform((batch) => {
    calls++;
    return { y: batch.x.map((x) => x * 10) };
  });
  const batches: number[][] = [];
  for await (const batch of new DataLoader({ dataset, batchSize: 2 })) batches.push([...batch.y.hostData ?? []]);
  assert.deepEqual([batches, calls], [[[10, 20], [30, 40], [50]], 3]);
});
