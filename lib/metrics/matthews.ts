// Matthews correlation: do predictions and labels move together?

import { confusionMatrix } from "./confusion_matrix.ts";
import type { Labels } from "./labels.ts";

/**
 * Matthews correlation coefficient for any number of classes, -1 to 1: 1 is perfect, 0 is what guessing gives.
 * 0 where one side holds a single class only, as the fraction is 0/0 there (scikit-learn: matthews_corrcoef;
 * Gorodkin 2004 for more than two classes).
 */
export function matthewsCorrcoef(yTrue: Labels, yPred: Labels): number {
  const matrix = confusionMatrix(yTrue, yPred);
  const trueCounts = matrix.map((row) => row.reduce((a, b) => a + b));
  const predictedCounts = matrix.map((_, column) => matrix.reduce((total, row) => total + row[column], 0));
  const rows = trueCounts.reduce((a, b) => a + b);
  const right = matrix.reduce((total, row, i) => total + row[i], 0);
  const together = right * rows - dot(trueCounts, predictedCounts);
  const spread = (rows ** 2 - dot(predictedCounts, predictedCounts)) * (rows ** 2 - dot(trueCounts, trueCounts));
  return spread === 0 ? 0 : together / Math.sqrt(spread);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, i) => total + value * b[i], 0);
}
