// The loop: epochs, updates, and after each what logs, evaluates and saves. It owns the order of things; what each of them does is the
// Trainer's. A run that resumes enters it at the place where its checkpoint was written.

import type { DataLoader } from "../data/mod.ts";
import { pace } from "../data/pace.ts";
import type { Batch } from "../models/mod.ts";
import { clipGradNorm, type Optimizer, ReduceLROnPlateau, type Scheduler } from "../optim/mod.ts";
import { keep, scope, type Tensor } from "../tensor/mod.ts";
import type { EventName } from "./callbacks.ts";
import { InterruptedError } from "./evaluation.ts";
import type { LossMeter } from "./loss_meter.ts";
import type { LogEntry, TrainerControl, TrainerState } from "./state.ts";
import type { TrainableModel, TrainableOutput } from "./trainable.ts";
import type { TrainingArguments } from "./training_arguments.ts";

/** What a log tells of the last update. */
interface LastUpdate {
  gradNorm?: Tensor;
  learningRate: number;
}

/** Everything one run works with. */
export interface TrainingRun {
  readonly model: TrainableModel;
  readonly args: TrainingArguments;
  readonly state: TrainerState;
  readonly control: TrainerControl;
  readonly optimizer: Optimizer;
  readonly scheduler: Scheduler;
  readonly losses: LossMeter;
  readonly loader: DataLoader<Batch>;
  /** Filled by the loop. */
  readonly last: LastUpdate;
  readonly signal: AbortSignal;
  readonly computeLoss: (batch: Batch) => TrainableOutput;
  readonly fire: (event: EventName) => Promise<void>;
  readonly log: (entry: LogEntry) => Promise<void>;
  readonly onStep: (step: number, loss?: number) => void;
  readonly evaluate: () => Promise<void>;
  readonly save: () => Promise<void>;
}

/** Runs until the last update, or until a callback stops it. @throws InterruptedError when the signal is aborted */
export async function trainingLoop(run: TrainingRun): Promise<void> {
  const { state, control } = run;
  // a run that was stopped inside an epoch still ends that epoch
  while ((!control.shouldTrainingStop && state.epochsEnded < state.numTrainEpochs) || state.updatesInEpoch > 0) {
    await run.fire("onEpochBegin");
    control.shouldEpochStop = false;
    await restOfEpoch(run);
    await run.fire("onEpochEnd");
    state.epochsEnded++;
    state.updatesInEpoch = 0;
    const loss = await logLoss(run);
    if (loss !== undefined) run.onStep(state.globalStep, loss);
    await evaluateAndSave(run);
  }
}

/** The updates of the current epoch that are not done yet. */
async function restOfEpoch(run: TrainingRun): Promise<void> {
  const { state, control, loader } = run;
  const perUpdate = run.args.gradientAccumulationSteps;
  const isStopped = () => control.shouldTrainingStop || control.shouldEpochStop;
  let done = state.updatesInEpoch * perUpdate;
  if (isStopped() || done >= loader.length) return;
  for await (const batch of loader.iterate({ epoch: state.epochsEnded, skipBatches: done })) {
    if (run.signal.aborted) throw new InterruptedError("Trainer: training was stopped.");
    const first = state.updatesInEpoch * perUpdate;
    const parts = Math.min(perUpdate, loader.length - first); // the last update of an epoch may have fewer
    if (done === first) {
      control.newStep();
      await run.fire("onStepBegin");
    }
    scope(() => addGradients(run, batch, parts));
    done++;
    if (done < first + parts) {
      await run.fire("onSubstepEnd");
      continue;
    }
    await update(run);
    state.globalStep++;
    state.updatesInEpoch++;
    state.epoch = state.epochsEnded + done / loader.length;
    await run.fire("onStepEnd");
    run.onStep(state.globalStep, await logLoss(run));
    await evaluateAndSave(run);
    if (isStopped()) return;
    await pace();
  }
}

function addGradients(run: TrainingRun, batch: Batch, parts: number): void {
  const { loss } = run.computeLoss(batch);
  if (!loss) {
    throw new TypeError(
      `Trainer: the model gave no loss for a batch of ${
        Object.keys(batch).join(", ")
      }; trainDataset needs a column "labels".`,
    );
  }
  const share = parts > 1 ? loss.scale(1 / parts) : loss;
  share.backward();
  run.losses.add(share);
}

/** Clips the gradients and applies them. The norm outlives the batch's scope, for a log that may want it. */
async function update({ args, model, optimizer, scheduler, last, fire }: TrainingRun): Promise<void> {
  last.gradNorm?.dispose();
  last.gradNorm = args.maxGradNorm > 0 ? keep(clipGradNorm(model.parameters(), args.maxGradNorm)) : undefined;
  await fire("onPreOptimizerStep");
  optimizer.step();
  await fire("onOptimizerStep");
  last.learningRate = scheduler.getLastLr()[0]; // of this update, not of the next
  if (!(scheduler instanceof ReduceLROnPlateau)) scheduler.step();
  optimizer.zeroGrad();
}

/** Logs the mean loss since the last log where a callback asked for it, and returns it. */
async function logLoss({ control, losses, state, last, log }: TrainingRun): Promise<number | undefined> {
  if (control.shouldLog || control.shouldEvaluate || control.shouldSave) await losses.read();
  const loss = control.shouldLog ? losses.since("log", state.globalStep) : undefined;
  control.shouldLog = false;
  if (loss === undefined) return undefined;
  const norm = last.gradNorm && { gradNorm: await last.gradNorm.item() };
  await log({ loss, ...norm, learningRate: last.learningRate });
  return loss;
}

/** Evaluates first: a checkpoint then knows the result, and whether it is the best. */
async function evaluateAndSave({ control, evaluate, save }: TrainingRun): Promise<void> {
  if (control.shouldEvaluate) await evaluate();
  control.shouldEvaluate = false;
  if (control.shouldSave) await save();
  control.shouldSave = false;
}
