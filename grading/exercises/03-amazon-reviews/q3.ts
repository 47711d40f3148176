// After which look a run with patience ends.

import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "03-amazon-reviews",
  id: "q3",
  points: 3,
  solution: `function stopsAfter(losses: number[], patience: number): number {
  let best = Infinity;
  let withoutGain = 0;
  for (const [i, loss] of losses.entries()) {
    withoutGain = loss < best ? 0 : withoutGain + 1;
    best = Math.min(best, loss);
    if (withoutGain === patience) return i + 1;
  }
  return losses.length;
}`,
  cases: [
    { input: [[1, 2, 3, 4], 2], expected: 3 },
    { input: [[2, 2, 2], 1], expected: 2 },
    { input: [[5, 4, 6, 3, 7, 8, 2], 2], expected: 6 },
    { input: [[1], 3], expected: 1 },
    { input: [[], 2], expected: 0 },
    { input: [[3, 5, 4, 4.5, 2], 3], expected: 4 },
    { input: [[3, 5, 4, 4.5, 2, 1], 4], expected: 6 },
  ],
});
