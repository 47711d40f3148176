// Agreement of two raters beyond what chance would give.

import { confusionMatrix } from "./confusion_matrix.ts";
import type { Labels } from "./labels.ts";

/** Cohen's kappa, -1 to 1; NaN where both columns hold one and the same class (scikit-learn: cohen_kappa_score). */
export function cohenKappaScore(y1: Labels, y2: Labels): number {
  const matrix = confusionMatrix(y1, y2);
  const first = matrix.map((row) => row.reduce((a, b) => a + b));
  const second = matrix.map((_, column) => matrix.reduce((total, row) => total + row[column], 0));
  const rows = first.reduce((a, b) => a + b);
  let disagreement = 0, byChance = 0;
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j < matrix.length; j++) {
      if (i === j) continue;
      disagreement += matrix[i][j];
      byChance += first[i] * second[j] / rows;
    }
  }
  return byChance === 0 ? NaN : 1 - disagreement / byChance;
}
