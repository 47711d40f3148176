// What the pipelines of Transformers 4.57.6 give (fixtures/pipeline.json), and the comparison with it. The classifier is a
// BertForSequenceClassification of 2 layers of 16 with normal weights (seed 3, standard deviation 0.3; biases 0.2), saved in half precision.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { AutoModelForSequenceClassification } from "../../lib/models/mod.ts";
import { AutoTokenizer } from "../../lib/tokenizers/mod.ts";
import { goldenJson } from "../golden.ts";

/** Results as Python has them; what a test compares is checked value by value. */
export interface Expected {
  texts: string[];
  pair: { text: string; text_pair: string };
  families: Record<string, FamilyResults>;
  [result: string]: unknown;
}

/** Of one family of the local hub; parameters that the checkpoint lacks are sin(1 + i) · 0.3. */
export interface FamilyResults {
  missing: string[];
  scores: unknown;
  /** The mask token, where the checkpoint has a masked LM; then what it fills. */
  mask?: string;
  fill?: unknown;
  fillMany?: unknown;
  fillTwo?: unknown;
  targets?: unknown;
  fillOne?: unknown;
}

export const expected = goldenJson<Expected>("pipeline.json");

const pathOf = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));

/** The classifier and its tokenizer. */
export async function classifierParts() {
  return {
    model: await AutoModelForSequenceClassification.fromPretrained(pathOf("models/classifier")),
    tokenizer: await AutoTokenizer.fromPretrained(pathOf("tokenizers/bert-uncased")),
  };
}

/** The same structure and texts, numbers to 2e-5. */
export function assertScores(found: unknown, reference: unknown, path = "result"): void {
  if (typeof reference === "number" && typeof found === "number") {
    assert.ok(Math.abs(found - reference) <= 2e-5, `${path} is ${found}, not ${reference}`);
  } else if (isObject(reference) && isObject(found)) {
    assert.deepEqual(Object.keys(found).sort(), Object.keys(reference).map(camelCase).sort(), path);
    for (const [key, value] of Object.entries(reference)) {
      assertScores(Reflect.get(found, camelCase(key)), value, `${path}.${key}`);
    }
  } else {
    assert.deepEqual(found, reference, path);
  }
}

function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
