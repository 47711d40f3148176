// What must hold of every embedded set, asserted from its files as loadDataset reads them.

import assert from "node:assert/strict";
import { type Dataset, loadDataset } from "../../lib/data/mod.ts";
import { bagOfWords } from "../../lib/metrics/mod.ts";
import { Neighbours, wordsOf } from "../../tasks/datasets/text/neighbours.ts";

export interface Labelled {
  readonly text: string;
  /** 0, 1, … */
  readonly label: number;
}

/** The rows of each split of an `attend/…` set, with the columns that hold text and label. */
export async function readSet(name: string, text = "text", label = "label"): Promise<Record<string, Labelled[]>> {
  const set = await loadDataset(`attend/${name}`);
  const rows = (split: Dataset) => Array.from(split, (row) => ({ text: row[text], label: row[label] }));
  return Object.fromEntries(set.keys().map((split) => [split, rows(set.get(split))]));
}

/** As many rows as said in each split, as many of each class, and no text twice. */
export function assertSizes(splits: Record<string, Labelled[]>, sizes: Record<string, number>, classes: number): void {
  const all = Object.values(splits).flat();
  assert.equal(new Set(all.map(({ text }) => text)).size, all.length, "a text stands twice");
  assert.deepEqual(Object.fromEntries(Object.entries(splits).map(([split, rows]) => [split, rows.length])), sizes);
  for (const split of ["train", "validation", "test"]) {
    const counts = Array.from({ length: classes }, (_, c) => splits[split].filter(({ label }) => label === c).length);
    assert.deepEqual(counts, Array(classes).fill(sizes[split] / classes), split);
  }
}

/** For each word of 50 or more training texts, P(label | word) is at most the prior plus 0.25. */
export function assertNoGiveaway(train: readonly Labelled[], classes: number): void {
  const counts = new Map<string, number[]>();
  for (const { text, label } of train) {
    for (const word of new Set(wordsOf(text))) {
      const count = counts.get(word) ?? Array<number>(classes).fill(0);
      count[label]++;
      counts.set(word, count);
    }
  }
  for (const [word, count] of counts) {
    const all = count.reduce((a, b) => a + b);
    if (all < 50) continue;
    for (const [label, n] of count.entries()) {
      const prior = train.filter((row) => row.label === label).length / train.length;
      assert.ok(n / all <= prior + 0.25, `${word}: ${count.join(", ")}`);
    }
  }
}

/** No two texts of different splits have a Jaccard index of their words above 0.8. */
export function assertNoNearDuplicates(splits: Record<string, readonly Labelled[]>): void {
  const earlier = new Neighbours(0.8);
  for (const rows of Object.values(splits)) {
    for (const { text } of rows) assert.ok(!earlier.has(text), text);
    for (const { text } of rows) earlier.add(text);
  }
}

/** At least so many words of a split are unknown to training. */
export function assertFreshWords(splits: Record<string, readonly Labelled[]>, least: number): void {
  const known = new Set(splits.train.flatMap(({ text }) => wordsOf(text)));
  for (const split of ["validation", "test"]) {
    const fresh = new Set(splits[split].flatMap(({ text }) => wordsOf(text)).filter((word) => !known.has(word)));
    assert.ok(fresh.size >= least, `${split} has ${fresh.size}`);
  }
}

/** Labels of a split as they are and as counting words and pairs of neighbours, learnt from training, says them. */
export function bagOfWordsResults(splits: Record<string, readonly Labelled[]>) {
  const judge = bagOfWords(splits.train.map(({ text }) => text), splits.train.map(({ label }) => label));
  return (["validation", "test"] as const).map((split) => ({
    split,
    labels: splits[split].map(({ label }) => label),
    predictions: splits[split].map(({ text }) => judge(text)),
  }));
}
