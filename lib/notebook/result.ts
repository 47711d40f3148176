// The number a lesson is about, beside the one that shows what it is worth.

import { type Displayable, jupyterDisplay, show } from "./display.ts";
import { escapeHtml } from "./text.ts";

/** The MIME type under which the course command reads a lesson's result. */
export const RESULT_MIME = "application/vnd.attend.result+json";

/** What stands under RESULT_MIME. */
export interface ResultState {
  metric: string;
  value: number;
  /** The same metric without any learning. */
  baseline?: number;
  /** What scores the baseline: "always answering 'acceptable'". */
  baselineName?: string;
}

/** Decimals, as more say nothing about a model: they change with the seed. */
const DIGITS = 2;

/** `value` of a metric beside its baseline, as a sentence. */
export function resultView(state: ResultState): Displayable {
  const { metric, value, baseline, baselineName = "baseline" } = state;
  const figure = `${metric} ${value.toFixed(DIGITS)}`;
  const comparison = baseline === undefined ? "" : ` (${baselineName}: ${baseline.toFixed(DIGITS)})`;
  const text = figure + comparison;
  return {
    [jupyterDisplay]: () => ({
      "text/html": `<p><strong>${escapeHtml(figure)}</strong>${escapeHtml(comparison)}</p>`,
      "text/plain": text,
      [RESULT_MIME]: state,
    }),
    toString: () => text,
  };
}

/**
 * Shows a lesson's result, for example "Matthews correlation 0.31 (always answering 'acceptable': 0.00)"; the course
 * command prints it at the end of its run.
 *
 * @throws {RangeError} when the value is no finite number.
 */
export function result(
  metric: string,
  value: number,
  comparison: { baseline?: number; baselineName?: string } = {},
): Promise<void> {
  if (!Number.isFinite(value)) {
    throw new RangeError(`result: ${metric} is ${value}; give the finite number that an evaluation returned.`);
  }
  return show(resultView({ metric, value, ...comparison }));
}
