// Timed comparisons, printed as ratios in one run: `deno task bench`. Every side runs in a process of its own, in turn, three rounds;
// a figure is the median over the rounds of each process's median step. Run nothing else meanwhile.

import { fileURLToPath } from "node:url";
import type { SizeName, StepTiming } from "./sizes.ts";

interface Side {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const ROUNDS = 3;
const steps: Readonly<Record<SizeName, number>> = { small: 25, distil: 4 };

const ours = (name: string, env: Record<string, string>): Side => ({
  name,
  script: "step.ts",
  args: [],
  env: { ATTEND_DEVICE: "cpu", ...env },
});
const sides: readonly Side[] = [
  { name: "@jax-js/jax, wasm", script: "peers/jax.ts", args: ["wasm"], env: {} },
  ours("this library, no BLAS", { ATTEND_BLAS: "none" }),
  ours("this library, BLAS", {}),
];

console.log(
  `Training step (forward, backward, AdamW, no dropout), ${navigator.hardwareConcurrency} cores, Deno ${Deno.version.deno}.`,
);
console.log("Warm-up: two steps; ratio: ours / @jax-js/jax in this run, less is faster.\n");

for (const size of ["small", "distil"] as const) {
  const timings = new Map<Side, StepTiming[]>(sides.map((side) => [side, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const side of sides) timings.get(side)!.push(await time(side, size));
  }
  const peer = median(timings.get(sides[0])!.map((timing) => timing.median));
  console.log(`${size}:`);
  for (const side of sides) {
    const found = timings.get(side)!;
    const milliseconds = median(found.map((timing) => timing.median));
    const columns = [
      side.name.padEnd(24),
      `${milliseconds.toFixed(1).padStart(8)} ms`,
      `ratio ${(milliseconds / peer).toFixed(2)}`,
      `cold ${(median(found.map((timing) => timing.cold)) / 1000).toFixed(2)} s`,
      `${median(found.map((timing) => timing.rssMegabytes))} MB`,
      found[0].device,
    ];
    console.log("  " + columns.join("   "));
  }
}

async function time(side: Side, size: SizeName): Promise<StepTiming> {
  const script = fileURLToPath(new URL(side.script, import.meta.url));
  const config = fileURLToPath(new URL("../deno.json", import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", config, script, size, String(steps[size]), ...side.args],
    env: side.env,
  }).output();
  if (!success) throw new Error(`${side.name}, ${size}: ${new TextDecoder().decode(stderr).trim()}`);
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
