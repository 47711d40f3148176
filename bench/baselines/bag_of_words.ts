// Bag of words: logistic regression on which unigrams and bigrams a text holds, the baseline that a model of sentences has to beat.
// Trained by AdaGrad (Duchi, Hazan & Singer 2011) on the weighted log loss with L2, in a fixed order: the same texts give the same weights.

const EPOCHS = 20;
const RATE = 0.3;
const L2 = 1e-5;

/** Lower-case words and marks, and pairs of neighbours, each once. */
function features(text: string): Set<string> {
  const words = ["<s>", ...(text.toLowerCase().match(/[\p{L}\p{N}']+|[^\s\p{L}\p{N}']/gu) ?? []), "</s>"];
  return new Set([...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)]);
}

/** Learns from texts with labels 0 and 1, both classes weighing the same, and returns a judge of other texts. */
export function bagOfWords(texts: readonly string[], labels: readonly number[]): (text: string) => number {
  const weights = new Map<string, number>();
  const squares = new Map<string, number>();
  const rows = texts.map(features);
  const positives = labels.filter((label) => label === 1).length;
  const classWeight = [labels.length / (2 * (labels.length - positives)), labels.length / (2 * positives)];
  const score = (row: Set<string>) => row.values().reduce((sum, feature) => sum + (weights.get(feature) ?? 0), 0);
  for (let step = 0; step < EPOCHS * rows.length; step++) {
    const i = (step * 7919) % rows.length; // a fixed walk over all rows: 7919 is prime
    const error = classWeight[labels[i]] * (1 / (1 + Math.exp(-score(rows[i]))) - labels[i]);
    for (const feature of rows[i]) {
      const weight = weights.get(feature) ?? 0;
      const gradient = error + L2 * weight;
      const square = (squares.get(feature) ?? 0) + gradient * gradient;
      squares.set(feature, square);
      weights.set(feature, weight - RATE * gradient / Math.sqrt(square + 1e-8));
    }
  }
  return (text) => Number(score(features(text)) > 0);
}
