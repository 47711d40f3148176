// The committed notebooks carry the outputs of one whole run. Said from the files alone; tests/long runs them again and compares.

import assert from "node:assert/strict";
import { type JsonObject, numberAt } from "../../tasks/kernel/json.ts";
import { isCode, parseNotebook, sourceOf } from "../../tasks/kernel/notebook.ts";
import { differences, outputsOf, readNotebooks, textOf } from "./committed.ts";

/** The last statement of a cell, which `deno fmt` has made begin its line. */
function lastStatement(source: string): string {
  const lines = source.split("\n");
  return lines.slice(lines.findLastIndex((line) => /^[\w({["'`]/.test(line))).join("\n");
}

/** Whether a cell says at its end that something is to be shown. */
function shows(source: string): boolean {
  return /^(await )?(show|plot|table|keyValue|result|check)\(/.test(lastStatement(source));
}

for (const [name, { fields, cells }] of await readNotebooks()) {
  const code = cells.filter(isCode);

  Deno.test(`${name}: every code cell has run, in order, without an error and without a word on stderr`, () => {
    assert.deepEqual(code.map((cell) => cell.execution_count), code.map((_, i) => i + 1));
    for (const cell of code) {
      for (const output of outputsOf(cell)) {
        assert.notEqual(output.output_type, "error", `${cell.id}: ${textOf(output)}`);
        assert.notEqual(output.name, "stderr", `${cell.id}: ${textOf(output)}`);
        if (output.output_type === "execute_result") {
          assert.equal(output.execution_count, cell.execution_count, `${cell.id}`);
        }
      }
    }
  });

  Deno.test(`${name}: what is shown is there, with its words for a page that draws nothing`, () => {
    for (const cell of code) {
      const outputs = outputsOf(cell);
      if (shows(sourceOf(cell))) assert.ok(outputs.length > 0, `${cell.id} shows something and has no output`);
      for (const output of outputs) assert.notEqual(textOf(output), "", `${cell.id} has an output without text`);
    }
  });

  Deno.test(`${name}: cells have ids of their own, and the file is nbformat 4.5 of Deno's kernel`, () => {
    const ids = cells.map(({ id }) => String(id));
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[\w-]{1,64}$/);
    assert.equal(numberAt(fields, "nbformat_minor"), 5);
    const { kernelspec }: { kernelspec?: JsonObject } = Object(fields.metadata);
    assert.equal(kernelspec?.name, "deno");
  });
}

/** A notebook of one cell with one output of this text. */
function saying(text: string, metadata: JsonObject = {}, mime = "text/plain") {
  const outputs = [{ output_type: "display_data", data: { [mime]: text }, metadata: {} }];
  const cell = { cell_type: "code", id: "one", metadata, source: "", execution_count: 1, outputs };
  return parseNotebook(JSON.stringify({ cells: [cell], nbformat: 4 }), "test.ipynb");
}

Deno.test("differences() takes numbers that are near, at every width, and no others", () => {
  const committed = saying("accuracy   0.70\nrows     6,000\nloss     0.312");
  assert.deepEqual(differences(committed, saying("accuracy  0.741\nrows     6,000\nloss      0.30")), []);
  assert.deepEqual(differences(committed, saying("accuracy   0.76\nrows     6,000\nloss     0.312")), [
    'one: says "accuracy   0.76", committed is "accuracy   0.70"',
  ]);
  assert.equal(differences(committed, saying("accuracy   NaN\nrows     6,000\nloss     0.312")).length, 1);
  assert.equal(differences(committed, saying("accuracy   0.70\nrows     6,900\nloss     0.312")).length, 1);
  assert.equal(differences(saying("score 0.5"), saying("score -0.5")).length, 1);
});

Deno.test("differences() finds other words, lines and kinds, and leaves times and the machine out", () => {
  assert.equal(differences(saying("a dog"), saying("a cat")).length, 1);
  assert.equal(differences(saying("one"), saying("one\ntwo")).length, 1);
  assert.deepEqual(differences(saying("one"), saying("one", {}, "text/html")), [
    "one: gives display_data text/html, committed is display_data text/plain",
  ]);
  const mapped = saying("Mapping 4000/4000 rows · 9000 rows/s · 0 s elapsed");
  assert.deepEqual(differences(mapped, parseNotebook(JSON.stringify({ cells: [], nbformat: 4 }), "none.ipynb")), []);
  const [here, there] = ["steps 375\ntime (s) 9.1\nblas /a/b.so", "steps 375\ntime (s) 90\nblas"];
  assert.deepEqual(differences(saying(here), saying(there)), []);
});

Deno.test("differences() obeys the tolerance that a cell states", () => {
  const loose = { attend: { tolerance: 0.3 } };
  assert.deepEqual(differences(saying("score 0.5", loose), saying("score 0.7")), []);
  assert.equal(differences(saying("score 0.5", loose), saying("score 0.9")).length, 1);
  assert.deepEqual(differences(saying("The dog", { attend: { tolerance: "any" } }), saying("A cat")), []);
});
