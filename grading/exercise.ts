// What the files under grading/exercises hold: one exercise each, with what students do not see. The stub and its visible
// cases stand in the notebook; cells and files find each other by notebook and id.

import type { CheckCase } from "../lib/notebook/mod.ts";

interface Common {
  /** The notebook's name without its ending: "01-cola". */
  readonly notebook: string;
  /** The grade_id of the exercise's cell: "q1". */
  readonly id: string;
  readonly points: number;
  /** What earns all points: the stub's cell as it would be solved, or an answer in words. */
  readonly solution: string;
}

/** A function to be written. All points for one that gives what every case expects, none otherwise. */
export interface CodeExercise extends Common {
  /** The hidden cases: others than the visible ones, edge cases among them. */
  readonly cases: readonly CheckCase[];
  /** What the function may use of the library, by name. */
  readonly uses?: readonly string[];
}

/** A question to be answered in words, marked by a person. */
export interface OpenExercise extends Common {
  readonly rubric: readonly { readonly points: number; readonly criterion: string }[];
}

export type Exercise = CodeExercise | OpenExercise;

/** Fewer hidden cases than this can be met by luck. */
const FEWEST_CASES = 4;

/**
 * One exercise, checked.
 * @throws {RangeError} when a field makes no sense, or the points of the rubric do not add up
 */
export function exercise(given: Exercise): Exercise {
  const where = `exercise ${given.notebook} ${given.id}`;
  const { id, points, solution } = given;
  if (!/^q\d+$/.test(id)) throw new RangeError(`${where}: id is "${id}"; use q and a number.`);
  if (!isCount(points)) throw new RangeError(`${where}: points are ${points}; use a whole number from 1.`);
  if (solution.trim() === "") throw new RangeError(`${where}: solution is empty; write what earns all points.`);
  if (isOpen(given)) checkRubric(given, where);
  else checkCases(given, where);
  return given;
}

/** Whether a person marks it. */
export function isOpen(one: Exercise): one is OpenExercise {
  return "rubric" in one;
}

/** The name of the first function that a cell declares: the one that is called. */
export function functionName(source: string): string | undefined {
  return /^(?:async )?function\*? (\w+)/m.exec(source)?.[1];
}

function checkRubric({ points, rubric }: OpenExercise, where: string): void {
  const sum = rubric.reduce((total, criterion) => total + criterion.points, 0);
  if (sum !== points) {
    throw new RangeError(`${where}: its criteria have ${sum} points together; give it ${sum}, not ${points}.`);
  }
}

function checkCases({ cases, solution }: CodeExercise, where: string): void {
  if (functionName(solution) === undefined) {
    throw new RangeError(`${where}: solution declares no function; begin a line with one.`);
  }
  if (cases.length < FEWEST_CASES) {
    throw new RangeError(`${where}: it has ${cases.length} hidden cases; give at least ${FEWEST_CASES}.`);
  }
  const odd = cases.findIndex((one) => !isPlain(one.input) || !isPlain(one.expected));
  if (odd >= 0) {
    throw new RangeError(
      `${where}: case ${odd + 1} holds what JSON does not; use finite numbers, text, lists, records.`,
    );
  }
}

function isPlain(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (value === null || typeof value === "boolean" || typeof value === "string") return true;
  return typeof value === "object" && Object.values(value).every(isPlain);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}
