// deno task results [LESSON …] [--again]: measures what takes longer than a lesson and writes notebooks/results/LESSON.json, which
// the notebooks read. Runs that are in the file already are left out; with --again all are measured anew.

import { join } from "node:path";
import { ROOT } from "./project.ts";
import { cola } from "./results/cola.ts";
import { fineTune, type FineTuning } from "./results/fine_tune.ts";
import { measure } from "./results/measure.ts";

const plans: Readonly<Record<string, readonly FineTuning[]>> = { cola };

const asked = Deno.args.filter((arg) => arg !== "--again");
const unknown = asked.find((lesson) => !Object.hasOwn(plans, lesson));
if (unknown !== undefined) {
  console.error(`results: there are no measurements for "${unknown}"; known are ${Object.keys(plans).join(", ")}.`);
  Deno.exit(1);
}
for (const lesson of asked.length > 0 ? asked : Object.keys(plans)) {
  const plan = plans[lesson];
  const path = join(ROOT, "notebooks", "results", `${lesson}.json`);
  const onRun = ({ variant, seed }: FineTuning, number: number) =>
    console.log(`${lesson}, run ${number} of ${plan.length}: ${variant}, seed ${seed}`);
  const runs = await measure({ lesson, path, plan, isAgain: Deno.args.includes("--again"), run: fineTune, onRun });
  console.log(`notebooks/results/${lesson}.json holds ${runs.length} runs`);
}
Deno.exit(0);
