import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "01-cola",
  id: "q3",
  points: 3,
  solution: `function shareRight(rows: { group: string; label: number; answer: number }[]): Record<string, number> {
  const shares: Record<string, number> = {};
  for (const [group, members = []] of Object.entries(Object.groupBy(rows, ({ group }) => group))) {
    shares[group] = members.filter(({ label, answer }) => label === answer).length / members.length;
  }
  return shares;
}`,
  cases: [
    {
      input: [[
        { group: "tense", label: 0, answer: 0 },
        { group: "tense", label: 1, answer: 0 },
        { group: "tense", label: 0, answer: 1 },
        { group: "order", label: 1, answer: 1 },
      ]],
      expected: { tense: 1 / 3, order: 1 },
    },
    // a group in which nothing is right has the share 0 and is not left out
    {
      input: [[{ group: "case", label: 1, answer: 0 }, { group: "case", label: 0, answer: 1 }]],
      expected: { case: 0 },
    },
    // one group, in pieces
    {
      input: [[
        { group: "a", label: 0, answer: 0 },
        { group: "b", label: 0, answer: 1 },
        { group: "a", label: 1, answer: 1 },
        { group: "b", label: 1, answer: 1 },
        { group: "a", label: 1, answer: 0 },
        { group: "a", label: 0, answer: 0 },
      ]],
      expected: { a: 0.75, b: 0.5 },
    },
    // classes beyond two
    {
      input: [[{ group: "stars", label: 4, answer: 4 }, { group: "stars", label: 3, answer: 4 }]],
      expected: { stars: 0.5 },
    },
    { input: [[]], expected: {} },
  ],
});
