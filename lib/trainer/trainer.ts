// Trainer: fine-tunes a model as Transformers' Trainer does, with its names, defaults and events. What one run does is in
// training_run.ts and training_loop.ts.

import {
  DataCollatorWithPadding,
  DataLoader,
  defaultDataCollator,
  LengthGroupedSampler,
  RandomSampler,
  type Sampler,
  SequentialSampler,
} from "../data/mod.ts";
import type { Batch } from "../models/mod.ts";
import { AdamW, decayGroups, getScheduler, type Optimizer, type Scheduler, SGD } from "../optim/mod.ts";
import { setSeed } from "../tensor/mod.ts";
import { type CallbackContext, defaultFlow, type EventName, type TrainerCallback } from "./callbacks.ts";
import type { TrainerDisplay } from "./display.ts";
import { type ComputeMetrics, EvalPrediction } from "./eval_prediction.ts";
import { evaluationLoop, type EvaluationResult } from "./evaluation.ts";
import { jsonLines } from "./json_lines.ts";
import { checkLabelValues, hasHiddenLabels, type Role } from "./labels.ts";
import { prefixAll, prefixed } from "./metric_names.ts";
import {
  type DataCollator,
  labelValues,
  lengthsOf,
  type Rows,
  withLabels,
  withoutLabels,
  withoutUnusedColumns,
} from "./rows.ts";
import { type LogEntry, newState, TrainerControl, type TrainerState } from "./state.ts";
import { trainerSurroundings } from "./surroundings.ts";
import {
  type ComputeLoss,
  outputWithLoss,
  smoothedLoss,
  type TrainableModel,
  type TrainableOutput,
} from "./trainable.ts";
import { assertOptions, type EvaluateOptions, type PredictionOutput, type TrainerOptions } from "./trainer_options.ts";
import { TrainingArguments } from "./training_arguments.ts";
import { type TrainOptions, type TrainOutput, trainRun } from "./training_run.ts";

export class Trainer {
  readonly model: TrainableModel;
  readonly args: TrainingArguments;
  readonly trainDataset: Rows | undefined;
  readonly evalDataset: Rows | undefined;
  readonly dataCollator: DataCollator;
  readonly processingClass: TrainerOptions["processingClass"];
  readonly computeMetrics: ComputeMetrics | undefined;
  readonly computeLossFunc: ComputeLoss | undefined;
  readonly callbacks: TrainerCallback[];
  readonly display: TrainerDisplay;
  /** Where the last run stands; `state.logHistory` holds all that was logged. */
  state: TrainerState = newState();
  control: TrainerControl = new TrainerControl();
  /** Of the last run; those given as `optimizers` are used as they are. */
  optimizer: Optimizer | undefined;
  lrScheduler: Scheduler | undefined;
  readonly #given: TrainerOptions["optimizers"];
  #seed: number;

