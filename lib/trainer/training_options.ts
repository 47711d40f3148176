// Every option of a training run with Transformers' name (4.57, in camelCase) and default, and those that are known but not there.

import type { SchedulerName, SchedulerOptions } from "../optim/mod.ts";

/** When something happens: never, every so many steps, or after each pass over the data. */
export type IntervalStrategy = "no" | "steps" | "epoch";

export interface TrainingOptions {
  /** Folder of the checkpoints. */
  outputDir: string;
  /** Kept for old code: checkpoints of an earlier run in the folder are never deleted but by `saveTotalLimit`. */
  overwriteOutputDir: boolean;

  /** Rows of one step. */
  perDeviceTrainBatchSize: number;
  /** Rows of one step of evaluation. */
  perDeviceEvalBatchSize: number;
  /** Batches whose gradients are added up before one update. */
  gradientAccumulationSteps: number;
  /** Leaves out the last batch of an epoch where it is not full. */
  dataloaderDropLast: boolean;
  /** Drops columns that the model's `forward` does not take. */
  removeUnusedColumns: boolean;
  /** Rows of about one length come in one batch. It saves padding elsewhere; here padding costs nothing, so batches only get even. */
  groupByLength: boolean;
  /** With `groupByLength`: a column of lengths, read instead of measuring `input_ids` where the set has it. */
  lengthColumnName: string;

  /** Passes over the training set; may be a fraction. */
  numTrainEpochs: number;
  /** Updates in all; overrides `numTrainEpochs` where above 0. */
  maxSteps: number;

  /** The rate at its highest. */
  learningRate: number;
  lrSchedulerType: SchedulerName;
  /** Settings of the schedule, e.g. `{ numCycles: 3 }` or `{ patience: 2 }`. */
  lrSchedulerKwargs: Omit<SchedulerOptions, "optimizer" | "numWarmupSteps" | "numTrainingSteps">;
  /** Share of all updates over which the rate rises from 0. */
  warmupRatio: number;
  /** Updates over which the rate rises from 0; overrides `warmupRatio` where above 0. */
  warmupSteps: number;
  /** The optimizer; both names of AdamW mean the same one. */
  optim: "adamw_torch" | "adamw_torch_fused" | "sgd";
  /** Decoupled decay of all weights but biases and normalization. */
  weightDecay: number;
  adamBeta1: number;
  adamBeta2: number;
  adamEpsilon: number;
  /** Gradients are scaled down to this norm; 0 leaves them. */
  maxGradNorm: number;
  /** Share of the target that is spread over all classes. */
  labelSmoothingFactor: number;

  /** When the mean training loss is logged. */
  loggingStrategy: IntervalStrategy;
  /** Updates from one log to the next; below 1 a share of all. */
  loggingSteps: number;
  loggingFirstStep: boolean;
  /** "jsonl" also writes each line of the log to trainer_log.jsonl: one JSON object a line, for a plot of one's own. */
  reportTo: "none" | "jsonl";
  /** Folder of that file; `outputDir` where it is not set. */
  loggingDir: string | undefined;

  /** When the evaluation set is gone through. */
  evalStrategy: IntervalStrategy;
  /** Updates from one evaluation to the next; below 1 a share of all; `loggingSteps` where it is not set. */
  evalSteps: number | undefined;
  /** Epochs or steps (as `evalStrategy` counts) before the first evaluation. */
  evalDelay: number;
  /** Evaluates once before the first step. */
  evalOnStart: boolean;

  /** When a checkpoint is written. */
  saveStrategy: IntervalStrategy | "best";
  /** Updates from one checkpoint to the next; below 1 a share of all. */
  saveSteps: number;
  /** Checkpoints kept, the best one among them; all where it is not set. */
  saveTotalLimit: number | undefined;
  /** Saves no optimizer and no state: the checkpoint cannot be resumed from. */
  saveOnlyModel: boolean;
  /** Loads the checkpoint with the best `metricForBestModel` when training is over. */
  loadBestModelAtEnd: boolean;
  /** Name of a metric, with or without `eval`; the evaluation loss where one is needed and none is set. */
  metricForBestModel: string | undefined;
  /** Whether more is better; where not set true unless the metric's name ends in "loss". */
  greaterIsBetter: boolean | undefined;

