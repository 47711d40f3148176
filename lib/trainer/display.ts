// What a Trainer tells whoever watches it: numbers only. How they look (a live table in a notebook, lines in a terminal)
// is the display's business: the Trainer gets one as an argument and imports none.

/** One evaluation during training. Metrics stand under their camelCase names without the prefix, e.g. `matthewsCorrelation`. */
export interface EvaluationRow {
  /** Optimizer steps done. */
  step: number;
  /** Passes over the training set done, in fractions. */
  epoch?: number;
  /** Mean training loss since the previous row. */
  trainingLoss?: number;
  /** Mean loss on the evaluation set. */
  validationLoss?: number;
  [metric: string]: number | undefined;
}

/** Receives the course of one training run. Methods return at once: a display never holds up a step. */
export interface TrainerDisplay {
  /** Once, before the first step. `firstStep` is above 0 when a run resumes from a checkpoint. */
  onBegin(totalSteps: number, firstStep?: number): void;
  /** After each optimizer step, counted from 1; `loss` only where it is logged, as reading it waits for the device. */
  onStep(step: number, loss?: number): void;
  /** After each evaluation. */
  onEvaluate(row: EvaluationRow): void;
  /** Once, at the end or after an interrupt; resolves when everything is really on the page. */
  onEnd(): Promise<void>;
}
