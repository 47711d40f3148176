// Macro-F1 from a confusion matrix, where a class may be missing.

import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "02-rotten-tomatoes",
  id: "q3",
  points: 3,
  solution: `function macroF1(matrix: number[][]): number {
  const f1 = matrix.map((row, label) => {
    const both = row[label];
    const real = row.reduce((sum, count) => sum + count, 0);
    const given = matrix.reduce((sum, other) => sum + other[label], 0);
    return real + given === 0 ? 0 : 2 * both / (real + given);
  });
  return f1.reduce((sum, value) => sum + value, 0) / f1.length;
}`,
  cases: [
    { input: [[[30, 10], [20, 40]]], expected: 0.696969696969697 },
    { input: [[[5, 0, 0], [0, 5, 0], [0, 0, 5]]], expected: 1 },
    { input: [[[4, 1, 0], [2, 3, 1], [0, 2, 7]]], expected: 0.6836007130124777 },
    { input: [[[0, 3], [5, 0]]], expected: 0 },
    { input: [[[3, 0, 1], [0, 0, 0], [2, 0, 4]]], expected: 0.4646464646464647 },
    { input: [[[0, 0], [0, 0]]], expected: 0 },
  ],
});
