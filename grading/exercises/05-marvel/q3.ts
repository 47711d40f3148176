import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "05-marvel",
  id: "q3",
  points: 3,
  solution: `function f1Of(truth: number[], answers: number[], positive: number): number {
  const found = truth.filter((label, i) => label === positive && answers[i] === positive).length;
  const there = truth.filter((label) => label === positive).length;
  const answered = answers.filter((answer) => answer === positive).length;
  return there + answered === 0 ? 0 : 2 * found / (there + answered);
}`,
  // expected: scikit-learn's f1_score with labels=[positive], average="macro", zero_division=0
  cases: [
    { input: [[1, 0, 1, 0], [1, 0, 1, 0], 1], expected: 1.0 },
    { input: [[1, 0, 1, 0], [0, 1, 0, 1], 1], expected: 0.0 },
    { input: [[1, 1, 1, 0], [0, 0, 0, 0], 1], expected: 0.0 },
    { input: [[0, 0, 0, 0], [1, 1, 0, 0], 1], expected: 0.0 },
    { input: [[1, 1, 0, 0, 0], [1, 0, 0, 1, 0], 0], expected: 0.6666666666666666 },
    { input: [[2, 0, 1, 2, 2, 1], [2, 1, 1, 0, 2, 2], 2], expected: 0.6666666666666666 },
    { input: [[], [], 1], expected: 0 },
    { input: [[1, 1, 1, 0, 0], [1, 1, 1, 1, 1], 1], expected: 0.75 },
  ],
});
