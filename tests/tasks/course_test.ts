import assert from "node:assert/strict";
import { join } from "node:path";
import { parseOptions } from "../../tasks/course/options.ts";
import { describeResult, Terminal } from "../../tasks/course/terminal.ts";
import { ROOT } from "../../tasks/project.ts";
import { refusal } from "../../tasks/version.ts";
import { notebookText, showing } from "../kernel/notebooks.ts";

const places = { root: "/kit", cwd: "/kit/notebooks" };

Deno.test("parseOptions() runs the CoLA notebook when nothing is given", () => {
  assert.deepEqual(parseOptions([], places), { notebooks: "/kit/notebooks/01-cola.ipynb", env: {} });
});

Deno.test("parseOptions() hands settings on as environment variables, written with a space or =", () => {
  const args = [
    "mine.ipynb",
    "--profile=full",
    "--checkpoint",
    "bert-base-uncased",
    "--learning-rate",
    "5e-5",
    "--epochs=1.5",
  ];
  assert.deepEqual(parseOptions(args, places), {
    notebooks: "/kit/notebooks/mine.ipynb",
    env: {
      ATTEND_PROFILE: "full",
      ATTEND_CHECKPOINT: "bert-base-uncased",
      ATTEND_LEARNING_RATE: "5e-5",
      ATTEND_EPOCHS: "1.5",
    },
  });
  assert.equal(parseOptions(["--all"], places).notebooks, "all");
});

for (
  const [args, message] of [
    [["--foo"], 'course: "--foo" is not an option; known are PATH.ipynb, --all, --profile,'],
    [["notes.txt"], 'course: "notes.txt" is not an option'],
    [["--profile", "fast"], 'course: --profile is "fast"; it takes quick or full.'],
    [["--epochs", "0"], 'course: --epochs is "0"; it takes a number above 0.'],
    [["--learning-rate"], 'course: --learning-rate is ""; it takes a number above 0.'],
    [["--checkpoint", "--epochs"], 'course: --checkpoint is "--epochs"; it takes a model'],
    [["a.ipynb", "--all"], "course: --all is one notebook too many"],
  ] as const
) {
  Deno.test(`parseOptions() refuses ${args.join(" ")}`, () => {
    assert.throws(() => parseOptions(args, places), (error: Error) => error.message.startsWith(message));
  });
}

Deno.test("refusal() names old versions and the reason for those whose kernel hides errors", () => {
  assert.match(refusal("2.8.3") ?? "", /Deno 2\.8\.3 is too old .*reports failing cells as passed.* needs 2\.9\.6/);
  assert.match(refusal("2.9.5") ?? "", /Deno 2\.9\.5 is too old for this course; it needs 2\.9\.6/);
  for (const version of ["2.9.6", "2.9.10", "2.10.0", "3.0.0", "2.9.6+abc"]) assert.equal(refusal(version), undefined);
});

/** A terminal that keeps what is written, with a clock to turn by hand. */
function fakeTerminal(isTerminal: boolean): { terminal: Terminal; written: string[]; pass: (ms: number) => void } {
  const written: string[] = [];
  let now = 0;
  const screen = { write: (text: string) => void written.push(text), isTerminal, columns: 60 };
  return { terminal: new Terminal(screen, () => now), written, pass: (ms) => now += ms };
}

const cell = { number: 3, total: 12, source: "await trainer.train();\n// and more" };
const progress = { label: "training", step: 7, total: 90, loss: 0.4321, secondsLeft: 95.2 };

Deno.test("Terminal rewrites one line a cell on a terminal", () => {
  const { terminal, written, pass } = fakeTerminal(true);
  terminal.cell(cell);
  pass(50);
  terminal.progress(progress);
  pass(100);
  terminal.progress(progress);
  terminal.cellEnd(61.7);
  assert.deepEqual(written, [
    "\r\x1b[K[ 3/12] await trainer.train();",
    "\r\x1b[K[ 3/12] await t… · training 7/90, loss 0.432, 1:35 min left",
    "\r\x1b[K[ 3/12] await trainer.train(); · 1:02 min",
    "\n",
  ]);
});

Deno.test("Terminal writes plain lines now and then elsewhere", () => {
  const { terminal, written, pass } = fakeTerminal(false);
  terminal.cell(cell);
  for (let second = 1; second <= 30; second++) {
    pass(1000);
    terminal.progress({ ...progress, step: second });
  }
  terminal.cellEnd(30);
  assert.deepEqual(written, [
    "[ 3/12] await trainer.train();\n",
    "    training 15/90, loss 0.432, 1:35 min left\n",
    "    training 30/90, loss 0.432, 1:35 min left\n",
  ]);
});

Deno.test("describeResult() puts a figure beside its baseline", () => {
  const result = {
    metric: "Matthews correlation",
    value: 0.2468,
    baseline: 0,
    baselineName: "majority",
    seconds: 42.4,
  };
  assert.equal(describeResult(result), "Matthews correlation 0.247 (majority: 0.000), 42 s");
});

/** Runs the course command on a notebook with these cells; gives what it said and the notebook it wrote. */
async function course(...cells: string[]): Promise<{ code: number; said: string; written: string }> {
  const folder = await Deno.makeTempDir();
  const name = `${crypto.randomUUID()}.ipynb`;
  const out = join(ROOT, "out", name);
  await Deno.writeTextFile(join(folder, name), notebookText(...cells));
  try {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", join(ROOT, "tasks", "course.ts"), name],
      cwd: folder,
      env: { INIT_CWD: folder, NO_COLOR: "1" },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, said: text(stdout) + text(stderr), written: await Deno.readTextFile(out) };
  } finally {
    await Deno.remove(folder, { recursive: true });
    await Deno.remove(out);
  }
}

Deno.test("course runs a notebook to its end, prints its figure and writes it", async () => {
  const figure = { metric: "Matthews correlation", value: 0.25, baseline: 0, baselineName: "majority", seconds: 3 };
  const { code, said, written } = await course(
    "1 + 1",
    showing({ "text/plain": "0.25", "application/vnd.attend.result+json": figure }),
  );
  assert.equal(code, 0, said);
  assert.match(said, /\[1\/2\] 1 \+ 1\n\[2\/2\]/);
  assert.match(said, /^Matthews correlation 0\.250 \(majority: 0\.000\), 3\.0 s$/m);
  const { cells, metadata, nbformat } = JSON.parse(written);
  assert.equal(nbformat, 4);
  assert.equal(metadata.kernelspec.name, "deno");
  assert.deepEqual(cells[1].outputs[0].data, { "text/plain": ["2"] });
});

Deno.test("course fails with the source and the error of the first failing cell, and writes what ran", async () => {
  const { code, said, written } = await course("1 + 1", 'const sum = 1;\nthrow new Error("boom");', "3");
  assert.equal(code, 1);
  assert.match(said, /Cell 2 of 3 failed:\n\n {4}const sum = 1;\n {4}throw new Error\("boom"\);\n\nError: boom/);
  const { cells } = JSON.parse(written);
  assert.deepEqual(cells.map(({ execution_count }: { execution_count?: number }) => execution_count), [
    undefined,
    1,
    2,
    null,
  ]);
  assert.equal(cells[2].outputs[0].evalue, "boom");
});
