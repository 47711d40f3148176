// Head and tail of a list that is too long.

import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "03-amazon-reviews",
  id: "q2",
  points: 2,
  solution: `function headAndTail(ids: number[], limit: number): number[] {
  if (ids.length <= limit) return ids;
  const tail = Math.floor(limit / 2);
  return [...ids.slice(0, limit - tail), ...ids.slice(ids.length - tail)];
}`,
  cases: [
    { input: [[101, 1, 2, 3, 4, 5, 102], 5], expected: [101, 1, 2, 5, 102] },
    { input: [[101, 1, 2, 102], 4], expected: [101, 1, 2, 102] },
    { input: [[101, 1, 2, 3, 102], 1], expected: [101] },
    { input: [[101, 1, 2, 3, 4, 5, 6, 7, 8, 102], 7], expected: [101, 1, 2, 3, 7, 8, 102] },
    { input: [[101, 5, 102], 2], expected: [101, 102] },
    { input: [[101, 102], 10], expected: [101, 102] },
  ],
});
