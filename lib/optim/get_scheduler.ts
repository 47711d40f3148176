// Chooses a schedule by its name in Transformers.

import { type PlateauOptions, ReduceLROnPlateau } from "./plateau.ts";
import { type Scheduled, type Scheduler, StepScheduler } from "./scheduler.ts";
import { type ScheduleOptions, schedules } from "./schedules.ts";

export type SchedulerName = keyof typeof schedules | "reduce_lr_on_plateau";

/** All names that `getScheduler` takes. */
export const schedulerNames: readonly string[] = [...Object.keys(schedules), "reduce_lr_on_plateau"];

/** What `getScheduler` takes: steps as Transformers names them, and the settings of the one schedule that has them. */
export type SchedulerOptions =
  & { optimizer: Scheduled; numWarmupSteps?: number; numTrainingSteps?: number }
  & Partial<Omit<ScheduleOptions, "initialLr">>
  & PlateauOptions;

/**
 * A schedule by name. All but "constant" and "reduce_lr_on_plateau" need `numWarmupSteps`; linear, cosine and polynomial need
 * `numTrainingSteps` as well. @throws RangeError on an unknown name or a number that is missing
 */
export function getScheduler(name: SchedulerName, options: SchedulerOptions): Scheduler {
  const { optimizer } = options;
  if (name === "reduce_lr_on_plateau") return new ReduceLROnPlateau(optimizer, options);
  if (!Object.hasOwn(schedules, name)) {
    throw new RangeError(`getScheduler: unknown schedule "${name}"; known are ${schedulerNames.join(", ")}.`);
  }
  const needsWarmup = name !== "constant";
  const needsTotal = needsWarmup && name !== "constant_with_warmup" && name !== "inverse_sqrt";
  const initialLr = optimizer.defaults.lr;
  const complete: ScheduleOptions = {
    ...options,
    initialLr,
    numWarmupSteps: required(needsWarmup, "numWarmupSteps"),
    numTrainingSteps: required(needsTotal, "numTrainingSteps"),
  };
  if (name === "polynomial" && !(initialLr > (options.lrEnd ?? 1e-7))) {
    throw new RangeError(`getScheduler: lrEnd ${options.lrEnd ?? 1e-7} must be below the initial rate ${initialLr}.`);
  }
  return new StepScheduler(optimizer, schedules[name], complete);

  function required(isNeeded: boolean, key: "numWarmupSteps" | "numTrainingSteps"): number {
    const value = options[key] ?? 0;
    if (isNeeded && options[key] === undefined) throw new RangeError(`getScheduler: "${name}" needs ${key}.`);
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(`getScheduler: ${key} is ${value}; it must be a whole number from 0.`);
    }
    return value;
  }
}
