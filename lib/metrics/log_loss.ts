// Cross-entropy of predicted probabilities.

import { checkLengths, classesOf, classIndex, labelList, type Labels } from "./labels.ts";
import { checkProbabilities, mean, rowsOf, type Scores } from "./numbers.ts";

/**
 * Mean of -log(probability of the true class), in nats (scikit-learn: log_loss). Probabilities (rows, classes),
 * each row summing to 1; 0 is taken as 2.2e-16 (float64's epsilon). Columns follow `labels` (default: all in yTrue, sorted).
 */
export function logLoss(yTrue: Labels, probabilities: Scores, options: { labels?: Labels } = {}): number {
  const truth = labelList(yTrue, "logLoss"), rows = rowsOf(probabilities, "logLoss");
  checkLengths(truth.length, rows.length, "logLoss");
  const classes = options.labels ? labelList(options.labels, "logLoss") : classesOf(truth);
  if (rows[0].length !== classes.length) {
    throw new RangeError(
      `logLoss: ${classes.length} classes but ${rows[0].length} probabilities a row; name all classes in labels.`,
    );
  }
  checkProbabilities(rows, "logLoss");
  const index = classIndex(classes, "logLoss");
  return mean(truth.map((label, r) => {
    const column = index.get(label);
    if (column === undefined) {
      throw new RangeError(`logLoss: label ${label} is not among labels [${classes.join(", ")}].`);
    }
    return -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, rows[r][column])));
  }));
}
