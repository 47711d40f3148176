// The cell below an exercise: calls the student's function on the cases that stand in the cell and says what is missing.
// It gives no points: those come from other cases, which the grader keeps.

import { type Displayable, jupyterDisplay } from "./display.ts";
import { agrees, type PlainValue } from "./plain_value.ts";
import { escapeHtml } from "./text.ts";

/** One call of an exercise's function. */
export interface CheckCase {
  /** The arguments. */
  readonly input: readonly PlainValue[];
  readonly expected: PlainValue;
  /** How far a number may lie from the expected one; left out, 1e-6 of its size. */
  readonly tolerance?: number;
}

/**
 * Says whether the function of exercise `id` gives what each case expects, or shows the first one where it does not: what was
 * called, what came back, what was wanted. An async function is awaited. Never throws, so that "run all" goes on.
 *
 *     check("q1", mcc, [{ input: [719, 0, 324, 0], expected: 0 }]);
 */
export function check(
  id: string,
  solution: (...args: never[]) => unknown,
  cases: readonly CheckCase[],
): Displayable {
  let text = `${id}: is still being checked.`;
  const said = judge(id, solution, cases).then((verdict) => text = verdict);
  return {
    [jupyterDisplay]: async () => ({ "text/html": html(await said), "text/plain": await said }),
    toString: () => text,
  };
}

async function judge(id: string, solution: unknown, cases: readonly CheckCase[]): Promise<string> {
  if (typeof solution !== "function") return `${id}: not yet. Expected a function, got ${inspect(solution)}.`;
  for (const { input, expected, tolerance } of cases) {
    const call = `${solution.name || id}(${input.map(inspect).join(", ")})`;
    const about = (happened: string) => `${id}: not yet. \`${call}\` ${happened}; expected ${inspect(expected)}.`;
    try {
      // A copy, as a function may change what it is given.
      const given: unknown = await Reflect.apply(solution, undefined, structuredClone(input));
      if (!agrees(given, expected, tolerance)) return about(`gave ${inspect(given)}`);
    } catch (error) {
      return about(`threw ${error instanceof Error ? `${error.name}: ${error.message}` : inspect(error)}`);
    }
  }
  const passed = cases.length === 1 ? "the case here passes" : `all ${cases.length} cases here pass`;
  return `${id}: ${passed}. Other cases decide on the points.`;
}

/** A value as code, on one line and short enough for a sentence. */
function inspect(value: unknown): string {
  const short = { compact: true, breakLength: Infinity, iterableLimit: 12, strAbbreviateSize: 80 };
  return Deno.inspect(value, { colors: false, ...short });
}

function html(text: string): string {
  return `<p>${escapeHtml(text).replace(/`([^`]*)`/g, "<code>$1</code>")}</p>`;
}
