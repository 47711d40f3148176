// The exercises as they stand in the notebooks (nbgrader's cell metadata, schema 3), for the tests that hold them against
// the files under grading/exercises.

import { basename, join } from "node:path";
import { type JsonObject, numberAt, objectAt, textAt } from "../../tasks/kernel/json.ts";
import { isCode, readNotebook, sourceOf } from "../../tasks/kernel/notebook.ts";
import { ROOT } from "../../tasks/project.ts";
import { readNotebooks } from "../notebooks/committed.ts";

/** One exercise of a notebook: a stub and its check, or a place for an answer in words. */
export interface ExerciseCells {
  id: string;
  /** What the student finds. */
  stub: string;
  /** The check cell's source; undefined where the answer is in words. */
  check: string | undefined;
  points: number | undefined;
}

/** A lesson's name is a number and a word; what a lesson brings along beside itself (05b-…) has no exercises. */
const LESSON = /^\d\d-/;

/** Lesson by lesson, "01-cola" first, with the exercises in their order. */
export async function readExerciseCells(): Promise<Map<string, ExerciseCells[]>> {
  const notebooks = new Map<string, ExerciseCells[]>();
  for (const [name, { cells }] of await readNotebooks()) {
    if (LESSON.test(name)) notebooks.set(basename(name, ".ipynb"), exercisesOf(cells));
  }
  return notebooks;
}

function exercisesOf(cells: readonly JsonObject[]): ExerciseCells[] {
  return cells.flatMap((cell, i) => {
    const { solution, grade_id, points } = nbgrader(cell);
    if (solution !== true) return [];
    const below = cells[i + 1] ?? {};
    const check = nbgrader(below);
    const hasCheck = isCode(cell) && check.grade_id === `${grade_id}-check`;
    return [{
      id: String(grade_id),
      stub: sourceOf(cell),
      check: hasCheck ? sourceOf(below) : undefined,
      points: numberAt({ points: hasCheck ? check.points : points }, "points"),
    }];
  });
}

function nbgrader(cell: JsonObject): JsonObject {
  return objectAt(objectAt(cell, "metadata"), "nbgrader");
}

/** What nbgrader says of each cell of a notebook that it knows, by grade_id. */
export async function readGradeCells(notebook: string): Promise<Map<string, JsonObject>> {
  const { cells } = await readNotebook(join(ROOT, "notebooks", `${notebook}.ipynb`));
  const known = cells.map(nbgrader).filter((fields) => "grade_id" in fields);
  return new Map(known.map((fields) => [textAt(fields, "grade_id"), fields]));
}
