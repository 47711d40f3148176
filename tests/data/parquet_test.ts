// Parquet files of pyarrow 26: 40 rows of text (every fifth null), label, score, flag and a list of ids. snappy.parquet has two row groups,
// v2.parquet pages of version 2.0 with zstd, and DELTA_BINARY_PACKED and RLE columns.

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadDataset } from "../../lib/data/mod.ts";
import { parquetFeatures, readParquet } from "../../lib/data/parquet.ts";
import { Random } from "../../lib/tensor/mod.ts";
import { inTemporaryFolder, mutated } from "../models/files.ts";

const pathOf = (name: string) => fileURLToPath(new URL(`../fixtures/parquet/${name}`, import.meta.url));
const rows = Array.from({ length: 40 }, (_, i) => i);
const expected = {
  text: rows.map((i) => i % 5 ? `row ${i % 7} é` : null),
  label: rows.map((i) => BigInt(i % 3)),
  score: rows.map((i) => i / 7),
  flag: rows.map((i) => i % 2 === 0),
  ids: rows.map((i) => Array.from({ length: i % 4 }, (_, k) => BigInt(k))),
};

for (const name of ["snappy.parquet", "v2.parquet"]) {
  Deno.test(`readParquet() gives the columns that pyarrow wrote to ${name}`, async () => {
    const stretches = await Array.fromAsync(readParquet(pathOf(name)));
    for (const [column, values] of Object.entries(expected)) {
      assert.deepEqual(stretches.flatMap((stretch) => stretch[column]), values, column);
    }
  });

  Deno.test(`readParquet() reads or refuses 1,000 damaged copies of ${name}, and never anything else`, () =>
    inTemporaryFolder(async (folder) => {
      const [random, whole, path] = [new Random(13), Deno.readFileSync(pathOf(name)), join(folder, name)];
      let read = 0, refused = 0;
      for (let i = 0; i < 1000; i++) {
        Deno.writeFileSync(path, mutated(whole, random));
        try {
          await parquetFeatures(path);
          await Array.fromAsync(readParquet(path));
          read++;
        } catch (error) {
          assert.ok(error instanceof Error && !(error instanceof assert.AssertionError), `${error}`);
          refused++;
        }
      }
      assert.ok(read > 50 && refused > 150, `${read} read, ${refused} refused`);
      Deno.writeFileSync(path, whole.subarray(0, 1000));
      await assert.rejects(loadDataset("parquet", { dataFiles: path }), /parquet" cannot be read: /);
    }));
}
