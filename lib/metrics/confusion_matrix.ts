// Counts of each true class against each predicted one: what all the other classification metrics are made of.

import { classesOf, classIndex, labelList, labelPair, type Labels } from "./labels.ts";

/**
 * Confusion matrix (classes, classes): row i, column j counts the rows of class i that were predicted as class j.
 * `labels` chooses the classes and their order (default: all that occur, sorted); rows of other classes are not
 * counted. For two classes `const [[tn, fp], [fn, tp]] = confusionMatrix(yTrue, yPred)` (scikit-learn: confusion_matrix).
 */
export function confusionMatrix(yTrue: Labels, yPred: Labels, options: { labels?: Labels } = {}): number[][] {
  const pair = labelPair(yTrue, yPred, "confusionMatrix");
  const classes = options.labels ? labelList(options.labels, "confusionMatrix") : classesOf(pair.yTrue, pair.yPred);
  const index = classIndex(classes, "confusionMatrix");
  if (!pair.yTrue.some((label) => index.has(label))) {
    throw new RangeError(`confusionMatrix: none of the labels [${classes.join(", ")}] occurs in yTrue.`);
  }
  const matrix = classes.map(() => classes.map(() => 0));
  pair.yTrue.forEach((label, i) => {
    const row = index.get(label), column = index.get(pair.yPred[i]);
    if (row !== undefined && column !== undefined) matrix[row][column]++;
  });
  return matrix;
}
