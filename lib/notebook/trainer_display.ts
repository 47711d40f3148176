// The Trainer's display: a progress bar and below it the table of evaluations, both updated in place.

import type { EvaluationRow, TrainerDisplay } from "../trainer/display.ts";
import { currentScreen, textScreen } from "./display.ts";
import { type LiveTable, liveTable } from "./live_table.ts";
import { type Progress, progress, type Surroundings } from "./progress.ts";
import { heading } from "./text.ts";

/** Decimals of losses and metrics. */
const DIGITS = 4;

/**
 * A display for `new Trainer({ …, display })`: in a notebook a bar (step, loss, steps a second, time left) and a table of
 * step, training loss, validation loss and metrics; outside one the same as lines of text. One display serves any number
 * of runs, one after another.
 */
export function notebookDisplay(around: Surroundings = {}): TrainerDisplay {
  const screen = around.screen ?? currentScreen();
  let bar: Progress | undefined;
  let evaluations: LiveTable | undefined;
  return {
    onBegin(total, firstStep = 0) {
      bar = progress({ label: "Training", total, firstStep }, { ...around, screen });
      evaluations = undefined;
    },
    onStep: (step, loss) => bar?.update(step, { loss }),
    onEvaluate(row) {
      const named = withHeadings(row);
      evaluations ??= liveTable(Object.keys(named), { digits: DIGITS }, screen); // the first row names the metrics
      evaluations.add(named);
    },
    async onEnd() {
      await bar?.done();
      await evaluations?.done();
    },
  };
}

/** The same as lines of text on standard output, for scripts. */
export function terminalDisplay(print: (text: string) => void = (text) => console.log(text)): TrainerDisplay {
  return notebookDisplay({ screen: textScreen(print) });
}

function withHeadings(row: EvaluationRow): Record<string, number | undefined> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [heading(key), value]));
}
