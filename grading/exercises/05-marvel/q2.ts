import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "05-marvel",
  id: "q2",
  points: 2,
  solution: `function headParameters(sizes: number[]): number {
  return sizes.slice(1).reduce((total, size, i) => total + sizes[i] * size + size, 0);
}`,
  // expected: sum of the sizes of torch.nn.Linear's parameters
  cases: [
    { input: [[1, 1]], expected: 2 },
    { input: [[312, 3]], expected: 939 },
    { input: [[768, 768, 4]], expected: 593668 },
    { input: [[128, 64, 32, 2]], expected: 10402 },
    { input: [[2, 128]], expected: 384 },
    { input: [[128]], expected: 0 },
  ],
});
