import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "00-anatomy",
  id: "q3",
  points: 3,
  solution: `function attendOne(query: number[], keys: number[][], values: number[][]): number[] {
  const scores = keys.map((key) => key.reduce((sum, k, i) => sum + k * query[i], 0) / Math.sqrt(query.length));
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return values[0].map((_, place) => powers.reduce((sum, power, word) => sum + power / total * values[word][place], 0));
}`,
  cases: [
    { input: [[1], [[0]], [[-3]]], expected: [-3] },
    { input: [[1], [[2], [2], [2]], [[1, 0], [0, 1], [5, 2]]], expected: [2, 1] },
    // scores 2 · 1 / √4 = 1 and 0
    {
      input: [[0, 2, 0, 0], [[3, 1, 0, 0], [1, 0, 1, 1]], [[1, 10], [0, 20]]],
      expected: [0.7310585786300049, 12.689414213699951],
    },
    { input: [[1, 1], [[500, 500], [-500, -500]], [[1], [2]]], expected: [1] },
    { input: [[2000, 0], [[2000, 0], [0, 1]], [[4], [6]]], expected: [4] },
  ],
});
