// Share of rows that were predicted right, and the mean of that share over classes.

import { confusionMatrix } from "./confusion_matrix.ts";
import { labelPair, type Labels } from "./labels.ts";
import { mean, sum } from "./numbers.ts";

/** Share of predictions that equal the true label, 0 to 1 (scikit-learn: accuracy_score). */
export function accuracyScore(yTrue: Labels, yPred: Labels): number {
  const pair = labelPair(yTrue, yPred, "accuracyScore");
  return pair.yTrue.filter((label, i) => label === pair.yPred[i]).length / pair.yTrue.length;
}

/** Mean recall over the classes that occur in yTrue, 0 to 1 (scikit-learn: balanced_accuracy_score). */
export function balancedAccuracyScore(yTrue: Labels, yPred: Labels): number {
  const matrix = confusionMatrix(yTrue, yPred);
  const recalls = matrix.map((row, i) => row[i] / sum(row));
  return mean(recalls.filter((recall) => !Number.isNaN(recall)));
}
