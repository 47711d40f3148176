import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "04-ag-news",
  id: "q3",
  points: 2,
  solution: `function checkpointsLeft(steps: number, saveSteps: number, limit: number): string[] {
  const saved = Array.from({ length: Math.floor(steps / saveSteps) }, (_, i) => (i + 1) * saveSteps);
  if (saved.at(-1) !== steps) saved.push(steps);
  return saved.slice(-limit).map((step) => \`checkpoint-\${step}\`);
}`,
  // expected: what Transformers' Trainer leaves in its folder after a run with these arguments
  cases: [
    { input: [300, 100, 2], expected: ["checkpoint-200", "checkpoint-300"] },
    { input: [100, 100, 1], expected: ["checkpoint-100"] },
    { input: [101, 100, 1], expected: ["checkpoint-101"] },
    { input: [1, 500, 3], expected: ["checkpoint-1"] },
    { input: [564, 100, 2], expected: ["checkpoint-500", "checkpoint-564"] },
    { input: [230, 50, 4], expected: ["checkpoint-100", "checkpoint-150", "checkpoint-200", "checkpoint-230"] },
    { input: [120, 50, 10], expected: ["checkpoint-50", "checkpoint-100", "checkpoint-120"] },
  ],
});
