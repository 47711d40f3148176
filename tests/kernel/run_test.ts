import assert from "node:assert/strict";
import type { JsonObject } from "../../tasks/kernel/json.ts";
import { type Progress, type Result, runNotebook } from "../../tasks/kernel/run.ts";
import { notebookOf, showing } from "./notebooks.ts";

const cwd = Deno.cwd();

/** The outputs of each code cell after a run. */
function outputsOf({ cells }: { cells: JsonObject[] }): unknown[] {
  return cells.filter(({ cell_type }) => cell_type === "code").map(({ outputs }) => outputs);
}

Deno.test("runNotebook() collects streams, results and displays of every cell", async () => {
  const { notebook, failure } = await runNotebook(
    notebookOf(
      'console.log("one"); console.log("two"); console.error("three");',
      "const x = { a: 1 };\nx",
      showing({ "text/plain": "a plot", "image/svg+xml": "<svg>\n</svg>" }),
      "x.a + 1",
    ),
    { cwd },
  );
  assert.equal(failure, undefined);
  const result = (count: number, text: string) => [
    { output_type: "execute_result", execution_count: count, data: { "text/plain": [text] }, metadata: {} },
  ];
  assert.deepEqual(outputsOf(notebook), [
    [
      { output_type: "stream", name: "stdout", text: ["one\n", "two\n"] },
      { output_type: "stream", name: "stderr", text: ["three\n"] },
    ],
    result(2, "{ a: 1 }"),
    [{
      output_type: "display_data",
      data: { "text/plain": ["a plot"], "image/svg+xml": ["<svg>\n", "</svg>"] },
      metadata: {},
    }],
    result(4, "2"),
  ]);
  assert.deepEqual(notebook.cells.map(({ execution_count }) => execution_count), [undefined, 1, 2, 3, 4]);
  assert.deepEqual(notebook.cells[0].source, ["# A test\n", "in two lines"]);
  const { metadata }: JsonObject = notebook.fields;
  assert.deepEqual(metadata, {
    kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
    language_info: (metadata as JsonObject).language_info,
  });
  assert.equal(((metadata as JsonObject).language_info as JsonObject).name, "typescript");
});

Deno.test("runNotebook() puts an update into every earlier display of its id, in whichever cell", async () => {
  const { notebook } = await runNotebook(
    notebookOf(
      showing({ "text/plain": "first" }, { id: "table" }),
      showing({ "text/plain": "again" }, { id: "table" }) + showing({ "text/plain": "other" }, { id: "other" }),
      showing({ "text/html": "<b>new</b>" }, { type: "update_display_data", id: "table" }),
    ),
    { cwd },
  );
  const display = (data: JsonObject) => ({ output_type: "display_data", data, metadata: {} });
  assert.deepEqual(outputsOf(notebook), [
    [display({ "text/html": ["<b>new</b>"] })],
    [display({ "text/html": ["<b>new</b>"] }), display({ "text/plain": ["other"] })],
    [],
  ]);
});

Deno.test("runNotebook() obeys clear_output, with and without wait", async () => {
  const clear = (wait: boolean) => `await Deno.jupyter.broadcast("clear_output", { wait: ${wait} });`;
  const { notebook } = await runNotebook(
    notebookOf(
      showing({ "text/plain": "old" }) + clear(false),
      showing({ "text/plain": "old" }) + clear(true),
      showing({ "text/plain": "old" }) + clear(true) + showing({ "text/plain": "new" }),
    ),
    { cwd },
  );
  const display = (text: string) => [{ output_type: "display_data", data: { "text/plain": [text] }, metadata: {} }];
  assert.deepEqual(outputsOf(notebook), [[], display("old"), display("new")]);
});

Deno.test("runNotebook() misses no output that comes after a cell's idle", async () => {
  const print = 'for (let i = 0; i < 400; i++) console.log("line", i);';
  const { notebook } = await runNotebook(
    notebookOf(
      print,
      'setTimeout(() => console.log("late"), 60);',
      "await new Promise((resolve) => setTimeout(resolve, 150));",
    ),
    { cwd },
  );
  const lines = Array.from({ length: 400 }, (_, i) => `line ${i}\n`);
  const [first, second, third] = outputsOf(notebook);
  assert.deepEqual(first, [{ output_type: "stream", name: "stdout", text: lines }]);
  assert.match(JSON.stringify([second, third]), /late/);
});

