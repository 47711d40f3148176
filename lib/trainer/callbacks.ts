// Events of a training run, in Transformers' names. A callback is a class that extends TrainerCallback, or a plain object with some of
// its methods; it steers the run through `control`.

import type { PreTrainedModel } from "../models/mod.ts";
import type { Optimizer, Scheduler } from "../optim/mod.ts";
import type { LogEntry, TrainerControl, TrainerState } from "./state.ts";
import type { TrainingArguments } from "./training_arguments.ts";

/** What a callback may look at beside arguments, state and control. */
export interface CallbackContext {
  readonly model: PreTrainedModel;
  readonly optimizer?: Optimizer;
  readonly lrScheduler?: Scheduler;
  /** On `onLog`: the line that was added to the log. */
  readonly logs?: LogEntry;
  /** On `onEvaluate`: the metrics, under their prefixed names. */
  readonly metrics?: LogEntry;
}

/** One event; a promise is waited for. */
export type Event = (
  args: TrainingArguments,
  state: TrainerState,
  control: TrainerControl,
  context: CallbackContext,
) => void | Promise<void>;

/** Base of all callbacks: every event may be left out. */
export class TrainerCallback {
  declare onTrainBegin?: Event;
  declare onEpochBegin?: Event;
  declare onStepBegin?: Event;
  /** Between the batches of one accumulated update. */
  declare onSubstepEnd?: Event;
  /** After clipping and before the optimizer moves: gradients can be looked at. */
  declare onPreOptimizerStep?: Event;
  declare onOptimizerStep?: Event;
  declare onStepEnd?: Event;
  declare onLog?: Event;
  declare onEvaluate?: Event;
  declare onSave?: Event;
  declare onEpochEnd?: Event;
  declare onTrainEnd?: Event;
  /** What the callback must remember over a kill, as plain JSON; given back to `loadState` when the run resumes. */
  declare state?: () => Record<string, number>;
  declare loadState?: (state: Readonly<Record<string, number>>) => void;
}

/** The names of all events. */
export type EventName = Exclude<keyof TrainerCallback, "state" | "loadState">;

/** Logs, evaluates and saves when the arguments say so, and ends the run after its last step. */
export const defaultFlow: TrainerCallback = {
  onStepEnd(args, state, control) {
    const isEvery = (steps: number) => steps > 0 && state.globalStep % steps === 0;
    if (state.globalStep === 1 && args.loggingFirstStep) control.shouldLog = true;
    if (args.loggingStrategy === "steps" && isEvery(state.loggingSteps)) control.shouldLog = true;
    if (args.evalStrategy === "steps" && isEvery(state.evalSteps) && args.evalDelay <= state.globalStep) {
      control.shouldEvaluate = true;
    }
    if (args.saveStrategy === "steps" && isEvery(state.saveSteps)) control.shouldSave = true;
    if (state.globalStep < state.maxSteps) return;
    control.shouldTrainingStop = true;
    if (args.saveStrategy === "steps") control.shouldSave = true;
  },
  onEpochEnd(args, state, control) {
    if (args.loggingStrategy === "epoch") control.shouldLog = true;
    if (args.evalStrategy === "epoch" && args.evalDelay <= state.epoch) control.shouldEvaluate = true;
    if (args.saveStrategy === "epoch") control.shouldSave = true;
  },
};
