// Batches of texts that are about as long as each other.

import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "02-rotten-tomatoes",
  id: "q2",
  points: 2,
  solution: `function groupedByLength(lengths: number[], batchSize: number): number[][] {
  const rows = lengths.map((_, row) => row).sort((a, b) => lengths[a] - lengths[b]);
  const batches: number[][] = [];
  for (let start = 0; start < rows.length; start += batchSize) batches.push(rows.slice(start, start + batchSize));
  return batches;
}`,
  cases: [
    { input: [[30, 4, 100, 20, 7], 2], expected: [[1, 4], [3, 0], [2]] },
    { input: [[8, 3, 8, 3, 8, 3], 3], expected: [[1, 3, 5], [0, 2, 4]] },
    { input: [[6, 1], 5], expected: [[1, 0]] },
    { input: [[12], 1], expected: [[0]] },
    { input: [[], 4], expected: [] },
    { input: [[3, 2, 1], 1], expected: [[2], [1], [0]] },
  ],
});
