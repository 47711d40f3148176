// Reads tests/fixtures/metrics.json and compares with it: equal within 1e-12, NaN where it has NaN, an error where it has one.

import assert from "node:assert/strict";
import raw from "../fixtures/metrics.json" with { type: "json" };

type Column = (number | string)[];

interface Expected {
  value?: unknown;
  error?: { type: string; message: string };
}

interface Fixture {
  classification: {
    name: string;
    y_true: Column;
    y_pred: Column;
    labels: Column | null;
    target_names: string[] | null;
    expected: Record<string, Expected> & { pos_label?: number | string };
  }[];
  regression:
    ({ name: string; x: number[]; y: number[] } & Record<"pearson" | "spearman" | "mse" | "mae" | "r2", Expected>)[];
  top_k: { name: string; k: number; y_true: number[]; scores: number[][]; labels: number[]; expected: Expected }[];
  roc_auc_binary: {
    name: string;
    y_true: number[];
    scores: number[];
    roc_auc: Expected;
    average_precision: Expected;
  }[];
  roc_auc_multiclass: { y_true: number[]; probabilities: number[][] } & Record<string, Expected>;
  perplexity: { loss: number; perplexity: number }[];
  perplexity_of_batches: { mean_loss_per_batch: number[]; tokens_per_batch: number[]; perplexity: number };
  glue_cola: { cases: { references: number[]; predictions: number[]; expected: { matthews_correlation: number } }[] };
}

const special: Record<string, number> = { NaN, Infinity, "-Infinity": -Infinity };

/** The reference numbers, with the strings that stand for non-finite numbers made numbers. */
// deno-lint-ignore no-explicit-any -- the rim: JSON of known content
export const fixture: Fixture = revive(raw) as any;

function revive(value: unknown): unknown {
  if (typeof value === "string" && value in special) return special[value];
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}

/** Runs the metric and holds it to the reference entry. */
export function assertSame(compute: () => unknown, expected: Expected, what: string): void {
  if (expected.error) {
    assert.throws(compute, RangeError, what);
    return;
  }
  assertClose(compute(), expected.value, what);
}

/** Deep comparison with numbers equal within 1e-12 (relative above 1). */
export function assertClose(actual: unknown, expected: unknown, what: string): void {
  if (typeof expected === "number" && typeof actual === "number") {
    const bound = 1e-12 * Math.max(1, Math.abs(expected));
    const isSame = Object.is(actual, expected) || actual === expected || Math.abs(actual - expected) <= bound;
    assert.ok(isSame, `${what}: ${actual}, expected ${expected}`);
  } else if (Array.isArray(expected) && Array.isArray(actual)) {
    assert.equal(actual.length, expected.length, what);
    expected.forEach((value, i) => assertClose(actual[i], value, `${what}[${i}]`));
  } else if (isRecord(expected) && isRecord(actual)) {
    assert.deepEqual(Object.keys(actual), Object.keys(expected), what);
    for (const key of Object.keys(expected)) assertClose(actual[key], expected[key], `${what}.${key}`);
  } else assert.equal(actual, expected, what);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
