// Runs the sides of a comparison, each in a process of its own, in turn: round after round, so that what the machine does meanwhile
// meets all of them. A side that cannot run is named with its reason, and the others go on.

import { fileURLToPath } from "node:url";
import { type Result, STARTED } from "./side.ts";

export interface Side {
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Why it cannot run here. */
  readonly blocked?: string;
}

/** What the rounds of a side found, or why it found nothing. */
export type Outcome = { readonly results: readonly Result[] } | { readonly reason: string };
export type Outcomes = ReadonlyMap<Side, Outcome>;

/** A figure of a side. */
export interface Operand {
  readonly side: Side;
  readonly figure: string;
}

/** A line of the table of bars: ours against the best of the others. */
export interface Bar {
  readonly work: string;
  readonly against: string;
  readonly ours: Operand;
  readonly others: readonly Operand[];
  /** The ratio must not be above; without it the line is for information. */
  readonly atMost?: number;
}

/** Sides that do one piece of work. */
export interface Family {
  readonly title: string;
  /** What is the same, what is not, how it is timed. */
  readonly notes: string;
  readonly sides: readonly Side[];
  readonly rounds: number;
  readonly bars: readonly Bar[];
  /** True where data and weights come from the hub. */
  readonly needsHub?: boolean;
  /** Set where the sides' figures make another table than a line a side. */
  readonly table?: (outcomes: Outcomes) => string;
}

/** What the command line may change. */
export interface BenchOptions {
  /** Rounds of every family in place of its own number. */
  readonly rounds?: number;
  /** Timed steps (or passes) of each process in place of its own number. */
  readonly steps?: number;
  /** Training sentences of the CoLA epoch, from the first; 0 for all. */
  readonly limit: number;
}

/** Cores, and so threads, of every side. */
export const CORES = navigator.hardwareConcurrency;

/** A process that takes longer has hung. */
const TIMEOUT_MS = 30 * 60 * 1000;

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** A side in Deno. `flags` are Deno's own. */
export function denoSide(
  name: string,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Side {
  const run = ["run", "-A", "--no-check", ...flags, "--config", pathOf("../deno.json"), pathOf(script)];
  return { name, command: [Deno.execPath(), ...run, ...args], env };
}

/** A side in the Python that ATTEND_PYTHON names. */
export function pythonSide(
  name: string,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Side {
  const python = Deno.env.get("ATTEND_PYTHON");
  const blocked = python
    ? undefined
    : "ATTEND_PYTHON is not set; let it name a Python that has PyTorch and Transformers";
  return { name, command: [python ?? "python", pathOf(script), ...args], env, blocked };
}

/** PyTorch in its two ways to wait for threads; which one is faster depends on what else the machine does. */
export function torchSides(name: string, script: string, args: readonly string[]): Side[] {
  return [
    pythonSide(name, script, args),
    pythonSide(`${name}, OMP_WAIT_POLICY=PASSIVE`, script, args, { OMP_WAIT_POLICY: "PASSIVE" }),
  ];
}

/** All sides in turn, `rounds` times. */
export async function runInTurn(sides: readonly Side[], rounds: number): Promise<Outcomes> {
  const outcomes = new Map<Side, Outcome>();
  for (const side of sides) outcomes.set(side, side.blocked ? { reason: side.blocked } : { results: [] });
  for (let round = 1; round <= rounds; round++) {
    for (const side of sides) {
      const before = outcomes.get(side)!;
      if ("reason" in before) continue;
      console.error(`round ${round} of ${rounds}: ${side.name}`);
      const found = await runSide(side);
      outcomes.set(side, "reason" in found ? found : { results: [...before.results, found] });
    }
  }
  return outcomes;
}

async function runSide({ command: [program, ...args], env }: Side): Promise<Result | { reason: string }> {
  const { OMP_WAIT_POLICY: _, ATTEND_DEVICE: __, ...inherited } = Deno.env.toObject();
  const started = { [STARTED]: String(Date.now()), PYTHONDONTWRITEBYTECODE: "1", NO_COLOR: "1" };
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args,
      clearEnv: true,
      env: { ...inherited, ...env, ...started },
      stdin: "null",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
    if (!success) return { reason: reasonIn(text(stderr)) };
    return JSON.parse(text(stdout).split("\n").at(-1) ?? "");
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The line of an error's output that says what happened: Deno's first, Python's last. */
function reasonIn(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim()).filter(Boolean);
  return lines.find((line) => line.startsWith("error: ")) ?? lines.at(-1) ?? "it failed and said nothing";
}
