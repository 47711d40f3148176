import assert from "node:assert/strict";
import { basename, join } from "node:path";
import type { MeasuredRun } from "../../lib/notebook/mod.ts";
import { parseResults, readResults } from "../../lib/notebook/results.ts";
import { walk } from "../../tasks/ok/modules.ts";
import { ROOT } from "../../tasks/project.ts";

const run: MeasuredRun = {
  variant: "fine-tuning",
  data: { name: "attend/acceptability", train: 6000, validation: 700 },
  checkpoint: "attend/tiny",
  recipe: { learningRate: 1e-4, isFrozen: false },
  seed: 1,
  curve: [{ epoch: 1, step: 375, evalLoss: 0.5, evalMatthewsCorrelation: 0.25 }],
  confusion: [[100, 110], [40, 450]],
  seconds: 61,
  machine: "a processor, 2 cores, BLAS: none",
  date: "2026-11-22",
};

Deno.test("parseResults() gives back what was measured", () => {
  assert.deepEqual(parseResults(JSON.stringify([run, { ...run, seed: 2 }]), "cola"), [run, { ...run, seed: 2 }]);
});

for (
  const change of [
    { seed: "1" },
    { variant: "" },
    { data: { name: "attend/acceptability", train: 6000 } },
    { curve: [] },
    { curve: [{ epoch: 1, evalLoss: null }] }, // what JSON makes of NaN
    { confusion: [[1, 2], null] },
    { machine: undefined },
    { date: "22.11.2026" },
  ]
) {
  Deno.test(`parseResults() names the run when it has ${Deno.inspect(change)}`, () => {
    const text = JSON.stringify([run, { ...run, ...change }]);
    assert.throws(() => parseResults(text, "cola"), {
      message: /^notebooks\/results\/cola\.json: run 1 lacks a field/,
    });
  });
}

Deno.test("parseResults() wants a list", () => {
  assert.throws(() => parseResults("{}", "cola"), { message: "notebooks/results/cola.json holds no list of runs." });
});

Deno.test("every file of results can be read, and no run is in it twice", async () => {
  for await (const path of walk(join(ROOT, "notebooks", "results"), ".json")) {
    const runs = parseResults(await Deno.readTextFile(path), basename(path, ".json"));
    const keys = runs.map(({ variant, data, checkpoint, recipe, seed }) =>
      JSON.stringify({ variant, data, checkpoint, recipe, seed })
    );
    assert.equal(new Set(keys).size, runs.length, path);
  }
});

Deno.test("readResults() names the command where nothing was measured", async () => {
  const missing: () => Promise<unknown> = () => Reflect.apply(readResults, undefined, ["nothing"]);
  await assert.rejects(missing, {
    message: /notebooks\/results\/nothing\.json is not there; `deno task results nothing` writes it/,
  });
});
