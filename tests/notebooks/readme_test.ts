// notebooks/README.md names what is there: notebooks, cells, figures; its glossary is in order and defines nothing twice.

import assert from "node:assert/strict";
import { join } from "node:path";
import { readResults } from "lib";
import { readNotebook } from "../../tasks/kernel/notebook.ts";
import { ROOT } from "../../tasks/project.ts";
import { realSetRow } from "../../tasks/results/real_sets.ts";

const folder = join(ROOT, "notebooks");
const readme = await Deno.readTextFile(join(folder, "README.md"));
const notebooks = (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name))
  .filter((name) => name.endsWith(".ipynb")).sort();

Deno.test("notebooks/README.md has every notebook in its table, in order, and no other", () => {
  assert.deepEqual(Array.from(readme.matchAll(/^\| \[.*?\]\((.*?\.ipynb)\)/gm), ([, name]) => name), notebooks);
});

Deno.test("notebooks/README.md maps the course texts to cells that exist", async () => {
  const named = Array.from(readme.matchAll(/`(\d\d-[a-z-]+)#([^`]+)`/g), ([, notebook, cell]) => ({ notebook, cell }));
  assert.ok(named.length > 0);
  for (const [notebook, cells] of Map.groupBy(named, ({ notebook }) => notebook)) {
    const ids = new Set((await readNotebook(join(folder, `${notebook}.ipynb`))).cells.map(({ id }) => id));
    assert.deepEqual(cells.filter(({ cell }) => !ids.has(cell)), []);
  }
});

Deno.test("notebooks/README.md links to files that exist", async () => {
  for (const [, path] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
    assert.ok((await Deno.stat(join(folder, path))).isFile, path);
  }
});

Deno.test("notebooks/README.md says of the real sets what was measured", async () => {
  const rows = readme.split("\n").map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  for (const lesson of ["cola", "rotten-tomatoes", "amazon-reviews", "ag-news"] as const) {
    const isMeasured = await Deno.stat(join(folder, "results", `${lesson}.json`)).then(() => true, () => false);
    const row = isMeasured ? realSetRow(lesson, await readResults(lesson)) : undefined;
    if (row) assert.ok(rows.some((cells) => cells.join("|") === row.join("|")), `| ${row.join(" | ")} | is missing`);
  }
});

Deno.test("the glossary is in alphabetical order and defines nothing twice", () => {
  const [, glossary] = readme.split("## Glossary\n");
  const terms = Array.from(glossary.matchAll(/^- \*\*(.+?)\*\*: /gm), ([, term]) => term);
  const key = (term: string) => term.toLowerCase().replace(/[^a-z0-9 ]/g, "");
  assert.ok(terms.length > 50);
  assert.deepEqual(terms, [...new Set(terms)].sort((a, b) => key(a) < key(b) ? -1 : 1));
});
