import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "04-ag-news",
  id: "q1",
  points: 2,
  solution: `function hide(ids: number[], isChosen: boolean[], maskId: number): { inputs: number[]; labels: number[] } {
  return {
    inputs: ids.map((id, place) => isChosen[place] ? maskId : id),
    labels: ids.map((id, place) => isChosen[place] ? id : -100),
  };
}`,
  cases: [
    { input: [[], [], 103], expected: { inputs: [], labels: [] } },
    { input: [[9], [true], 103], expected: { inputs: [103], labels: [9] } },
    { input: [[9], [false], 103], expected: { inputs: [9], labels: [-100] } },
    {
      input: [[101, 5, 5, 6, 102], [false, true, false, true, false], 103],
      expected: { inputs: [101, 103, 5, 103, 102], labels: [-100, 5, -100, 6, -100] },
    },
    // an id that is the mask's already, and the id 0, which is no "nothing"
    { input: [[0, 103, 0], [true, true, false], 103], expected: { inputs: [103, 103, 0], labels: [0, 103, -100] } },
  ],
});
