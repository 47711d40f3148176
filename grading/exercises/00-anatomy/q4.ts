import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "00-anatomy",
  id: "q4",
  points: 3,
  solution: `function gradients(weights: number[], bias: number, inputs: number[], target: number): number[] {
  const y = Math.tanh(weights[0] * inputs[0] + weights[1] * inputs[1] + bias);
  const slope = 2 * (y - target) * (1 - y ** 2);
  return [slope * inputs[0], slope * inputs[1], slope];
}`,
  // expected: PyTorch 2.6 in float64, loss.backward()
  cases: [
    { input: [[0.5, -0.25], 0.1, [2, 1], -1], expected: [3.53381426046847, 1.766907130234235, 1.766907130234235] },
    { input: [[1, 1], 0, [0, 3], 0.5], expected: [0, 0.029305371592806793, 0.009768457197602264] },
    {
      input: [[-1, 2], -0.5, [0.5, -0.5], 1],
      expected: [-0.1387601685667209, 0.1387601685667209, -0.2775203371334418],
    },
    { input: [[0.2, 0.4], -1, [-1, 1], 0], expected: [0.7424663759649396, -0.7424663759649396, -0.7424663759649396] },
    { input: [[0, 0], 0, [0, 0], 0.5], expected: [0, 0, -1] },
  ],
});
