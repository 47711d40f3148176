// How far predicted numbers lie from the true ones.

import { checkLengths } from "./labels.ts";
import { mean, sum } from "./numbers.ts";

/** Mean of the squared differences (scikit-learn: mean_squared_error). */
export function meanSquaredError(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  return mean(differences(yTrue, yPred, "meanSquaredError").map((d) => d * d));
}

/** Mean of the absolute differences (scikit-learn: mean_absolute_error). */
export function meanAbsoluteError(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  return mean(differences(yTrue, yPred, "meanAbsoluteError").map(Math.abs));
}

/**
 * Share of the variance of yTrue that the predictions explain: 1 is perfect, 0 is as good as the mean, below that is worse.
 * Where yTrue is constant 1 if predicted exactly, else 0; NaN below two rows (scikit-learn: r2_score).
 */
export function r2Score(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  const missed = sum(differences(yTrue, yPred, "r2Score").map((d) => d * d));
  if (yTrue.length < 2) return NaN;
  const middle = mean(yTrue);
  const spread = sum(Array.from(yTrue, (value) => (value - middle) ** 2));
  if (spread === 0) return missed === 0 ? 1 : 0;
  return 1 - missed / spread;
}

function differences(yTrue: ArrayLike<number>, yPred: ArrayLike<number>, metric: string): number[] {
  checkLengths(yTrue.length, yPred.length, metric);
  return Array.from(yTrue, (value, i) => value - yPred[i]);
}
