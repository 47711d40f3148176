// deno task results [LESSON …] [--only VARIANT] [--again]: measures what takes longer than a lesson and writes
// notebooks/results/LESSON.json, which the notebooks read. Runs that are in the file already are left out; with --again they are
// measured anew, and with --only "CoLA" no others are.

import { join } from "node:path";
import { parseArgs } from "node:util";
import { markdownTable } from "./markdown.ts";
import { ROOT } from "./project.ts";
import { agNews } from "./results/ag_news.ts";
import { amazonReviews } from "./results/amazon_reviews.ts";
import { cola } from "./results/cola.ts";
import { fineTune } from "./results/fine_tune.ts";
import { measure } from "./results/measure.ts";
import type { FineTuning } from "./results/plan.ts";
import { REAL_SET_HEADINGS, realSetRow } from "./results/real_sets.ts";
import { rottenTomatoes } from "./results/rotten_tomatoes.ts";

const plans: Readonly<Record<string, readonly FineTuning[]>> = {
  cola,
  "rotten-tomatoes": rottenTomatoes,
  "amazon-reviews": amazonReviews,
  "ag-news": agNews,
};

const { values: { again: isAgain = false, only }, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: { again: { type: "boolean" }, only: { type: "string" } },
});
const lessons = positionals.length > 0 ? positionals : Object.keys(plans);
const refusal = refuse(lessons, only);
if (refusal !== undefined) {
  console.error(`results: ${refusal}`);
  Deno.exit(1);
}
const realSets: string[][] = [];
for (const lesson of lessons) {
  const plan = plans[lesson];
  const path = join(ROOT, "notebooks", "results", `${lesson}.json`);
  const onRun = ({ variant, seed }: FineTuning, number: number) =>
    console.log(`${lesson}, run ${number} of ${plan.length}: ${variant}, seed ${seed}`);
  const runs = await measure({ lesson, path, plan, isAgain, only, run: fineTune, onRun });
  console.log(`notebooks/results/${lesson}.json holds ${runs.length} of ${plan.length} runs`);
  realSets.push(...[realSetRow(lesson, runs)].filter((row) => row !== undefined));
}
if (realSets.length > 0) {
  console.log(`\nFor notebooks/README.md:\n\n${markdownTable(REAL_SET_HEADINGS, realSets)}`);
}
Deno.exit(0);

/** Why this cannot be measured, as a sentence. */
function refuse(lessons: readonly string[], only: string | undefined): string | undefined {
  const unknown = lessons.find((lesson) => !Object.hasOwn(plans, lesson));
  if (unknown !== undefined) {
    return `there are no measurements for "${unknown}"; known are ${Object.keys(plans).join(", ")}.`;
  }
  const variants = new Set(lessons.flatMap((lesson) => plans[lesson].map(({ variant }) => variant)));
  if (only === undefined || variants.has(only)) return undefined;
  return `no run is called "${only}"; known are ${[...variants].join(", ")}.`;
}
