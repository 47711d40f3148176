import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "00-anatomy",
  id: "q1",
  points: 2,
  solution: `function softmax(scores: number[]): number[] {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}`,
  cases: [
    { input: [[3]], expected: [1] },
    { input: [[0, 0, 0, 0]], expected: [0.25, 0.25, 0.25, 0.25] },
    { input: [[-1, 2, 0.5]], expected: [0.039112573270687456, 0.7855970345892759, 0.1752903921400367] },
    { input: [[1000, 1001]], expected: [0.2689414213699951, 0.7310585786300049] },
    { input: [[-1000, -1000, -1000]], expected: [1 / 3, 1 / 3, 1 / 3] },
    { input: [[-800, 800]], expected: [0, 1] },
  ],
});
