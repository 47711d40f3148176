import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "05-marvel",
  id: "q4",
  points: 4,
  solution: `function plateauRates(losses: number[], rate: number, factor: number, patience: number): number[] {
  let best = Infinity, bad = 0;
  return losses.map((loss) => {
    bad = loss < best ? 0 : bad + 1;
    best = Math.min(best, loss);
    if (bad > patience) [rate, bad] = [rate * factor, 0];
    return rate;
  });
}`,
  // expected: torch.optim.lr_scheduler.ReduceLROnPlateau with threshold=0
  cases: [
    { input: [[], 0.1, 0.5, 1], expected: [] },
    { input: [[3, 2, 1], 0.1, 0.5, 0], expected: [0.1, 0.1, 0.1] },
    { input: [[1, 2, 3, 4, 5], 0.2, 0.5, 1], expected: [0.2, 0.2, 0.1, 0.1, 0.05] },
    { input: [[1, 1, 1, 1, 1, 1, 1], 0.5, 0.5, 2], expected: [0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125] },
    {
      input: [[1, 0.9, 0.95, 0.9, 0.89, 0.9, 0.91, 0.92], 0.01, 0.1, 2],
      expected: [0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.001],
    },
    { input: [[2, 3, 1, 1.5, 1.2, 0.5, 0.6, 0.7], 0.8, 0.25, 1], expected: [0.8, 0.8, 0.8, 0.8, 0.2, 0.2, 0.2, 0.05] },
  ],
});
