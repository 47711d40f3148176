import assert from "node:assert/strict";
import { ClassLabel, loadDataset } from "../../lib/data/mod.ts";
import { embeddedNames } from "../../lib/hub/mod.ts";
import { withHome } from "../hub_server.ts";

/** The column that says what a row is, and its values; a set's further splits with theirs. */
const sets: Readonly<Record<string, { column: string; values: number[]; further?: Record<string, number[]> }>> = {
  "attend/acceptability": { column: "label", values: [0, 1] },
  "attend/snippets": { column: "label", values: [0, 1] },
  "attend/reviews": { column: "stars", values: [1, 2, 3, 4, 5] },
  "attend/headlines": { column: "label", values: [0, 1, 2, 3], further: { unsupervised: [-1] } },
  "attend/comics": { column: "labels", values: [0, 1] },
};

Deno.test("loadDataset() knows every data set that the kit holds", () => {
  assert.deepEqual([...embeddedNames("dataset")].sort(), Object.keys(sets).sort());
});

Deno.test("loadDataset() asks nobody whether JSR is there when it reads the kit's own CSV", async () => {
  let asked = 0;
  await using server = Deno.serve({ port: 0, onListen: () => {} }, () => {
    asked++;
    return new Response(null, { status: 404 });
  });
  Deno.env.set("JSR_URL", `http://127.0.0.1:${server.addr.port}`);
  try {
    await loadDataset("attend/reviews", { split: "test" });
  } finally {
    Deno.env.delete("JSR_URL");
  }
  assert.equal(asked, 0);
});

for (const [name, { column, values, further = {} }] of Object.entries(sets)) {
  Deno.test(`loadDataset() gives ${name} when there is no network`, () =>
    withHome(async (home) => {
      Deno.env.set("HF_ENDPOINT", "http://127.0.0.1:9");
      const data = await loadDataset(name);
      assert.deepEqual(data.keys(), ["train", "validation", "test", ...Object.keys(further)]);
      for (const [split, dataset] of data.entries()) {
        assert.ok(dataset.numRows > 0, split);
        const feature = dataset.features[column];
        if (feature instanceof ClassLabel) assert.equal(feature.names.length, values.length);
        assert.deepEqual(dataset.unique(column).sort(), further[split] ?? values, split);
      }
      assert.deepEqual([...Deno.readDirSync(home)], [], "nothing is cached");
    }));
}
