import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "05-marvel",
  id: "q1",
  points: 2,
  solution: `function trainingTime(rows: number, epochs: number, batchSize: number, secondsPerStep: number): number {
  return Math.ceil(rows / batchSize) * epochs * secondsPerStep;
}`,
  cases: [
    { input: [1, 1, 8, 3], expected: 3 },
    { input: [8, 3, 8, 2], expected: 6 },
    { input: [9, 3, 8, 2], expected: 12 },
    { input: [2000, 2, 8, 0.02], expected: 10 },
    // rounding up the product instead of each epoch would give one step less
    { input: [12, 2, 8, 1], expected: 4 },
    { input: [120000, 5, 32, 0.25], expected: 4687.5 },
  ],
});
