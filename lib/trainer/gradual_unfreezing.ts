// Thaws a model part by part, from its head down (Howard & Ruder 2018, ULMFiT, section 3.3).

import type { NamePattern } from "../nn/mod.ts";
import { type CallbackContext, TrainerCallback } from "./callbacks.ts";
import { layersOf } from "./layers.ts";
import type { TrainerControl, TrainerState } from "./state.ts";
import type { TrainingArguments } from "./training_arguments.ts";

export interface GradualUnfreezingOptions {
  /**
   * What is thawed one after the other, as patterns that `model.unfreeze` takes; what no stage names stays frozen. Default: the head, each
   * layer from the last to the first, the embeddings.
   */
  stages?: readonly (NamePattern | readonly NamePattern[])[];
  /** Epochs from one stage to the next; may be a fraction. Default 1. */
  epochsPerStage?: number;
}

/**
 * Trains the first stage alone, and one more after every `epochsPerStage`. Which parts are thawed follows from the epoch, so a resumed run
 * goes on rightly. @throws RangeError where a stage names no parameter, or epochsPerStage is not above 0
 */
export class GradualUnfreezingCallback extends TrainerCallback {
  readonly #options: GradualUnfreezingOptions;
  readonly #epochsPerStage: number;
  #thawed = 0;

  constructor(options: GradualUnfreezingOptions = {}) {
    super();
    this.#options = options;
    this.#epochsPerStage = options.epochsPerStage ?? 1;
    if (this.#epochsPerStage > 0) return;
    throw new RangeError(
      `GradualUnfreezingCallback: epochsPerStage is ${this.#epochsPerStage}; it must be above 0.`,
    );
  }

  override onTrainBegin = (
    _args: TrainingArguments,
    { epoch }: TrainerState,
    _control: TrainerControl,
    { model }: CallbackContext,
  ): void => {
    model.freeze();
    this.#thawed = 0;
    this.#thaw(model, epoch);
  };

  override onStepBegin = (
    _args: TrainingArguments,
    { epoch }: TrainerState,
    _control: TrainerControl,
    { model }: CallbackContext,
  ): void => this.#thaw(model, epoch);

  #thaw(model: CallbackContext["model"], epoch: number): void {
    const stages = this.#options.stages ?? layersOf(model);
    const due = Math.min(stages.length, 1 + Math.floor(epoch / this.#epochsPerStage));
    for (const stage of stages.slice(this.#thawed, due)) {
      for (const pattern of [stage].flat()) model.unfreeze(pattern);
    }
    this.#thawed = due;
  }
}
