// Applies a schedule to an optimizer's groups. What a schedule is stands in schedules.ts, which one in get_scheduler.ts.

import type { Optimizer } from "./optimizer.ts";
import type { Schedule, ScheduleOptions } from "./schedules.ts";

/** Sets the learning rate of an optimizer as training goes on. */
export interface Scheduler {
  /** After each optimizer step; reduce-on-plateau wants the evaluation's number, after each evaluation. */
  step(metric?: number): void;
  /** The rate of each group now. */
  getLastLr(): number[];
  /** Plain numbers, to go on from with `loadStateDict`. */
  stateDict(): Record<string, number>;
  loadStateDict(state: Readonly<Record<string, number>>): void;
}

/** An optimizer as a schedule sees it. */
export type Scheduled = Pick<Optimizer, "defaults"> & { readonly paramGroups: { lr: number; initialLr?: number }[] };

/** A rate that follows the number of steps alone (PyTorch: LambdaLR). */
export class StepScheduler implements Scheduler {
  #step = 0;

  constructor(readonly optimizer: Scheduled, readonly schedule: Schedule, readonly options: ScheduleOptions) {
    this.#apply();
  }

  step(): void {
    this.#step++;
    this.#apply();
  }

  getLastLr(): number[] {
    return this.optimizer.paramGroups.map((group) => group.lr);
  }

  stateDict(): Record<string, number> {
    return { step: this.#step };
  }

  loadStateDict(state: Readonly<Record<string, number>>): void {
    this.#step = state.step;
    this.#apply();
  }

  #apply(): void {
    const factor = this.schedule(this.#step, this.options);
    for (const group of this.optimizer.paramGroups) group.lr = (group.initialLr ??= group.lr) * factor;
  }
}
