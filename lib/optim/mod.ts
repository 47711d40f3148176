export { Adam, type AdamOptions, AdamW } from "./adam.ts";
export { clipGradNorm, type NormType } from "./clip.ts";
export { getScheduler, type SchedulerName, schedulerNames, type SchedulerOptions } from "./get_scheduler.ts";
export {
  Optimizer,
  type OptimizerOptions,
  type OptimizerState,
  type ParameterState,
  type ParamGroup,
} from "./optimizer.ts";
export { decayGroups } from "./parameter_groups.ts";
export { type PlateauOptions, ReduceLROnPlateau } from "./plateau.ts";
export type { Scheduler } from "./scheduler.ts";
export { SGD, type SGDOptions } from "./sgd.ts";
