// What a model must beat: predictions that look at no input. They are columns of labels, so that any metric takes them.

import { Random } from "../tensor/mod.ts";
import { classesOf, labelList, type Labels } from "./labels.ts";

/**
 * The most frequent label of the training set, `rows` times; of two as frequent the one that sorts first
 * (scikit-learn: DummyClassifier, strategy "most_frequent"). @throws RangeError where there are no labels
 */
export function majorityBaseline(yTrain: Labels, rows: number): (number | string)[] {
  const { classes, counts } = frequencies(yTrain, "majorityBaseline");
  return new Array(rows).fill(classes[counts.indexOf(Math.max(...counts))]);
}

/** How labels are drawn at random. */
export interface RandomBaselineOptions {
  /** Each class as often as in the training set ("stratified"), or all alike ("uniform"). */
  strategy?: "stratified" | "uniform";
  /** The same seed draws the same labels; default 0. */
  seed?: number;
}

/** Labels drawn at random, `rows` of them (scikit-learn: DummyClassifier). @throws RangeError where there are no labels */
export function randomBaseline(yTrain: Labels, rows: number, options: RandomBaselineOptions = {}): (number | string)[] {
  const { strategy = "stratified", seed = 0 } = options;
  const random = new Random(seed), labels = labelList(yTrain, "randomBaseline");
  const { classes } = frequencies(yTrain, "randomBaseline");
  if (strategy !== "stratified" && strategy !== "uniform") {
    throw new RangeError(`randomBaseline: strategy "${strategy}" is unknown; use "stratified" or "uniform".`);
  }
  const drawnFrom = strategy === "stratified" ? labels : classes;
  return Array.from({ length: rows }, () => drawnFrom[random.integer(drawnFrom.length)]);
}

/**
 * What each class counts so that rare ones count as much as frequent ones: rows / (classes · rows of the class), in the order of the
 * sorted classes (scikit-learn: compute_class_weight, "balanced"). For `crossEntropy(logits, labels, { weight })`.
 */
export function computeClassWeight(labels: Labels): number[] {
  const { classes, counts } = frequencies(labels, "computeClassWeight");
  const rows = counts.reduce((a, b) => a + b);
  return counts.map((count) => rows / (classes.length * count));
}

function frequencies(labels: Labels, metric: string): { classes: (number | string)[]; counts: number[] } {
  const list = labelList(labels, metric);
  if (list.length === 0) throw new RangeError(`${metric}: no labels given; at least one is needed.`);
  const counted = new Map<number | string, number>();
  for (const label of list) counted.set(label, (counted.get(label) ?? 0) + 1);
  const classes = classesOf(list);
  return { classes, counts: classes.map((label) => counted.get(label) ?? 0) };
}
