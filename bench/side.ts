// What the process of a side does around the work it times: warm-up, medians, peak memory, and the one line of JSON it ends with.

import { readFileSync } from "node:fs";

/** What one process found. */
export interface Result {
  /** Numbers by the heading of their column, which names the unit. */
  readonly figures: Readonly<Record<string, number>>;
  /** A number that all sides must agree on, such as the first loss: they did the same work. */
  readonly check?: number;
  /** Device and library, for the table. */
  readonly note: string;
}

/** Set by the parent: when it started this process, in milliseconds since 1970. */
export const STARTED = "ATTEND_BENCH_STARTED";

/** Headings of columns. */
export const FIGURES = {
  step: "ms a step",
  cold: "s to the first loss",
  peak: "peak MB",
  epoch: "s an epoch",
  pass: "s a pass",
} as const;

/** Untimed steps before the timed ones. */
export const WARM_UP = 3;

/** Hands a result to the parent: the last line on standard output. */
export function report(result: Result): void {
  console.log(JSON.stringify(result));
}

/** Seconds since the parent started this process. */
export function secondsSinceStart(): number {
  return (Date.now() - Number(Deno.env.get(STARTED) ?? Date.now())) / 1000;
}

/** The most memory this process ever held (resident), or an empty record where the system does not say. */
export function peakMemory(): Record<string, number> {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return kilobytes === undefined ? {} : { [FIGURES.peak]: Number(kilobytes) * 1024 / 1e6 };
  } catch {
    return {}; // only Linux has the file
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** What is timed. */
export interface TimedStep {
  /** One step, to the end of the read of its loss, which it gives. */
  readonly step: () => Promise<number>;
  /** The loss without dropout, which makes that of a step a matter of chance; absent where steps have none. */
  readonly loss?: () => Promise<number>;
  readonly note: string;
}

/**
 * Times steps after the warm-up and reports the median; with `steps` 0 the first loss alone, from the start of the process.
 * @throws Error where the loss does not fall: a step that does nothing is fast
 */
export async function timeSteps({ step, loss, note }: TimedStep, steps: number): Promise<void> {
  const before = await (loss ?? step)();
  if (steps === 0) return report({ figures: { [FIGURES.cold]: secondsSinceStart() }, check: before, note });
  const times: number[] = [];
  let last = NaN;
  for (let i = 0; i < WARM_UP + steps; i++) {
    const start = performance.now();
    last = await step();
    times.push(performance.now() - start);
  }
  const figures = { [FIGURES.step]: median(times.slice(WARM_UP)), ...peakMemory() };
  const after = loss ? await loss() : last;
  if (!(after < before)) throw new Error(`The loss does not fall: ${before} -> ${after}.`);
  report({ figures, check: before, note });
}
