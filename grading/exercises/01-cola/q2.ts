import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "01-cola",
  id: "q2",
  points: 2,
  solution: `function padBatch(rows: number[][], padId: number): Record<string, number[][]> {
  const longest = Math.max(...rows.map((ids) => ids.length));
  const filler = (ids: number[], value: number) => Array(longest - ids.length).fill(value);
  return {
    input_ids: rows.map((ids) => [...ids, ...filler(ids, padId)]),
    attention_mask: rows.map((ids) => [...ids.map(() => 1), ...filler(ids, 0)]),
  };
}`,
  cases: [
    {
      input: [[[101, 102], [101, 9, 8, 102], [101, 7, 102]], 0],
      expected: {
        input_ids: [[101, 102, 0, 0], [101, 9, 8, 102], [101, 7, 102, 0]],
        attention_mask: [[1, 1, 0, 0], [1, 1, 1, 1], [1, 1, 1, 0]],
      },
    },
    // RoBERTa's filler is 1; a 1 in the ids is a token nevertheless
    {
      input: [[[0, 1, 2], [0]], 1],
      expected: { input_ids: [[0, 1, 2], [0, 1, 1]], attention_mask: [[1, 1, 1], [1, 0, 0]] },
    },
    // a 0 in the ids is no filler either
    {
      input: [[[5, 0], [5, 0, 6]], 0],
      expected: { input_ids: [[5, 0, 0], [5, 0, 6]], attention_mask: [[1, 1, 0], [1, 1, 1]] },
    },
    { input: [[[3, 4]], 0], expected: { input_ids: [[3, 4]], attention_mask: [[1, 1]] } },
    { input: [[[], [6]], 0], expected: { input_ids: [[0], [6]], attention_mask: [[0], [1]] } },
    { input: [[], 0], expected: { input_ids: [], attention_mask: [] } },
  ],
});
