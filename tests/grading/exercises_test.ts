// Every exercise of every notebook: its cells and its file say the same, its worked solution earns all points, and neither the
// stub nor a function that knows only the visible cases, or always says the same, earns any.

import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type CodeExercise, type Exercise, functionName, isOpen } from "../../grading/exercise.ts";
import { mark } from "../../grading/mark.ts";
import { agrees } from "../../lib/notebook/plain_value.ts";
import { type CheckCase, jupyterDisplay } from "../../lib/notebook/mod.ts";
import { walk } from "../../tasks/ok/modules.ts";
import { ROOT } from "../../tasks/project.ts";
import { type ExerciseCells, readExerciseCells, readGradeCells } from "./notebooks.ts";

const FEWEST = 4;
const exercises = await readExercises();

for (const [notebook, cells] of await readExerciseCells()) {
  const files = exercises.filter((one) => one.notebook === notebook);
  const fileOf = ({ id }: ExerciseCells) => files.find((one) => one.id === id);

  Deno.test(`${notebook} has exercises of rising points, one of them in words, each with its file`, () => {
    assert.deepEqual(cells.map(({ id }) => id), cells.map((_, i) => `q${i + 1}`));
    assert.deepEqual(files.map(({ id }) => id).sort(), cells.map(({ id }) => id).sort());
    assert.ok(cells.length >= FEWEST, `${cells.length} exercises; ${FEWEST} are the fewest`);
    assert.ok(files.some(isOpen), "none is in words");
    for (const cell of cells) {
      const file = fileOf(cell);
      assert.equal(cell.points, file?.points, `${cell.id}: points in notebook and file`);
      assert.equal(cell.check === undefined, file !== undefined && isOpen(file), `${cell.id}: a check, or a rubric`);
    }
  });

  Deno.test(`${notebook} tells nbgrader what is solved, checked and marked`, async () => {
    const known = await readGradeCells(notebook);
    for (const { id, check, points } of cells) {
      const cell = { schema_version: 3, task: false };
      const isCode = check !== undefined;
      const solved = { ...cell, grade_id: id, grade: !isCode, solution: true, locked: false };
      assert.deepEqual(known.get(id), isCode ? solved : { ...solved, points });
      if (!isCode) continue;
      const checked = { ...cell, grade_id: `${id}-check`, grade: true, solution: false, locked: true, points };
      assert.deepEqual(known.get(`${id}-check`), checked);
    }
  });

  const coded = cells.flatMap((cell) => {
    const file = fileOf(cell);
    return file && !isOpen(file) && cell.check !== undefined ? [{ file, stub: cell.stub, check: cell.check }] : [];
  });

  Deno.test(`${notebook}'s checks pass its solutions, and say of each stub what is missing`, async () => {
    const solved = await runChecks(coded.map(({ file, check }) => ({ file, source: file.solution, check })));
    const unsolved = await runChecks(coded.map(({ file, stub, check }) => ({ file, source: stub, check })));
    for (const [i, { file }] of coded.entries()) {
      assert.match(solved[i].said, new RegExp(`^${file.id}: .* pass`));
      assert.match(
        unsolved[i].said,
        new RegExp(`^${file.id}: not yet\\. .*${functionName(file.solution)}\\(.* expected `, "s"),
      );
      assertHidden(file, solved[i].cases);
    }
  });

  for (const { file, stub } of coded) {
    Deno.test(`${notebook} ${file.id}: its solution earns all points by the hidden cases, its stub none`, async () => {
      assert.equal(functionName(stub), functionName(file.solution));
      assert.deepEqual(await mark(file, file.solution), { points: file.points, passed: file.cases.length });
      assert.equal((await mark(file, stub)).points, 0);
    });
  }
}

Deno.test("every exercise's file lies where its notebook and id say, and that notebook is there", async () => {
  const notebooks = [...(await readExerciseCells()).keys()];
  for await (const path of walk(join(ROOT, "grading", "exercises"), ".ts")) {
    const { notebook, id } = await exerciseAt(path);
    assert.equal(path, join(ROOT, "grading", "exercises", notebook, `${id}.ts`));
    assert.ok(notebooks.includes(notebook), `notebooks/${notebook}.ipynb is missing`);
  }
});

/** What is hidden is not what the notebook shows, and no single answer meets all of it. */
function assertHidden({ id, cases }: CodeExercise, visible: readonly CheckCase[]): void {
  for (const { input } of cases) {
    const isShown = visible.some((shown) => agrees(shown.input, input));
    assert.ok(!isShown, `${id}: the notebook shows the case ${JSON.stringify(input)}`);
  }
  const [{ expected }] = cases;
  assert.ok(!cases.every((one) => agrees(expected, one.expected, one.tolerance)), `${id}: all cases expect the same`);
}

/** Runs check cells as they stand, each below its function: what they say, and the cases that they hold. */
async function runChecks(
  exercises: readonly { file: CodeExercise; source: string; check: string }[],
): Promise<{ said: string; cases: CheckCase[] }[]> {
  const uses = new Set(exercises.flatMap(({ file }) => file.uses ?? []));
  const text = [
    `import { check as judge } from "${import.meta.resolve("../../lib/notebook/mod.ts")}";`,
    uses.size > 0 ? `import { ${[...uses].join(", ")} } from "lib";` : "",
    "export const told = [];",
    "const check = (id, solution, cases) => told.push({ display: judge(id, solution, cases), cases });",
    ...exercises.map(({ source, check }) => `{\n${source}\n${check.replace(/^import [^;]*;$/gm, "")}\n}`),
  ];
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, text.join("\n"));
    const { told } = await import(pathToFileURL(file).href);
    const words = [];
    for (const { display, cases } of told) words.push({ said: (await display[jupyterDisplay]())["text/plain"], cases });
    return words;
  } finally {
    await Deno.remove(file);
  }
}

async function readExercises(): Promise<Exercise[]> {
  const paths = await Array.fromAsync(walk(join(ROOT, "grading", "exercises"), ".ts"));
  return await Promise.all(paths.map(exerciseAt));
}

async function exerciseAt(path: string): Promise<Exercise> {
  return (await import(pathToFileURL(path).href)).default;
}
