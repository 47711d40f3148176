import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "04-ag-news",
  id: "q2",
  points: 2,
  solution: `function maskedAccuracy(logits: number[][], labels: number[]): number {
  const asked = labels.flatMap((label, place) => label === -100 ? [] : [place]);
  const right = asked.filter((place) => logits[place].indexOf(Math.max(...logits[place])) === labels[place]);
  return asked.length === 0 ? 0 : right.length / asked.length;
}`,
  cases: [
    { input: [[], []], expected: 0 },
    { input: [[[-3, -1, -2]], [1]], expected: 1 },
    { input: [[[-3, -1, -2]], [0]], expected: 0 },
    // of equal numbers the first counts
    { input: [[[2, 2, 1], [2, 2, 1]], [0, 1]], expected: 0.5 },
    { input: [[[1, 0], [0, 1], [0, 1], [1, 0]], [0, -100, 0, 0]], expected: 2 / 3 },
    { input: [[[1, 0, 0], [0, 1, 0], [0, 0, 1]], [-100, -100, -100]], expected: 0 },
    { input: [[[0, 0, 7], [4, 5, 6], [9, 8, 7], [1, 3, 2]], [2, 2, 0, 1]], expected: 1 },
  ],
});
