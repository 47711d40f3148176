// Area under the ROC curve: how often a positive row scores higher than a negative one, ties counting half.

import { checkLengths, classesOf, labelList, type Labels, type ShapedArray } from "./labels.ts";
import { checkProbabilities, meanWithoutNaN, rowsOf, type Scores } from "./numbers.ts";

/** How the pairs of several classes are taken and averaged, scikit-learn's values. */
export interface RocAucOptions {
  /** Each class against the rest, or each pair of classes; needed from three classes on. */
  multiClass?: "ovr" | "ovo";
  average?: "macro" | "weighted";
}

/**
 * Area under the ROC curve, 0 to 1; 0.5 is chance; NaN where one class only occurs (scikit-learn: roc_auc_score).
 * Two classes: one score a row, higher for the class that sorts last. More: (rows, classes) probabilities that sum to 1.
 */
export function rocAucScore(yTrue: Labels, scores: ArrayLike<number> | Scores, options: RocAucOptions = {}): number {
  const truth = labelList(yTrue, "rocAucScore"), classes = classesOf(truth);
  if (isFlat(scores)) {
    const list = Array.from("data" in scores ? scores.data : scores);
    checkLengths(truth.length, list.length, "rocAucScore");
    if (classes.length > 2) {
      throw new RangeError(
        `rocAucScore: ${classes.length} classes occur but there is one score a row; give (rows, classes).`,
      );
    }
    return binaryAuc(truth.map((label) => label === classes.at(-1)), list);
  }
  const rows = rowsOf(scores, "rocAucScore");
  checkLengths(truth.length, rows.length, "rocAucScore");
  if (rows[0].length !== classes.length) {
    throw new RangeError(
      `rocAucScore: ${classes.length} classes occur in yTrue but a row has ${rows[0].length} scores.`,
    );
  }
  checkProbabilities(rows, "rocAucScore");
  const { multiClass, average = "macro" } = options;
  const column = (c: number) => rows.map((row) => row[c]);
  if (multiClass === "ovr") {
    const areas = classes.map((name, c) => binaryAuc(truth.map((label) => label === name), column(c)));
    const counts = classes.map((name) => truth.filter((label) => label === name).length);
    return meanWithoutNaN(areas, average === "weighted" ? counts : undefined);
  }
  if (multiClass !== "ovo") {
    throw new RangeError(`rocAucScore: scores have ${classes.length} classes; set multiClass to "ovr" or "ovo".`);
  }
  const pairs = classes.flatMap((_, a) => classes.slice(a + 1).map((_, i) => [a, a + 1 + i]));
  const kept = pairs.map(([a, b]) => truth.map((_, r) => r).filter((r) => [classes[a], classes[b]].includes(truth[r])));
  const areas = pairs.map(([a, b], p) => {
    const area = (c: number) => binaryAuc(kept[p].map((r) => truth[r] === classes[c]), kept[p].map((r) => rows[r][c]));
    return (area(a) + area(b)) / 2;
  });
  return meanWithoutNaN(areas, average === "weighted" ? kept.map((list) => list.length) : undefined);
}

function isFlat(scores: ArrayLike<number> | Scores): scores is ArrayLike<number> | ShapedArray {
  return "data" in scores ? scores.shape.length === 1 : scores.length === 0 || typeof scores[0] === "number";
}

/** Walks the rows from the highest score down and adds up trapezoids, one a distinct score. */
function binaryAuc(isPositive: readonly boolean[], scores: readonly number[]): number {
  const positives = isPositive.filter(Boolean).length, negatives = isPositive.length - positives;
  if (positives === 0 || negatives === 0) return NaN;
  const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a]);
  let area = 0, seen = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && scores[order[end]] === scores[order[start]]) end++;
    const gained = order.slice(start, end).filter((i) => isPositive[i]).length;
    area += (end - start - gained) * (seen + gained / 2);
    seen += gained;
  }
  return area / (positives * negatives);
}
