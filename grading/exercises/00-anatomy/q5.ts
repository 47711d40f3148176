import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "00-anatomy",
  id: "q5",
  points: 3,
  solution:
    `function countParameters(vocabulary: number, positions: number, layers: number, hidden: number, inner: number): number {
  const norm = 2 * hidden;
  const embeddings = (vocabulary + positions + 2) * hidden + norm;
  const attention = 4 * (hidden * hidden + hidden);
  const feedForward = hidden * inner + inner + inner * hidden + hidden;
  return embeddings + layers * (attention + feedForward + 2 * norm);
}`,
  // bert-large-uncased, all-MiniLM-L6-v2 and bert-tiny without their poolers, as BertModel(config, add_pooling_layer=False) of
  // Transformers 4.57.6 counts them
  cases: [
    { input: [30522, 512, 24, 1024, 4096], expected: 334092288 },
    { input: [30522, 512, 6, 384, 1536], expected: 22565376 },
    { input: [30522, 512, 2, 128, 512], expected: 4369408 },
    { input: [100, 10, 0, 4, 8], expected: 456 },
    { input: [1, 1, 1, 1, 1], expected: 22 },
  ],
});
