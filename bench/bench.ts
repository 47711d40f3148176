// deno task bench: every bar as a ratio in one run, as Markdown on standard output; what runs meanwhile goes to standard error.
// README.md beside this file says what is compared. Run nothing else meanwhile.

import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { markdownTable } from "../tasks/markdown.ts";
import { quietDrivers } from "../tasks/project.ts";
import { hasShared } from "../tests/shared.ts";
import { withHub } from "../tests/hub_server.ts";
import { epochFamilies, evaluationFamilies } from "./cola.ts";
import { dataFamilies } from "./data.ts";
import { coldFamilies, wasmFamilies, webgpuFamilies } from "./javascript.ts";
import { loadingFamilies } from "./loading.ts";
import { BAR_HEADINGS, barRow, disagreement, sidesTable } from "./report.ts";
import { type BenchOptions, CORES, type Family, runInTurn } from "./runner.ts";
import { scalingFamilies } from "./scaling.ts";
import { WARM_UP } from "./side.ts";
import { stepFamilies } from "./step.ts";
import { tokenizingFamilies } from "./tokenizing.ts";

const parts: Readonly<Record<string, (options: BenchOptions) => Family[]>> = {
  step: stepFamilies,
  wasm: wasmFamilies,
  webgpu: webgpuFamilies,
  cola: epochFamilies,
  eval: evaluationFamilies,
  cold: coldFamilies,
  scaling: scalingFamilies,
  data: dataFamilies,
  loading: loadingFamilies,
  tokenizing: tokenizingFamilies,
};

const USAGE = `deno task bench [PART…] [--rounds N] [--steps N] [--limit SENTENCES, 0 for all]
deno task bench --profile [small|distil|minilm] [--steps N]
Parts: ${Object.keys(parts).join(", ")}; all of them where none is named.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string" },
    steps: { type: "string" },
    limit: { type: "string", default: "1600" },
    profile: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(USAGE);
} else if (values.profile) {
  const { profile } = await import("./profile.ts"); // loading lib chooses a device
  await profile(positionals[0] ?? "minilm", countOf("steps", values.steps));
  Deno.exit(0);
} else {
  const options = {
    rounds: countOf("rounds", values.rounds),
    steps: countOf("steps", values.steps),
    limit: countOf("limit", values.limit, 0) ?? 0,
  };
  const families = partsNamed(positionals).flatMap((part) => parts[part](options));
  const takesLocalHub = hasShared && !Deno.env.get("HF_ENDPOINT") && families.some(({ needsHub }) => needsHub);
  for (const [name, value] of Object.entries(await quietDrivers())) Deno.env.set(name, value);
  let allAgree = true;
  const run = async () => void (allAgree = await bench(families));
  await (takesLocalHub ? withHub("", run) : run());
  Deno.exit(allAgree ? 0 : 1);
}

/** Runs families one after another and prints each, then all bars. False where sides did different work. */
async function bench(families: readonly Family[]): Promise<boolean> {
  const [load] = Deno.loadavg();
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${CORES} cores (${
      cpus()[0]?.model ?? "unnamed"
    }), Deno ${Deno.version.deno}, ` +
      `load ${
        load.toFixed(2)
      } at the start. Each side is a process of its own; all sides run in turn, round after round. A figure is ` +
      `the median over the rounds of each process's median after ${WARM_UP} untimed steps; the least and the greatest round stand in brackets.\n`,
  );
  const bars: string[][] = [];
  let allAgree = true;
  for (const family of families) {
    console.error(family.title);
    const outcomes = await runInTurn(family.sides, family.rounds);
    console.log(`### ${family.title}\n\n${family.notes}\n\n${sidesTable(family, outcomes)}\n`);
    const difference = disagreement(family, outcomes);
    if (difference !== undefined) {
      console.log(`**No ratio is given: ${difference}.**\n`);
      allAgree = false;
    } else {
      bars.push(...family.bars.map((bar) => barRow(bar, outcomes)));
    }
  }
  console.log(`### Bars\n\n${markdownTable(BAR_HEADINGS, bars)}`);
  return allAgree;
}

function partsNamed(names: readonly string[]): readonly string[] {
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) fail(`"${unknown}" is no part of the bench`);
  return names.length > 0 ? names : Object.keys(parts);
}

function countOf(name: string, text: string | undefined, least = 1): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (!Number.isInteger(count) || count < least) {
    fail(`--${name} is "${text}"; it must be a whole number from ${least}`);
  }
  return count;
}

function fail(reason: string): never {
  console.error(`${reason}.\n\n${USAGE}`);
  Deno.exit(2);
}