  /** Seeds dropout and the order of rows with `args.seed`. @throws RangeError on an unknown option, TypeError without a model */
  constructor(options: TrainerOptions) {
    assertOptions(options);
    this.model = options.model;
    this.args = options.args ?? new TrainingArguments();
    this.trainDataset = options.trainDataset;
    this.evalDataset = options.evalDataset;
    this.processingClass = options.processingClass ?? options.tokenizer;
    const { processingClass } = this;
    this.dataCollator = options.dataCollator ??
      (processingClass ? new DataCollatorWithPadding(processingClass) : defaultDataCollator);
    this.computeMetrics = options.computeMetrics;
    this.computeLossFunc = options.computeLossFunc;
    this.callbacks = [...options.callbacks ?? []];
    this.display = options.display ?? trainerSurroundings().display();
    this.#given = options.optimizers;
    this.#seed = this.args.seed;
    setSeed(this.#seed);
  }

  /**
   * Trains from the start or, with `resumeFromCheckpoint`, from a checkpoint to the same result as if it had never stopped.
   * An interrupt ends the run after the current step and keeps the model: the result then says `interrupted: true`.
   * @throws RangeError or TypeError where data, labels or arguments do not fit, before the first step
   */
  train(options: TrainOptions = {}): Promise<TrainOutput> {
    if (this.args.seed !== this.#seed) setSeed(this.#seed = this.args.seed); // changed since
    return trainRun(this, options);
  }

  /**
   * Metrics of a set (default `evalDataset`): the mean loss, those of `computeMetrics`, and the time taken. They are logged too.
   * @throws RangeError where labels are hidden or outside the model's; InterruptedError where it was stopped
   */
  async evaluate(dataset: Rows | undefined = this.evalDataset, options: EvaluateOptions = {}): Promise<LogEntry> {
    if (!dataset) throw new TypeError("Trainer: there is no evalDataset; give evaluate() a set.");
    const { metrics } = await this.#pass(dataset, options, "evalDataset", this.computeMetrics !== undefined);
    await this.log(metrics);
    await this.fire("onEvaluate", { metrics });
    return metrics;
  }

  /** Logits of a set in its order, as one typed array with its shape. Where labels are hidden (-1) there is no loss and no score. */
  async predict(dataset: Rows, options: EvaluateOptions = {}): Promise<PredictionOutput> {
    const { result, metrics } = await this.#pass(dataset, { metricKeyPrefix: "test", ...options }, null, true);
    const { predictions = { data: new Float32Array(), shape: [0] }, labelIds } = result;
    return { predictions, labelIds, metrics };
  }

  /** Writes the model, and the tokenizer where there is one, into a folder that `fromPretrained` opens, here and in Python. */
  async saveModel(folder: string = this.args.outputDir): Promise<void> {
    await this.model.savePretrained(folder);
    await this.processingClass?.savePretrained(folder);
  }

  addCallback(callback: TrainerCallback): void {
    this.callbacks.push(callback);
  }

  /** Takes a callback out again. @throws RangeError where the Trainer has it not */
  removeCallback(callback: TrainerCallback): void {
    const place = this.callbacks.indexOf(callback);
    if (place < 0) {
      throw new RangeError(`Trainer: removeCallback got ${callback.constructor.name}, which was not added.`);
    }
    this.callbacks.splice(place, 1);
  }

  /** Adds a line to `state.logHistory`, with step and epoch, and tells the callbacks. */
  async log(entry: LogEntry): Promise<void> {
    const { epoch, globalStep: step } = this.state;
    const logs = { ...entry, epoch, step };
    this.state.logHistory.push(logs);
    await this.fire("onLog", { logs });
  }

  /** Tells the callbacks of an event, in their order, after the Trainer's own. */
  async fire(event: EventName, context: Partial<CallbackContext> = {}): Promise<void> {
    const { model, optimizer, lrScheduler } = this;
    const own = this.args.reportTo === "jsonl" ? [defaultFlow, jsonLines] : [defaultFlow];
    for (const callback of [...own, ...this.callbacks]) {
      await callback[event]?.(this.args, this.state, this.control, { model, optimizer, lrScheduler, ...context });
    }
  }

  /** The loss of one batch and the model's output. Override it for what `computeLossFunc` cannot see. */
  computeLoss(batch: Batch): TrainableOutput {
    const { labelSmoothingFactor } = this.args;
    const smoothed = labelSmoothingFactor > 0 ? smoothedLoss(labelSmoothingFactor) : undefined;
    return outputWithLoss(this.model, batch, this.computeLossFunc ?? smoothed);
  }

  /** Batches of the training set, in a new order each epoch. Override it for another order. */
  getTrainDataloader(): DataLoader<Batch> {
    const { trainDataset, args } = this;
    if (!trainDataset) throw new TypeError("Trainer: there is no trainDataset; train() needs one.");
    const seed = args.dataSeed ?? args.seed, batchSize = args.perDeviceTrainBatchSize;
    const sampler = args.groupByLength
      ? new LengthGroupedSampler({ batchSize, seed, lengths: lengthsOf(trainDataset, args.lengthColumnName) })
      : new RandomSampler(trainDataset.length, seed);
    return this.loaderOf(trainDataset, sampler, batchSize, "trainDataset", args.dataloaderDropLast);
  }

  /** Batches of a set to evaluate, in its order. */
  getEvalDataloader(dataset: Rows, role: Role | null = "evalDataset"): DataLoader<Batch> {
    return this.loaderOf(dataset, new SequentialSampler(dataset.length), this.args.perDeviceEvalBatchSize, role);
  }

  /** The optimizer that the arguments describe: no decay for biases and normalization. */
  createOptimizer(): Optimizer {
    const { args } = this, groups = decayGroups(this.model.namedParameters(), args.weightDecay);
    const used = groups.filter((group) => group.params.length > 0);
    if (args.optim === "sgd") return new SGD(used, { lr: args.learningRate });
    return new AdamW(used, { lr: args.learningRate, betas: [args.adamBeta1, args.adamBeta2], eps: args.adamEpsilon });
  }

  /** The schedule that the arguments describe, for a run of that many updates. Reduce-on-plateau follows the metric's own direction. */
  createScheduler(optimizer: Optimizer, numTrainingSteps: number): Scheduler {
    const { lrSchedulerType, lrSchedulerKwargs, greaterIsBetter } = this.args;
    const numWarmupSteps = this.args.warmupStepsOf(numTrainingSteps);
    const mode = greaterIsBetter ? "max" : "min";
    return getScheduler(lrSchedulerType, { mode, ...lrSchedulerKwargs, optimizer, numWarmupSteps, numTrainingSteps });
  }

  /** Optimizer and schedule of a new run: those given, or new ones. */
  prepareOptimizers(numTrainingSteps: number): { optimizer: Optimizer; scheduler: Scheduler } {
    const optimizer = this.#given?.[0] ?? this.createOptimizer();
    const scheduler = this.#given?.[1] ?? this.createScheduler(optimizer, numTrainingSteps);
    [this.optimizer, this.lrScheduler] = [optimizer, scheduler];
    return { optimizer, scheduler };
  }

  /** Batches of a set; labels are checked as they come where a role is given. */
  protected loaderOf(
    dataset: Rows,
    sampler: Sampler,
    batchSize: number,
    role: Role | null,
    dropLast = false,
  ): DataLoader<Batch> {
    if (typeof dataset.length !== "number" || typeof dataset.at !== "function") {
      const splits = Object.keys(dataset).join(", ");
      throw new TypeError(
        `Trainer: a set needs length and at(row), and this has ${splits}; give one split, such as data.train.`,
      );
    }
    const rows = this.args.removeUnusedColumns ? withoutUnusedColumns(dataset, this.model) : dataset;
    const collateFn: DataCollator = async (picked) => {
      const batch = withLabels(await this.dataCollator(picked));
      const labels = labelValues(batch);
      if (role && labels) checkLabelValues(labels, role, this.model.config);
      return batch;
    };
    return new DataLoader({ dataset: rows, sampler, batchSize, collateFn, dropLast });
  }

  /** One pass without gradients, and its metrics under their prefixed names. */
  async #pass(
    dataset: Rows,
    { metricKeyPrefix = "eval", signal }: EvaluateOptions,
    role: Role | null,
    keepsPredictions: boolean,
  ): Promise<{ result: EvaluationResult; metrics: LogEntry }> {
    const start = performance.now();
    const batches = this.getEvalDataloader(dataset, role);
    const isHidden = (labels: ArrayLike<unknown> | undefined) => hasHiddenLabels(labels, this.model.config);
    const evaluate = (stopped: AbortSignal) =>
      evaluationLoop({
        model: this.model,
        batches,
        computeLoss: (batch) => this.computeLoss(isHidden(labelValues(batch)) ? withoutLabels(batch) : batch),
        keepsPredictions,
        signal: stopped,
      });
    const result = await (signal ? evaluate(signal) : trainerSurroundings().withInterrupt(evaluate));
    const { predictions, labelIds, loss } = result;
    const scores = predictions && labelIds && !isHidden(labelIds.data)
      ? await this.computeMetrics?.(new EvalPrediction(predictions, labelIds))
      : undefined;
    const seconds = (performance.now() - start) / 1000;
    const metrics = {
      ...(loss !== undefined && { [prefixed(metricKeyPrefix, "loss")]: loss }),
      ...prefixAll(metricKeyPrefix, scores ?? {}),
      ...prefixAll(metricKeyPrefix, {
        runtime: seconds,
        samplesPerSecond: result.rows / seconds,
        stepsPerSecond: batches.length / seconds,
      }),
    };
    return { result, metrics };
  }
}
