import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "04-ag-news",
  id: "q4",
  points: 4,
  solution: `function labelsFor(labels: number[], accuracy: number[], goal: number): number | null {
  if (accuracy[0] >= goal) return labels[0];
  const above = accuracy.findIndex((score, i) => i > 0 && accuracy[i - 1] < goal && score >= goal);
  if (above < 0) return null;
  const share = (goal - accuracy[above - 1]) / (accuracy[above] - accuracy[above - 1]);
  const [low, high] = [Math.log(labels[above - 1]), Math.log(labels[above])];
  return Math.exp(low + share * (high - low));
}`,
  // expected: exp of numpy.interp over the logarithms, between the two points
  cases: [
    { input: [[100, 300, 1000], [0.5, 0.8, 0.7], 0.75], expected: 249.80495329668136 },
    { input: [[100, 300, 1000], [0.5, 0.4, 0.7], 0.6], expected: 669.4329500821694 },
    { input: [[100, 300, 1000], [0.5, 0.6, 0.7], 0.6], expected: 299.99999999999994 },
    { input: [[50], [0.9], 0.9], expected: 50 },
    { input: [[50], [0.9], 0.95], expected: null },
    { input: [[100, 300, 1000, 4000], [0.41, 0.62, 0.77, 0.9], 0.83], expected: 1896.1550286783406 },
    { input: [[10, 100, 1000], [0.9, 0.2, 0.95], 0.5], expected: 10 },
    { input: [[100, 200, 400], [0.3, 0.3, 0.6], 0.45], expected: 282.8427124746189 },
  ],
});
