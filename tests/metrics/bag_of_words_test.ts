// Held to scikit-learn 1.9 on attend/snippets: LogisticRegression(class_weight="balanced") on
// CountVectorizer(binary=True, ngram_range=(1, 2), token_pattern=r"<s>|</s>|[\w']+|[^\s\w']"), each text between <s> and </s>.

import assert from "node:assert/strict";
import { loadDataset } from "../../lib/data/mod.ts";
import { bagOfWords, f1Score } from "../../lib/metrics/mod.ts";

const SCIKIT_LEARN = { validation: 0.724, test: 0.728 };
/** Both stop before the optimum, by other rules. */
const TOLERANCE = 0.03;

Deno.test("bagOfWords() judges snippets as well as scikit-learn's logistic regression does", async () => {
  const raw = await loadDataset("attend/snippets");
  const judge = bagOfWords(raw.train.column("text"), raw.train.column("label"));
  for (const split of ["validation", "test"] as const) {
    const answers = raw[split].column("text").map(judge);
    const found = f1Score(raw[split].column("label"), answers, { average: "macro" });
    assert.ok(Math.abs(found - SCIKIT_LEARN[split]) < TOLERANCE, `${split}: ${found}`);
  }
});

Deno.test("bagOfWords() counts all classes alike when one is rare, and hears pairs of neighbours", () => {
  const texts = ["not good", "not good at all", "good", "good and not long", "long and good", "good at last"];
  const judge = bagOfWords(texts, [0, 0, 1, 1, 1, 1]);
  assert.deepEqual(texts.map(judge), [0, 0, 1, 1, 1, 1]);
  assert.equal(judge("it was not good"), 0);
  assert.equal(judge("it was good"), 1);
});

Deno.test("bagOfWords() says how many texts and labels there are when they do not fit", () => {
  const message = "bagOfWords: 2 texts with 1 labels; give each text one.";
  assert.throws(() => bagOfWords(["a", "b"], [0]), { name: "RangeError", message });
  assert.throws(() => bagOfWords([], []), RangeError);
});
