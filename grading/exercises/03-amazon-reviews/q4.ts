// The answer that is right where distance counts: the median.

import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "03-amazon-reviews",
  id: "q4",
  points: 4,
  solution: `function medianStars(probabilities: number[]): number {
  let sum = 0;
  for (const [i, probability] of probabilities.entries()) {
    sum += probability;
    if (sum >= 0.5 - 1e-6) return i + 1;
  }
  return probabilities.length;
}`,
  cases: [
    { input: [[0.6, 0.1, 0.1, 0.1, 0.1]], expected: 1 },
    { input: [[0.1, 0.2, 0.2, 0.3, 0.2]], expected: 3 },
    { input: [[0.4, 0, 0, 0.05, 0.55]], expected: 5 },
    { input: [[0.2, 0.2, 0.0999999, 0.25, 0.2500001]], expected: 3 },
    { input: [[0.49, 0.02, 0.09, 0.2, 0.2]], expected: 2 },
    { input: [[0, 0, 0, 0, 1]], expected: 5 },
    { input: [[0.35, 0.1, 0.1, 0.1, 0.35]], expected: 3 },
  ],
});
