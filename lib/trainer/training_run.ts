// One call of train(): prepares what the loop needs, resumes where a checkpoint is given, and sums up at the end.

import { basename, join } from "node:path";
import type { DataLoader } from "../data/mod.ts";
import type { Batch } from "../models/mod.ts";
import { type Optimizer, ReduceLROnPlateau, type Scheduler } from "../optim/mod.ts";
import type { EventName, TrainerCallback } from "./callbacks.ts";
import { restoreModel, restoreRun, saveRun } from "./checkpoint.ts";
import {
  checkpointName,
  createCheckpoint,
  listCheckpoints,
  recoverCheckpoints,
  rotateCheckpoints,
} from "./checkpoint_folders.ts";
import type { TrainerDisplay } from "./display.ts";
import { InterruptedError } from "./evaluation.ts";
import { checkLabels } from "./labels.ts";
import { LossMeter } from "./loss_meter.ts";
import { prefixed, withoutPrefix } from "./metric_names.ts";
import type { Rows } from "./rows.ts";
import { type LogEntry, newState, TrainerControl, type TrainerState } from "./state.ts";
import { trainerSurroundings } from "./surroundings.ts";
import { intervalOf } from "./training_arguments.ts";
import { trainingLoop, type TrainingRun } from "./training_loop.ts";
import { planOf } from "./training_plan.ts";

export interface TrainOptions {
  /** A checkpoint's folder, or true for the last one in `outputDir`; with none there the run starts anew and says so. */
  readonly resumeFromCheckpoint?: boolean | string;
  /** Stops the run after the current step when aborted. */
  readonly signal?: AbortSignal;
}

/** How a run ended. */
export interface TrainOutput {
  /** Updates done. */
  readonly globalStep: number;
  /** Mean training loss over all of them. */
  readonly trainingLoss: number;
  readonly metrics: LogEntry;
  /** True where it was stopped from outside before its end. */
  readonly interrupted: boolean;
}

/** The Trainer, as a run sees it. */
interface RunOwner extends Pick<TrainingRun, "model" | "args" | "computeLoss" | "log"> {
  readonly trainDataset: Rows | undefined;
  readonly evalDataset: Rows | undefined;
  readonly callbacks: readonly TrainerCallback[];
  readonly display: TrainerDisplay;
  state: TrainerState;
  control: TrainerControl;
  evaluate(dataset?: Rows, options?: { signal?: AbortSignal }): Promise<LogEntry>;
  saveModel(folder: string): Promise<void>;
  fire(event: EventName): Promise<void>;
  getTrainDataloader(): DataLoader<Batch>;
  prepareOptimizers(numTrainingSteps: number): { optimizer: Optimizer; scheduler: Scheduler };
}

/** Checks what can be checked before the first step, and runs with a signal that the user's interrupt aborts. */
export async function trainRun(owner: RunOwner, options: TrainOptions): Promise<TrainOutput> {
  const { args, model, trainDataset, evalDataset } = owner;
  args.check();
  const loader = owner.getTrainDataloader();
  if (trainDataset) checkLabels(trainDataset, "trainDataset", model);
  if (args.evalStrategy !== "no" || args.evalOnStart) {
    if (!evalDataset) {
      throw new TypeError(`Trainer: evalStrategy is "${args.evalStrategy}" but there is no evalDataset.`);
    }
    checkLabels(evalDataset, "evalDataset", model);
  }
  return await trainerSurroundings().withInterrupt((interrupt) => {
    const signal = options.signal ? AbortSignal.any([options.signal, interrupt]) : interrupt;
    return new Run(owner, loader, signal).train(options.resumeFromCheckpoint ?? false);
  });
}

/** The closures of one run around the loop. */
class Run {
  readonly #run: TrainingRun;

