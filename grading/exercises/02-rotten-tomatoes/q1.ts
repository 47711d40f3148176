// The places that padding fills, batch by batch.

import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "02-rotten-tomatoes",
  id: "q1",
  points: 1,
  solution: `function paddedPlaces(lengths: number[], batchSize: number): number {
  let places = 0;
  for (let start = 0; start < lengths.length; start += batchSize) {
    const batch = lengths.slice(start, start + batchSize);
    places += batch.length * Math.max(...batch);
  }
  return places;
}`,
  cases: [
    { input: [[9, 2, 2, 9], 2], expected: 36 },
    { input: [[2, 2, 9, 9], 2], expected: 22 },
    { input: [[5, 1, 1, 1, 1], 1], expected: 9 },
    { input: [[4, 8, 15, 16, 23], 3], expected: 91 },
    { input: [[6, 3, 3], 100], expected: 18 },
    { input: [[], 4], expected: 0 },
  ],
});
