// From five logits to a number of stars.

import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "03-amazon-reviews",
  id: "q1",
  points: 1,
  solution: `function starsOf(logits: number[]): number {
  return logits.indexOf(Math.max(...logits)) + 1;
}`,
  cases: [
    { input: [[-5, -4, -3, -2, -1]], expected: 5 },
    { input: [[-9, -8, -7, -1, -2]], expected: 4 },
    { input: [[0, 0, 0, 0, 0]], expected: 1 },
    { input: [[1, 3, 2, 3, 1]], expected: 2 },
    { input: [[1000000, 10000000, 0, 0, 10000000]], expected: 2 },
  ],
});
