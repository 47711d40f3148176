// How a run is shown and how it is stopped where its Trainer was not told. The Trainer knows no notebook: lib/mod.ts hands the
// notebook's display and its Stop button in here.

import type { TrainerDisplay } from "./display.ts";

export interface TrainerSurroundings {
  /** A display for one Trainer. */
  readonly display: () => TrainerDisplay;
  /** Runs a loop with a signal that is aborted when the user stops it. */
  readonly withInterrupt: <Result>(loop: (signal: AbortSignal) => Promise<Result>) => Promise<Result>;
}

/** Shows nothing: for many short runs, of which only the results matter. */
export const silentDisplay: TrainerDisplay = {
  onBegin: () => {},
  onStep: () => {},
  onEvaluate: () => {},
  onEnd: () => Promise.resolve(),
};

let current: TrainerSurroundings = {
  display: () => silentDisplay,
  withInterrupt: (loop) => loop(new AbortController().signal),
};

/** Chooses what Trainers use that were given no display. */
export function setTrainerSurroundings(surroundings: TrainerSurroundings): void {
  current = surroundings;
}

export function trainerSurroundings(): TrainerSurroundings {
  return current;
}
