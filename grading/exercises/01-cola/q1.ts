import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "01-cola",
  id: "q1",
  points: 2,
  solution: `function mcc(tp: number, tn: number, fp: number, fn: number): number {
  const product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);
  return product === 0 ? 0 : (tp * tn - fp * fn) / Math.sqrt(product);
}`,
  // expected: scikit-learn's matthews_corrcoef on labels with these counts
  cases: [
    { input: [5, 5, 0, 0], expected: 1 },
    { input: [0, 0, 3, 4], expected: -1 },
    { input: [0, 0, 0, 0], expected: 0 },
    { input: [0, 7, 0, 3], expected: 0 },
    { input: [10, 0, 0, 0], expected: 0 },
    { input: [45, 20, 10, 25], expected: 0.28511240114923325 },
    { input: [655, 141, 181, 66], expected: 0.4011629177969771 },
  ],
});
