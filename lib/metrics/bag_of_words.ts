// Bag of words: logistic regression on which unigrams and bigrams a text holds, the baseline that a model of sentences has to beat.
// Trained by AdaGrad (Duchi, Hazan & Singer 2011) on the weighted log loss with L2, in a fixed order: the same texts give the same weights.

const EPOCHS = 20;
const RATE = 0.1;
const L2 = 1e-4;

/** Lower-case words and marks, and pairs of neighbours, each once. */
function features(text: string): string[] {
  const words = ["<s>", ...(text.toLowerCase().match(/[\p{L}\p{N}']+|[^\s\p{L}\p{N}']/gu) ?? []), "</s>"];
  return [...new Set([...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)])];
}

/**
 * Learns from texts with labels 0, 1, …, all classes weighing the same, and returns a judge of other texts.
 * @throws RangeError where texts and labels differ in number, or there are none
 */
export function bagOfWords(texts: readonly string[], labels: readonly number[]): (text: string) => number {
  if (texts.length !== labels.length || texts.length === 0) {
    throw new RangeError(`bagOfWords: ${texts.length} texts with ${labels.length} labels; give each text one.`);
  }
  const classes = labels.reduce((most, label) => Math.max(most, label)) + 1;
  const counts = Array.from({ length: classes }, (_, c) => labels.filter((label) => label === c).length);
  const ids = new Map<string, number>();
  for (const text of texts) for (const feature of features(text)) if (!ids.has(feature)) ids.set(feature, ids.size);
  const known = (text: string) => features(text).map((feature) => ids.get(feature)).filter((id) => id !== undefined);
  const weights = new Float64Array(ids.size * classes); // (feature, class)
  const squares = new Float64Array(ids.size * classes);
  const scores = (row: readonly number[]) =>
    Array.from({ length: classes }, (_, c) => row.reduce((sum, id) => sum + weights[id * classes + c], 0));

  const rows = texts.map(known);
  const stride = rows.length % 7919 === 0 ? 7907 : 7919; // a prime that does not divide: a fixed walk comes to every row
  for (let step = 0; step < EPOCHS * rows.length; step++) {
    const i = (step * stride) % rows.length;
    const errors = softmax(scores(rows[i])).map((p, c) =>
      (labels.length / (classes * counts[labels[i]])) * (p - Number(c === labels[i]))
    );
    for (const id of rows[i]) {
      for (let c = 0, at = id * classes; c < classes; c++, at++) {
        const gradient = errors[c] + L2 * weights[at];
        squares[at] += gradient * gradient;
        weights[at] -= RATE * gradient / Math.sqrt(squares[at] + 1e-8);
      }
    }
  }
  return (text) => {
    const found = scores(known(text));
    return found.indexOf(Math.max(...found));
  };
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores), exps = scores.map((score) => Math.exp(score - most));
  const sum = exps.reduce((a, b) => a + b);
  return exps.map((exp) => exp / sum);
}
