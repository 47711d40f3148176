// The models that no other beats in both F1 and speed.

import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "02-rotten-tomatoes",
  id: "q4",
  points: 4,
  solution: `function worthConsidering(models: { name: string; f1: number; speed: number }[]): string[] {
  const beats = (a: { f1: number; speed: number }, b: { f1: number; speed: number }) =>
    a.f1 >= b.f1 && a.speed >= b.speed && (a.f1 > b.f1 || a.speed > b.speed);
  return models.filter((model) => !models.some((other) => beats(other, model))).map(({ name }) => name);
}`,
  cases: [
    { input: [[{ name: "a", f1: 0.8, speed: 10 }, { name: "b", f1: 0.8, speed: 20 }]], expected: ["b"] },
    { input: [[{ name: "a", f1: 0.7, speed: 5 }, { name: "b", f1: 0.7, speed: 5 }]], expected: ["a", "b"] },
    {
      input: [[{ name: "a", f1: 0.9, speed: 1 }, { name: "b", f1: 0.8, speed: 2 }, { name: "c", f1: 0.7, speed: 3 }, {
        name: "d",
        f1: 0.75,
        speed: 2,
      }]],
      expected: ["a", "b", "c"],
    },
    {
      input: [[{ name: "a", f1: 0.5, speed: 9 }, { name: "b", f1: 0.9, speed: 9 }, { name: "c", f1: 0.9, speed: 3 }, {
        name: "d",
        f1: 0.2,
        speed: 10,
      }]],
      expected: ["b", "d"],
    },
    { input: [[]], expected: [] },
    {
      input: [[{ name: "a", f1: 0.6, speed: 4 }, { name: "b", f1: 0.9, speed: 40 }, { name: "c", f1: 0.6, speed: 4 }]],
      expected: ["b"],
    },
  ],
});
