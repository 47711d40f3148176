// The results as Markdown, ready to be pasted: a table of sides for each family, and one of all bars.

import { markdownTable } from "../tasks/markdown.ts";
import { median, type Result } from "./side.ts";
import type { Bar, Family, Operand, Outcomes } from "./runner.ts";

/** Sides whose checks differ by more than this share did not do the same work. */
const TOLERANCE = 1e-4;

/** The figures of a family, a line a side. */
export function sidesTable({ sides, table }: Family, outcomes: Outcomes): string {
  if (table) return table(outcomes);
  const resultsOf = (side: Operand["side"]) => found(outcomes, side);
  const figures = [...new Set(sides.flatMap(resultsOf).flatMap(({ figures }) => Object.keys(figures)))];
  const rows = sides.map((side) => {
    const results = resultsOf(side);
    if (results.length === 0) {
      return [
        side.name,
        ...figures.map(() => ""),
        `cannot run here: ${reasonOf(outcomes, side)}`,
      ];
    }
    return [side.name, ...figures.map((figure) => spread(valuesOf(outcomes, { side, figure }))), results[0].note];
  });
  return markdownTable(["side", ...figures, ""], rows);
}

/** Whether sides did different work, as a sentence; undefined where they agree. */
export function disagreement({ sides }: Family, outcomes: Outcomes): string | undefined {
  const checks = sides.flatMap((side) => found(outcomes, side).map(({ check }) => ({ side, check })))
    .filter((each): each is typeof each & { check: number } => each.check !== undefined);
  const [first] = checks;
  const other = checks.find(({ check }) => !(Math.abs(check - first.check) <= TOLERANCE * Math.abs(first.check)));
  if (!other) return undefined;
  return `${first.side.name} and ${other.side.name} did not do the same work: ${first.check} and ${other.check}`;
}

/** A line of the table of bars, in the order of `BAR_HEADINGS`. */
export function barRow({ work, against, ours, others, atMost }: Bar, outcomes: Outcomes): string[] {
  const mine = valuesOf(outcomes, ours);
  const theirs = others.map((other) => valuesOf(outcomes, other)).filter((values) => values.length > 0);
  const bar = atMost === undefined ? "" : atMost.toFixed(2);
  if (mine.length === 0 || theirs.length === 0) {
    const missing = mine.length === 0 ? ours : others[0];
    return [work, against, "", "", `not compared: ${reasonOf(outcomes, missing.side)}`, bar, ""];
  }
  const best = theirs.toSorted((a, b) => median(a) - median(b))[0];
  const ratio = median(mine) / median(best);
  const rounds = mine.map((value, round) => value / Math.min(...theirs.map((values) => values[round] ?? Infinity)));
  const verdict = atMost === undefined ? "" : ratio <= atMost ? "met" : "missed";
  return [work, against, number(median(mine)), number(median(best)), `${number(ratio)} ${range(rounds)}`, bar, verdict];
}

export const BAR_HEADINGS = ["work", "against", "ours", "theirs", "ratio (rounds)", "at most", ""];

/** The values of a figure, one a round. */
export function valuesOf(outcomes: Outcomes, { side, figure }: Operand): number[] {
  return found(outcomes, side).flatMap(({ figures }) => (figure in figures ? [figures[figure]] : []));
}

/** Three digits that matter. */
export function number(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toPrecision(3);
}

function found(outcomes: Outcomes, side: Operand["side"]): readonly Result[] {
  const outcome = outcomes.get(side);
  return outcome && "results" in outcome ? outcome.results : [];
}

function reasonOf(outcomes: Outcomes, side: Operand["side"]): string {
  const outcome = outcomes.get(side);
  return outcome && "reason" in outcome ? outcome.reason : `${side.name} does not measure it here`;
}

/** The median, and in brackets the least and the greatest round. */
function spread(values: readonly number[]): string {
  return values.length === 0 ? "" : `${number(median(values))} ${range(values)}`.trim();
}

function range(values: readonly number[]): string {
  return values.length < 2 ? "" : `(${number(Math.min(...values))}–${number(Math.max(...values))})`;
}