Deno.test("runNotebook() ends at the first failing cell and keeps what ran before it", async () => {
  const { notebook, failure } = await runNotebook(
    notebookOf("1 + 1", 'console.log("so far");\nthrow new RangeError("labels out of range");', '"never"'),
    { cwd },
  );
  assert.equal(failure?.cell.number, 2);
  assert.match(failure?.cell.source ?? "", /throw new RangeError/);
  assert.equal(failure?.error.ename, "RangeError");
  assert.equal(failure?.error.evalue, "labels out of range");
  const [first, second, third] = outputsOf(notebook);
  assert.match(JSON.stringify(first), /execute_result/);
  assert.match(JSON.stringify(second), /so far.*RangeError/);
  assert.deepEqual(third, []);
  assert.equal(notebook.cells[3].execution_count, null);
});

Deno.test("runNotebook() shows a syntax error once, with its place", async () => {
  const { notebook, failure } = await runNotebook(notebookOf("const x = 1;\nconst = 1;"), { cwd });
  assert.equal(failure?.error.ename, "SyntaxError");
  assert.match(failure?.error.evalue ?? "", /line 2, column 7/);
  const [outputs] = outputsOf(notebook);
  assert.equal(JSON.stringify(outputs).match(/"output_type"/g)?.length, 1);
});

Deno.test("runNotebook() reports progress and results and takes their payloads out of the outputs", async () => {
  const progress: Progress[] = [];
  const results: Result[] = [];
  const step = (step: number, type?: string) =>
    showing({
      "text/plain": `step ${step}`,
      "application/vnd.attend.progress+json": {
        label: "training",
        step,
        total: 2,
        loss: step === 1 ? null : 0.5,
        secondsLeft: 3,
      },
    }, { id: "p", type });
  const figure = { metric: "Matthews correlation", value: 0.25, baseline: 0, baselineName: "majority", seconds: 12 };
  const { notebook } = await runNotebook(
    notebookOf(
      step(1) + step(2, "update_display_data"),
      showing({ "text/plain": "0.25", "application/vnd.attend.result+json": figure }),
    ),
    { cwd, onProgress: (p) => progress.push(p), onResult: (r) => results.push(r) },
  );
  assert.deepEqual(progress, [
    { label: "training", step: 1, total: 2, loss: undefined, secondsLeft: 3 },
    { label: "training", step: 2, total: 2, loss: 0.5, secondsLeft: 3 },
  ]);
  assert.deepEqual(results, [figure]);
  const display = (text: string) => [{ output_type: "display_data", data: { "text/plain": [text] }, metadata: {} }];
  assert.deepEqual(outputsOf(notebook), [display("step 2"), display("0.25")]);
});

Deno.test("runNotebook() fails the cell that ends the kernel", async () => {
  const { failure } = await runNotebook(notebookOf("1", "Deno.exit(3)", "2"), { cwd });
  assert.equal(failure?.cell.number, 2);
  assert.equal(failure?.error.evalue, "The kernel ended with exit code 3.");
});

Deno.test("runNotebook() hands a stop to the loop that listens, and runs no cell after it", async () => {
  const stop = new AbortController();
  const loop = `
    let stopped = false;
    const onStop = () => { stopped = true; };
    Deno.addSignalListener("SIGINT", onStop);
    console.log("running");
    while (!stopped) await new Promise((resolve) => setTimeout(resolve, 10));
    Deno.removeSignalListener("SIGINT", onStop);
    "state kept"`;
  const run = runNotebook(notebookOf(loop, '"never"'), {
    cwd,
    signal: stop.signal,
    onCell: () => setTimeout(() => stop.abort(), 300),
  });
  const { notebook, failure } = await run;
  const [first, second] = outputsOf(notebook);
  assert.match(JSON.stringify(first), /running.*state kept/);
  assert.deepEqual(second, []);
  assert.equal(failure?.cell.number, 2);
  assert.equal(failure?.error.ename, "Stopped");
});

Deno.test("runNotebook() tells of a stop in a cell that does not listen", async () => {
  const stop = new AbortController();
  const { failure } = await runNotebook(notebookOf("while (true) {}"), {
    cwd,
    signal: stop.signal,
    onCell: () => setTimeout(() => stop.abort(), 200),
  });
  assert.equal(failure?.error.evalue, "The kernel ended with SIGINT.");
});

Deno.test("runNotebook() gives the kernel its folder and its environment", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const { notebook } = await runNotebook(notebookOf('console.log(Deno.cwd(), Deno.env.get("ATTEND_EPOCHS"))'), {
    cwd: folder,
    env: { ATTEND_EPOCHS: "3" },
  });
  await Deno.remove(folder, { recursive: true });
  assert.deepEqual(outputsOf(notebook), [[{ output_type: "stream", name: "stdout", text: [`${folder} 3\n`] }]]);
});