  /** Seed of dropout and of the order of rows. */
  seed: number;
  /** Seed of the order of rows alone; `seed` where it is not set. */
  dataSeed: number | undefined;
}

export const defaultOptions: Readonly<TrainingOptions> = {
  outputDir: "trainer_output",
  overwriteOutputDir: false,
  perDeviceTrainBatchSize: 8,
  perDeviceEvalBatchSize: 8,
  gradientAccumulationSteps: 1,
  dataloaderDropLast: false,
  removeUnusedColumns: true,
  groupByLength: false,
  lengthColumnName: "length",
  numTrainEpochs: 3,
  maxSteps: -1,
  learningRate: 5e-5,
  lrSchedulerType: "linear",
  lrSchedulerKwargs: {},
  warmupRatio: 0,
  warmupSteps: 0,
  optim: "adamw_torch",
  weightDecay: 0,
  adamBeta1: 0.9,
  adamBeta2: 0.999,
  adamEpsilon: 1e-8,
  maxGradNorm: 1,
  labelSmoothingFactor: 0,
  loggingStrategy: "steps",
  loggingSteps: 500,
  loggingFirstStep: false,
  reportTo: "none",
  loggingDir: undefined,
  evalStrategy: "no",
  evalSteps: undefined,
  evalDelay: 0,
  evalOnStart: false,
  saveStrategy: "steps",
  saveSteps: 500,
  saveTotalLimit: undefined,
  saveOnlyModel: false,
  loadBestModelAtEnd: false,
  metricForBestModel: undefined,
  greaterIsBetter: undefined,
  seed: 42,
  dataSeed: undefined,
};

const noUpload = "nothing is uploaded from here: trainer.saveModel(folder) writes what Python's push_to_hub would send";
const oneDevice = "training runs in float32 on one device, chosen by ATTEND_DEVICE";
const loadedAtOnce = "batches are made while the device works; leave it out";
const calledForIt = "call train(), evaluate() or predict()";

/** Options of Transformers that are not there: the value that changes nothing, and what to do instead. */
export const absentOptions: Readonly<Record<string, { harmless: unknown; instead: string }>> = {
  pushToHub: { harmless: false, instead: noUpload },
  hubModelId: { harmless: undefined, instead: noUpload },
  hubToken: { harmless: undefined, instead: noUpload },
  hubStrategy: { harmless: "every_save", instead: noUpload },
  fp16: { harmless: false, instead: oneDevice },
  bf16: { harmless: false, instead: oneDevice },
  useCpu: { harmless: false, instead: oneDevice },
  noCuda: { harmless: false, instead: oneDevice },
  dataloaderNumWorkers: { harmless: 0, instead: loadedAtOnce },
  dataloaderPinMemory: { harmless: true, instead: loadedAtOnce },
  gradientCheckpointing: { harmless: false, instead: "use a smaller perDeviceTrainBatchSize" },
  autoFindBatchSize: { harmless: false, instead: "set perDeviceTrainBatchSize" },
  torchCompile: { harmless: false, instead: "leave it out" },
  fullDeterminism: { harmless: false, instead: "a seed gives the same run each time; leave it out" },
  saveSafetensors: { harmless: true, instead: "weights are always written as safetensors" },
  resumeFromCheckpoint: { harmless: undefined, instead: "give it to train({ resumeFromCheckpoint: true })" },
  doTrain: { harmless: false, instead: calledForIt },
  doEval: { harmless: false, instead: calledForIt },
  doPredict: { harmless: false, instead: calledForIt },
  disableTqdm: { harmless: false, instead: "give the Trainer a display of your own" },
  logLevel: { harmless: "passive", instead: "nothing is printed but the display; leave it out" },
  runName: { harmless: undefined, instead: "name outputDir" },
  labelNames: { harmless: undefined, instead: `name the column "labels" or "label"` },
  predictionLossOnly: { harmless: false, instead: "leave out computeMetrics" },
  evalAccumulationSteps: { harmless: undefined, instead: "predictions leave the device with each batch; leave it out" },
};
