// Progress of a loop: one display that is updated in place in a notebook, a line now and then in a terminal.

import { currentScreen, type Displayable, jupyterDisplay, liveDisplay, type Screen } from "./display.ts";
import { escapeHtml, formatNumber, formatSeconds } from "./text.ts";

/** The MIME type under which the course command reads how far a loop is. */
export const PROGRESS_MIME = "application/vnd.attend.progress+json";

/** What stands under PROGRESS_MIME. */
export interface ProgressState {
  label: string;
  step: number;
  total: number;
  /** The last loss that was told. */
  loss?: number;
  /** Time left at the mean rate so far; absent before the first step. */
  secondsLeft?: number;
}

export interface ProgressOptions {
  /** What is going on: "Training". */
  label: string;
  /** Steps to come, those already done by an earlier run included. */
  total: number;
  /** Steps an earlier run has done. Default 0. */
  firstStep?: number;
  /** What is counted: "MB". Default "steps". */
  unit?: string;
}

/** A running progress display. */
export interface Progress {
  /** Tells that `step` of `total` steps are done; returns at once. */
  update(step: number, figures?: { loss?: number }): void;
  /** Shows the last state; resolves when it has gone out. */
  done(): Promise<void>;
}

/** Where progress is shown and what time it is: given by tests, found by default. */
export interface Surroundings {
  screen?: Screen;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
}

/** A page keeps up with four updates a second; a terminal keeps every line, so it gets few. */
const INTERVAL_MS = { page: 250, terminal: 10_000 };

/** Starts a progress display of a loop; it shows at most four states a second, and always the last. */
export function progress(
  { label, total, firstStep = 0, unit = "steps" }: ProgressOptions,
  around: Surroundings = {},
): Progress {
  const { screen = currentScreen(), now = () => performance.now() } = around;
  const display = liveDisplay(screen);
  const interval = screen.replaces ? INTERVAL_MS.page : INTERVAL_MS.terminal;
  const startedAt = now();
  let shownAt = startedAt;
  let step = firstStep;
  let loss: number | undefined;

  const render = () => {
    shownAt = now();
    const seconds = (shownAt - startedAt) / 1000;
    display.render(progressView({ label, total, step, loss }, seconds, step - firstStep, unit));
  };
  if (screen.replaces) render();
  return {
    update(doneSteps, figures = {}) {
      step = doneSteps;
      loss = figures.loss ?? loss;
      if (now() - shownAt >= interval) render();
    },
    done() {
      render();
      return display.settle();
    },
  };
}

function progressView(known: ProgressState, seconds: number, stepsTaken: number, unit: string): Displayable {
  const { label, step, total, loss } = known;
  const rate = seconds > 0 ? stepsTaken / seconds : 0;
  const state = rate > 0 ? { ...known, secondsLeft: Math.max(0, total - step) / rate } : known;
  const words = [
    `${step}/${total}${unit === "steps" ? "" : ` ${unit}`}`,
    loss === undefined ? "" : `loss ${formatNumber(loss, 4)}`,
    rate > 0 ? `${formatNumber(rate, 1)} ${unit}/s` : "",
    `${formatSeconds(seconds)} elapsed`,
    state.secondsLeft !== undefined && step < total ? `${formatSeconds(state.secondsLeft)} left` : "",
  ].filter((word) => word !== "").join(" · ");
  const bar = `<progress value="${step}" max="${total}" style="width: 16em; vertical-align: middle"></progress>`;
  const text = `${label} ${words}`;
  return {
    [jupyterDisplay]: () => ({
      "text/html": `<div>${escapeHtml(label)} ${bar} ${words}</div>`,
      "text/plain": text,
      [PROGRESS_MIME]: state,
    }),
    toString: () => text,
  };
}
