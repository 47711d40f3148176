import assert from "node:assert/strict";
import { ClassLabel, loadDataset } from "../../lib/data/mod.ts";
import { embeddedNames } from "../../lib/hub/mod.ts";
import { withHome } from "../hub_server.ts";

for (const name of embeddedNames("dataset")) {
  Deno.test(`loadDataset() gives ${name} when there is no network`, () =>
    withHome(async (home) => {
      Deno.env.set("HF_ENDPOINT", "http://127.0.0.1:9");
      const data = await loadDataset(name);
      assert.deepEqual(data.keys(), ["train", "validation", "test"]);
      for (const [split, dataset] of data.entries()) {
        assert.ok(dataset.numRows > 0, split);
        const { label } = dataset.features;
        assert.ok(label instanceof ClassLabel);
        assert.deepEqual(dataset.unique("label").sort(), label.names.map((_, i) => i), split);
      }
      assert.deepEqual([...Deno.readDirSync(home)], [], "nothing is cached");
    }));
}
