import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "01-cola",
  id: "q4",
  points: 3,
  uses: ["matthewsCorrcoef"],
  solution: `function bestThreshold(labels: number[], probabilities: number[], thresholds: number[]): number {
  const score = (threshold: number) => {
    return matthewsCorrcoef(labels, probabilities.map((probability) => probability >= threshold ? 1 : 0));
  };
  return thresholds.reduce((best, threshold) => score(threshold) > score(best) ? threshold : best);
}`,
  cases: [
    { input: [[0, 0, 1, 1], [0.1, 0.6, 0.7, 0.9], [0.05, 0.5, 0.65, 0.8]], expected: 0.65 },
    // a probability equal to the threshold counts as 1
    { input: [[0, 1, 1], [0.2, 0.5, 0.9], [0.1, 0.5, 0.6]], expected: 0.5 },
    // several are equally good: the first of them, wherever it stands
    { input: [[0, 1], [0.2, 0.8], [0.7, 0.5, 0.3]], expected: 0.7 },
    // accuracy is the same for both; with 0.3 everything is called acceptable
    {
      input: [[1, 1, 1, 1, 1, 1, 1, 0, 0, 0], [0.9, 0.9, 0.8, 0.8, 0.6, 0.5, 0.4, 0.7, 0.5, 0.4], [0.3, 0.75]],
      expected: 0.75,
    },
    // a model that has it the wrong way round: 0, from saying the same to all, is better than less than 0
    { input: [[0, 1], [0.9, 0.2], [0.5, 0.1]], expected: 0.1 },
    { input: [[1, 0], [0.4, 0.6], [0.5]], expected: 0.5 },
  ],
});
