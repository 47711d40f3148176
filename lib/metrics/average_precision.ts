// Area under the precision-recall curve, as steps.

import { checkLengths, type Label, labelList, type Labels } from "./labels.ts";

/**
 * Mean of the precisions at each recall gained, 0 to 1 (scikit-learn: average_precision_score).
 * One score a row, higher for the positive class.
 */
export function averagePrecisionScore(
  yTrue: Labels,
  scores: ArrayLike<number>,
  options: { posLabel?: Label } = {},
): number {
  const truth = labelList(yTrue, "averagePrecisionScore");
  checkLengths(truth.length, scores.length, "averagePrecisionScore");
  const [positive] = labelList([options.posLabel ?? 1], "averagePrecisionScore");
  const positives = truth.filter((label) => label === positive).length;
  if (positives === 0) return 0;
  const order = truth.map((_, i) => i).sort((a, b) => scores[b] - scores[a]);
  let area = 0, right = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && scores[order[end]] === scores[order[start]]) end++;
    const gained = order.slice(start, end).filter((i) => truth[i] === positive).length;
    right += gained;
    area += gained / positives * (right / end);
  }
  return area;
}
