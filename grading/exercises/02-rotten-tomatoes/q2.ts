// Softmax that large logits do not break.

import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "02-rotten-tomatoes",
  id: "q2",
  points: 2,
  solution: `function softmax(logits: number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}`,
  cases: [
    { input: [[1000, 1001]], expected: [0.2689414213699951, 0.7310585786300049] },
    { input: [[-1000, -1000, -1001]], expected: [0.4223187982515182, 0.4223187982515182, 0.15536240349696362] },
    { input: [[3.5]], expected: [1] },
    {
      input: [[0.3, -1.2, 2.7, 0]],
      expected: [0.07699933729493764, 0.0171808744619424, 0.8487772761946129, 0.05704251204850715],
    },
    { input: [[800, -800]], expected: [1, 0] },
    { input: [[0, 0, 0, 0]], expected: [0.25, 0.25, 0.25, 0.25] },
  ],
});
