import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "00-anatomy",
  id: "q2",
  points: 2,
  solution: `function visible(attentionMask: number[], isCausal: boolean): number[][] {
  return attentionMask.map((_, query) => attentionMask.map((isWord, key) => isCausal && key > query ? 0 : isWord));
}`,
  cases: [
    { input: [[1], false], expected: [[1]] },
    { input: [[1, 1, 0, 0], true], expected: [[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0]] },
    { input: [[0, 1, 1], false], expected: [[0, 1, 1], [0, 1, 1], [0, 1, 1]] },
    { input: [[0, 1, 1], true], expected: [[0, 0, 0], [0, 1, 0], [0, 1, 1]] },
    { input: [[0, 0], false], expected: [[0, 0], [0, 0]] },
  ],
});
