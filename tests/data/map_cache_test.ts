import assert from "node:assert/strict";
import { join } from "node:path";
import { type Batch, Dataset, loadDataset, loadFromDisk, type Row, setDataSurroundings } from "../../lib/data/mod.ts";
import { withHome } from "../hub_server.ts";

const ROWS = 3000;
const kept = (home: string) => {
  const folder = join(home, "datasets", "attend");
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
};

/** A set from a file, as only those are kept; row 1234 has the longest text. */
async function withSet(test: (set: Dataset, home: string) => Promise<void>): Promise<void> {
  await withHome(async (home) => {
    const file = join(home, "set.csv");
    const lines = Array.from({ length: ROWS }, (_, i) => `text ${i}${i === 1234 ? " long" : ""},${i}`);
    Deno.writeTextFileSync(file, `text,n\n${lines.join("\n")}\n`);
    await test(await loadDataset("csv", { dataFiles: file, split: "train" }), home);
  });
}

/** Counts the rows that a function was given. */
function counting(change: (n: number) => unknown) {
  const seen = { rows: 0 };
  const fn = (batch: Batch) => {
    seen.rows += batch.n.length;
    return {
      y: batch.n.map(change),
      words: batch.text.map((text) => text.split(" ")),
      ids: batch.n.map((n) => [n, n + 1]),
    };
  };
  return { seen, fn };
}

Deno.test("map() of a set from files makes a few batches only when it is called again, in another set and order of calls", () =>
  withSet(async (set, home) => {
    const { seen, fn } = counting((n) => n / 2);
    const first = await set.map(fn, { batched: true, batchSize: 100 });
    assert.deepEqual([seen.rows, kept(home).length], [ROWS, 1]);
    const again = await loadDataset("csv", { dataFiles: join(home, "set.csv"), split: "train" });
    const second = await again.map(fn, { batched: true, batchSize: 100, removeColumns: "text" });
    assert.equal(seen.rows, ROWS + 300, "the first batch, the last, and that of the longest text");
    assert.deepEqual(second.toArray(), first.removeColumns("text").toArray());
    assert.deepEqual(
      Object.values(second.features).map(String),
      Object.values(first.removeColumns("text").features).map(String),
    );
    await set.map(fn, { batched: true, batchSize: 100, loadFromCacheFile: false });
    assert.equal(seen.rows, ROWS * 2 + 300, "anew where it is asked for");
    await set.select([0, 2, 1]).map(fn, { batched: true });
    assert.deepEqual([seen.rows, kept(home).length], [ROWS * 2 + 303, 2], "other rows are another set");
  }));

Deno.test("map() notices that what its function closes over has changed, though the text is the same", () =>
  withSet(async (set) => {
    const plus = (x: number) => (row: Row) => ({ y: row.n + x });
    assert.equal((await set.map(plus(1)))[5].y, 6);
    assert.equal((await set.map(plus(2)))[5].y, 7);
    const cut = (length: number) => (batch: Batch) => ({ t: batch.text.map((text) => text.slice(0, length)) });
    await set.map(cut(12), { batched: true, batchSize: 10 });
    const longer = await set.map(cut(99), { batched: true, batchSize: 10 });
    assert.equal(longer[1234].t, "text 1234 long", "only the longest text tells");
    let draws = 0;
    const random = () => ({ y: draws++ });
    const [a, b] = [await set.map(random), await set.map(random)];
    assert.notDeepEqual(a.column("y").slice(1), b.column("y").slice(1));
  }));

Deno.test("map() keeps results that have more rows or fewer than the set", () =>
  withSet(async (set) => {
    const { seen, fn } = counting((n) => n);
    const twice = (batch: Batch) => ({ y: [...fn(batch).y, ...batch.n] });
    const options = { batched: true, removeColumns: ["text", "n"] } as const;
    const first = await set.map(twice, options);
    const second = await set.map(twice, options);
    assert.equal(seen.rows, ROWS + 2000);
    assert.deepEqual([second.numRows, second.toArray()], [2 * ROWS, first.toArray()]);
  }));

Deno.test("map() does without its cache when that is damaged, cannot be written, or cannot hold the values", () =>
  withSet(async (set, home) => {
    const { fn } = counting((n) => n);
    const first = await set.map(fn, { batched: true });
    const [file] = kept(home);
    Deno.writeFileSync(file, Deno.readFileSync(file).slice(0, 3000));
    assert.deepEqual((await set.map(fn, { batched: true })).toArray(), first.toArray());
    const mixed = (batch: Batch) => ({ y: batch.n.map((n) => n % 2 ? n : String(n)) });
    for (let time = 0; time < 2; time++) {
      assert.deepEqual((await set.map(mixed, { batched: true })).slice(0, 2).y, ["0", 1]);
    }
    Deno.env.set("HF_HOME", join(home, "set.csv", "no-folder"));
    assert.equal((await set.map(fn, { batched: true })).numRows, ROWS);
  }));

Deno.test("map() keeps nothing of a set that a program made", () =>
  withHome(async (home) => {
    const set = Dataset.fromDict({ n: [1, 2] });
    await set.map((row) => ({ y: row.n }));
    assert.deepEqual(kept(home), []);
    await set.saveToDisk(join(home, "saved"));
    const saved = await loadFromDisk(join(home, "saved"));
    await saved.map((row) => ({ y: row.n }));
    assert.equal(kept(home).length, 1);
  }));

Deno.test("map() tells the listener that was set where it has none of its own", async () => {
  const set = Dataset.fromDict({ n: [1, 2, 3] });
  const told: number[] = [];
  setDataSurroundings({ mapListener: () => ({ rows }) => told.push(rows) });
  try {
    await set.map(() => ({}), { batchSize: 2 });
    await set.map(() => ({}), { onProgress: () => {} });
  } finally {
    setDataSurroundings({});
  }
  assert.deepEqual(told, [2, 3]);
});
