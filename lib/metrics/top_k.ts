// Is the true class among the k classes with the highest scores?

import { checkLengths, classesOf, classIndex, labelList, type Labels } from "./labels.ts";
import { rowsOf, type Scores } from "./numbers.ts";

/**
 * Share of rows whose true class is among the k highest scores (scikit-learn: top_k_accuracy_score, k 2 by default).
 * Column c of the scores belongs to the c-th class of `labels` (default: all in yTrue, sorted). Ties go to the higher column.
 */
export function topKAccuracyScore(
  yTrue: Labels,
  scores: Scores,
  options: { k?: number; labels?: Labels } = {},
): number {
  const metric = "topKAccuracyScore";
  const truth = labelList(yTrue, metric), rows = rowsOf(scores, metric), k = options.k ?? 2;
  checkLengths(truth.length, rows.length, metric);
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`${metric}: k is ${k}; expected a whole number from 1.`);
  const classes = options.labels ? labelList(options.labels, metric) : classesOf(truth);
  if (classes.length !== rows[0].length) {
    throw new RangeError(
      `${metric}: ${classes.length} classes but ${rows[0].length} scores a row; name all classes in labels.`,
    );
  }
  const index = classIndex(classes, metric);
  const hits = truth.filter((label, r) => {
    const column = index.get(label);
    if (column === undefined) {
      throw new RangeError(`${metric}: label ${label} is not among labels [${classes.join(", ")}].`);
    }
    const own = rows[r][column];
    return rows[r].filter((score, c) => score > own || (score === own && c > column)).length < k;
  });
  return hits.length / truth.length;
}
