// Stops a run that no longer gets better.

import { TrainerCallback } from "./callbacks.ts";
import { prefixed } from "./metric_names.ts";
import type { LogEntry, TrainerControl, TrainerState } from "./state.ts";
import type { TrainingArguments } from "./training_arguments.ts";

/** How much patience early stopping has. */
export interface EarlyStoppingOptions {
  /** Evaluations without gain after which the run stops. */
  earlyStoppingPatience?: number;
  /** Smallest gain that counts. */
  earlyStoppingThreshold?: number;
}

/** Ends training when `metricForBestModel` was not improved on for some evaluations (Transformers: EarlyStoppingCallback). */
export class EarlyStoppingCallback extends TrainerCallback {
  readonly #patience: number;
  readonly #threshold: number;
  #evaluationsWithoutGain = 0;

  constructor({ earlyStoppingPatience = 1, earlyStoppingThreshold = 0 }: EarlyStoppingOptions = {}) {
    super();
    this.#patience = earlyStoppingPatience;
    this.#threshold = earlyStoppingThreshold;
  }

  /** @throws RangeError where the arguments name no metric or no evaluation to follow */
  override onTrainBegin = (args: TrainingArguments): void => {
    if (!args.metricForBestModel || args.evalStrategy === "no") {
      throw new RangeError(
        "EarlyStoppingCallback: it follows metricForBestModel at each evaluation; set both metricForBestModel and evalStrategy.",
      );
    }
  };

  override onEvaluate = (
    args: TrainingArguments,
    state: TrainerState,
    control: TrainerControl,
    { metrics = {} }: { metrics?: LogEntry },
  ): void => {
    const value = metrics[prefixed("eval", args.metricForBestModel ?? "loss")];
    if (value === undefined) return;
    const gain = args.greaterIsBetter
      ? value - (state.bestMetric ?? -Infinity)
      : (state.bestMetric ?? Infinity) - value;
    const isFirst = state.bestMetric === null && !Number.isNaN(value);
    const isBetter = isFirst || (gain > 0 && gain > this.#threshold);
    this.#evaluationsWithoutGain = isBetter ? 0 : this.#evaluationsWithoutGain + 1;
    if (this.#evaluationsWithoutGain >= this.#patience) control.shouldTrainingStop = true;
  };

  override state = (): Record<string, number> => ({ evaluationsWithoutGain: this.#evaluationsWithoutGain });

  override loadState = (state: Readonly<Record<string, number>>): void => {
    this.#evaluationsWithoutGain = state.evaluationsWithoutGain ?? 0;
  };
}
