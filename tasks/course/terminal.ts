// What a run of a notebook says on the terminal: one line a cell. On a real terminal the last line lives;
// elsewhere (a log, CI) plain lines come now and then.

import { stripVTControlCharacters } from "node:util";
import type { CellError } from "../kernel/kernel.ts";
import type { Progress, Result, RunningCell } from "../kernel/run.ts";

export interface Screen {
  write(text: string): void;
  isTerminal: boolean;
  /** Width in characters. */
  columns: number;
}

/** Plain progress lines come no more often than this. */
const PLAIN_MS = 15_000;
/** A live line is not written again sooner than this. */
const LIVE_MS = 100;

export class Terminal {
  readonly #screen: Screen;
  readonly #now: () => number;
  #head = "";
  #wrote = 0;

  /** @param now a clock in milliseconds */
  constructor(screen: Screen, now: () => number = () => performance.now()) {
    this.#screen = screen;
    this.#now = now;
  }

  line(text: string): void {
    this.#screen.write(`${text}\n`);
  }

  cell({ number, total, source }: RunningCell): void {
    const place = `[${String(number).padStart(String(total).length)}/${total}]`;
    this.#head = `${place} ${source.trim().split("\n", 1)[0]}`;
    this.#wrote = this.#now();
    if (this.#screen.isTerminal) this.#live("");
    else this.line(cut(this.#head, this.#screen.columns));
  }

  progress(progress: Progress): void {
    const now = this.#now();
    if (now - this.#wrote < (this.#screen.isTerminal ? LIVE_MS : PLAIN_MS)) return;
    this.#wrote = now;
    if (this.#screen.isTerminal) this.#live(describe(progress));
    else this.line(`    ${describe(progress)}`);
  }

  cellEnd(seconds: number): void {
    if (!this.#screen.isTerminal) return;
    this.#live(seconds < 0.5 ? "" : duration(seconds));
    this.line("");
  }

  failure(cell: RunningCell, { ename, evalue, traceback }: CellError): void {
    if (this.#screen.isTerminal) this.line("");
    const told = traceback.join("\n").trim() || `${ename}: ${evalue}`;
    const source = cell.source.trimEnd().split("\n").map((line) => `    ${line}`).join("\n");
    this.line(`\nCell ${cell.number} of ${cell.total} failed:\n\n${source}\n\n${stripVTControlCharacters(told)}`);
  }

  /** Rewrites the last line: the cell's head, as far as there is room, and what it does now. */
  #live(tail: string): void {
    const room = this.#screen.columns - 1;
    const end = tail && ` · ${cut(tail, room - 3)}`;
    this.#screen.write(`\r\x1b[K${cut(this.#head, room - end.length)}${end}`);
  }
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`;
}

/** One line for a final figure: the metric, what it reached, and what it had to beat. */
export function describeResult({ metric, value, baseline, baselineName, seconds }: Result): string {
  const beside = baseline === undefined ? "" : ` (${baselineName}: ${baseline.toFixed(3)})`;
  const took = seconds === undefined ? "" : `, ${duration(seconds)}`;
  return `${metric} ${value.toFixed(3)}${beside}${took}`;
}

function describe({ label, step, total, loss, secondsLeft }: Progress): string {
  return [
    `${label} ${step}/${total}`.trim(),
    loss === undefined ? "" : `loss ${loss.toFixed(3)}`,
    secondsLeft === undefined ? "" : `${duration(secondsLeft)} left`,
  ].filter(Boolean).join(", ");
}

/** Seconds as `12.3 s` below a minute, as `2:05` above. */
function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")} min`;
}
