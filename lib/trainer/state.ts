// Where a training run stands, and what it has been told to do next. Both are handed to every callback.

/** One line of the log: training loss, gradient norm and rate, or the metrics of an evaluation, with `epoch` and `step`. */
export type LogEntry = Readonly<Record<string, number>>;

/** Progress of a run: plain numbers and names, saved with each checkpoint. */
export interface TrainerState {
  /** Updates done. */
  globalStep: number;
  /** Updates of the whole run. */
  maxSteps: number;
  /** Passes over the training set done, in fractions. */
  epoch: number;
  numTrainEpochs: number;
  /** Where the next update lies: epochs that were ended, and updates done in the one that was not. */
  epochsEnded: number;
  updatesInEpoch: number;
  /** Updates of a full epoch; a run resumed with other data or batches would lose its place. */
  updatesPerEpoch: number;
  /** Updates from one log, evaluation or checkpoint to the next. */
  loggingSteps: number;
  evalSteps: number;
  saveSteps: number;
  /** Everything logged so far, oldest first. */
  logHistory: LogEntry[];
  /** The best value of `metricForBestModel` so far, and where it was reached. */
  bestMetric: number | null;
  bestGlobalStep: number | null;
  bestModelCheckpoint: string | null;
}

export function newState(): TrainerState {
  return {
    globalStep: 0,
    maxSteps: 0,
    epoch: 0,
    numTrainEpochs: 0,
    epochsEnded: 0,
    updatesInEpoch: 0,
    updatesPerEpoch: 0,
    loggingSteps: 0,
    evalSteps: 0,
    saveSteps: 0,
    logHistory: [],
    bestMetric: null,
    bestGlobalStep: null,
    bestModelCheckpoint: null,
  };
}

/** Switches that callbacks set. The first two stop the run or the epoch; the others are carried out after the step, and reset. */
export class TrainerControl {
  shouldTrainingStop = false;
  shouldEpochStop = false;
  shouldLog = false;
  shouldEvaluate = false;
  shouldSave = false;

  /** At the start of each step. */
  newStep(): void {
    this.shouldLog = this.shouldEvaluate = this.shouldSave = false;
  }
}
