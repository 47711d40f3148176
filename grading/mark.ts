// Points for a student's cell, by the hidden cases. Comparing is done here, in the grader's own process.

import { agrees } from "../lib/notebook/plain_value.ts";
import { type CodeExercise, functionName } from "./exercise.ts";
import { run } from "./run.ts";

export interface Mark {
  readonly points: number;
  /** Hidden cases that the function met; all points take all of them. */
  readonly passed: number;
}

/** Marks the text of an exercise's cell. */
export async function mark({ cases, points, solution, uses }: CodeExercise, source: string): Promise<Mark> {
  const name = functionName(solution) ?? "";
  const outcomes = await run({ source, name, inputs: cases.map(({ input }) => input), uses });
  const passed = cases.filter(({ expected, tolerance }, i) => {
    const outcome = outcomes[i];
    return "value" in outcome && agrees(outcome.value, expected, tolerance);
  }).length;
  return { points: passed === cases.length ? points : 0, passed };
}