  constructor(readonly owner: RunOwner, loader: DataLoader<Batch>, readonly signal: AbortSignal) {
    const { model, args, display } = owner;
    const plan = planOf(args, loader.length);
    const { optimizer, scheduler } = owner.prepareOptimizers(plan.maxSteps);
    owner.control = new TrainerControl();
    owner.state = {
      ...newState(),
      ...plan,
      loggingSteps: intervalOf(args.loggingSteps, plan.maxSteps),
      evalSteps: intervalOf(args.evalSteps ?? 0, plan.maxSteps),
      saveSteps: intervalOf(args.saveSteps, plan.maxSteps),
    };
    this.#run = {
      model,
      args,
      state: owner.state,
      control: owner.control,
      optimizer,
      scheduler,
      losses: new LossMeter(),
      loader,
      last: { learningRate: 0 },
      signal,
      computeLoss: (batch) => owner.computeLoss(batch),
      fire: (event) => owner.fire(event),
      log: (entry) => owner.log(entry),
      onStep: (step, loss) => display.onStep(step, loss),
      evaluate: () => this.#evaluate(),
      save: () => this.#save(),
    };
  }

  async train(resumeFrom: boolean | string): Promise<TrainOutput> {
    const { owner } = this, { model, args, state, losses, control, optimizer } = this.#run;
    optimizer.zeroGrad(); // a backward() by hand may have left some
    await recoverCheckpoints(args.outputDir);
    await this.#resume(resumeFrom);
    const firstStep = state.globalStep, start = performance.now();
    let interrupted = false;
    model.train();
    try {
      owner.display.onBegin(state.maxSteps, firstStep);
      await owner.fire("onTrainBegin");
      if (args.evalOnStart && firstStep === 0) await this.#evaluate();
      await trainingLoop(this.#run);
      if (args.loadBestModelAtEnd) await this.#loadBest();
    } catch (error) {
      if (!(error instanceof InterruptedError)) throw error;
      interrupted = true;
    } finally {
      optimizer.zeroGrad(); // of batches that will never make an update
      model.eval();
      await owner.display.onEnd();
    }
    await losses.read();
    const trainingLoss = losses.total / Math.max(state.globalStep, 1);
    const seconds = (performance.now() - start) / 1000, updates = state.globalStep - firstStep;
    const metrics = {
      trainRuntime: seconds,
      trainSamplesPerSecond: updates * args.perDeviceTrainBatchSize * args.gradientAccumulationSteps / seconds,
      trainStepsPerSecond: updates / seconds,
      trainLoss: trainingLoss,
    };
    control.newStep();
    await owner.log(metrics);
    await owner.fire("onTrainEnd");
    return { globalStep: state.globalStep, trainingLoss, metrics: { ...metrics, epoch: state.epoch }, interrupted };
  }

  /** Evaluates, steers the plateau schedule, remembers the best, and shows a row. */
  async #evaluate(): Promise<void> {
    const { owner } = this, { args, state, control, scheduler, losses } = this.#run;
    const metrics = await owner.evaluate(owner.evalDataset, { signal: this.signal });
    if (args.metricForBestModel) {
      const value = metrics[prefixed("eval", args.metricForBestModel)];
      if (value === undefined) {
        throw new RangeError(
          `Trainer: metricForBestModel "${args.metricForBestModel}" is not among the metrics ${
            Object.keys(metrics).join(", ")
          }.`,
        );
      }
      if (scheduler instanceof ReduceLROnPlateau) scheduler.step(value);
      const best = state.bestMetric ?? (args.greaterIsBetter ? -Infinity : Infinity);
      const isBest = args.greaterIsBetter ? value > best : value < best; // NaN never is
      if (isBest) [state.bestMetric, state.bestGlobalStep] = [value, state.globalStep];
      if (args.saveStrategy === "best") control.shouldSave = isBest;
    }
    const scores = Object.entries(metrics).map(([name, value]) => [withoutPrefix("eval", name), value]);
    const { loss, runtime: _r, samplesPerSecond: _s, stepsPerSecond: _t, ...rest } = Object.fromEntries(scores);
    owner.display.onEvaluate({
      step: state.globalStep,
      epoch: state.epoch,
      trainingLoss: losses.since("evaluation", state.globalStep),
      validationLoss: loss,
      ...rest,
    });
  }

  async #save(): Promise<void> {
    const { owner } = this, { args, state, optimizer, scheduler, losses, control } = this.#run;
    const path = join(args.outputDir, checkpointName(state.globalStep));
    const isBest = state.bestGlobalStep === state.globalStep;
    const saved = { ...state, bestModelCheckpoint: isBest ? path : state.bestModelCheckpoint };
    await createCheckpoint(path, async (folder) => {
      await owner.saveModel(folder);
      if (args.saveOnlyModel) return;
      const isStopped = control.shouldTrainingStop && state.globalStep < state.maxSteps;
      const callbacks = callbackStates(owner.callbacks);
      await saveRun(folder, { optimizer, scheduler, state: saved, losses: losses.state(), isStopped, callbacks });
    });
    state.bestModelCheckpoint = saved.bestModelCheckpoint;
    await rotateCheckpoints(args.outputDir, args.saveTotalLimit, state.bestModelCheckpoint);
    await owner.fire("onSave");
  }

  async #loadBest(): Promise<void> {
    const { args, state, model } = this.#run;
    // by name, as the run may have been moved with its folder
    if (state.bestModelCheckpoint) await restoreModel(join(args.outputDir, basename(state.bestModelCheckpoint)), model);
  }

  async #resume(from: boolean | string): Promise<void> {
    const { args, state, model, optimizer, scheduler, losses, control } = this.#run;
    if (from === false) return;
    const folder = from === true ? (await listCheckpoints(args.outputDir)).at(-1) : from;
    if (folder === undefined) {
      console.log(`Trainer: there is no checkpoint in ${args.outputDir} yet; training starts anew.`);
      return;
    }
    const saved = await restoreRun(folder, optimizer, scheduler);
    if (saved.state.updatesPerEpoch !== state.updatesPerEpoch) {
      throw new RangeError(
        `Trainer: ${folder} was made with ${saved.state.updatesPerEpoch} updates an epoch, this run has ${state.updatesPerEpoch}; ` +
          `resume with the same data, batch size and gradientAccumulationSteps.`,
      );
    }
    await restoreModel(folder, model);
    const { maxSteps, numTrainEpochs, loggingSteps, evalSteps, saveSteps } = state; // of this run's arguments
    Object.assign(state, saved.state, { maxSteps, numTrainEpochs, loggingSteps, evalSteps, saveSteps });
    losses.loadState(saved.losses);
    control.shouldTrainingStop = saved.isStopped || state.globalStep >= state.maxSteps;
    for (const [key, callback] of withKeys(this.owner.callbacks)) {
      if (saved.callbacks[key]) callback.loadState?.(saved.callbacks[key]);
    }
  }
}

function callbackStates(callbacks: readonly TrainerCallback[]): Record<string, Record<string, number>> {
  return Object.fromEntries(
    withKeys(callbacks).flatMap(([key, callback]) => callback.state ? [[key, callback.state()]] : []),
  );
}

/** Callbacks by place and class, so that two of one class keep apart. */
function withKeys(callbacks: readonly TrainerCallback[]): [string, TrainerCallback][] {
  return callbacks.map((callback, i) => [`${i}.${callback.constructor.name}`, callback]);
}
