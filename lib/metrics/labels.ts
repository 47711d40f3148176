// Class labels as every metric takes them: one plain list from many sources, the classes in scikit-learn's order,
// and the two refusals all metrics share (no rows, lengths that differ). No arithmetic lives here.

/** One class label. Numbers and bigints (int64 columns) are the same thing; true counts as 1, false as 0. */
export type Label = number | bigint | boolean | string;

/** Numbers with a shape, as a trainer hands logits and label ids to a metrics function. */
export interface ShapedArray {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** A column of labels: an array, a typed array, or `{ data, shape }` of one axis. */
export type Labels = ArrayLike<Label> | ShapedArray;

/** True labels and predicted labels of the same rows, brought to numbers or strings. */
export interface LabelPair {
  readonly yTrue: readonly (number | string)[];
  readonly yPred: readonly (number | string)[];
}

/** The labels as plain numbers or strings. Throws where both kinds are mixed. */
export function labelList(labels: Labels, metric: string): (number | string)[] {
  const source: ArrayLike<Label> = "data" in labels ? labels.data : labels;
  const list = new Array<number | string>(source.length);
  for (let i = 0; i < list.length; i++) {
    const label = source[i];
    list[i] = typeof label === "string" ? label : Number(label);
    if (typeof list[i] === typeof list[0]) continue;
    throw new TypeError(`${metric}: labels mix strings and numbers; give all of them as one kind.`);
  }
  return list;
}

/** Both columns of a metric, checked: same length, at least one row, one kind of label. */
export function labelPair(yTrue: Labels, yPred: Labels, metric: string): LabelPair {
  const pair = { yTrue: labelList(yTrue, metric), yPred: labelList(yPred, metric) };
  checkLengths(pair.yTrue.length, pair.yPred.length, metric);
  if (typeof pair.yTrue[0] !== typeof pair.yPred[0]) {
    throw new TypeError(
      `${metric}: yTrue holds ${typeof pair.yTrue[0]}s and yPred ${typeof pair.yPred[0]}s; give both as one kind.`,
    );
  }
  return pair;
}

/** Throws unless both columns have the same number of rows and at least one. */
export function checkLengths(trueRows: number, predictedRows: number, metric: string): void {
  if (trueRows !== predictedRows) {
    throw new RangeError(
      `${metric}: yTrue has ${trueRows} rows and yPred ${predictedRows}; both need the same number.`,
    );
  }
  if (trueRows === 0) throw new RangeError(`${metric}: no rows given; at least one is needed.`);
}

/** The distinct labels in order: numbers by value, strings by code point (as Python sorts them). */
export function classesOf(...columns: readonly (readonly (number | string)[])[]): (number | string)[] {
  const distinct = new Set<number | string>();
  for (const column of columns) for (const label of column) distinct.add(label);
  return [...distinct].sort(compareLabels);
}

/** Where each class stands in the list. Throws where a class is named twice. */
export function classIndex(classes: readonly (number | string)[], metric: string): Map<number | string, number> {
  const index = new Map(classes.map((label, i) => [label, i]));
  if (index.size !== classes.length) {
    throw new RangeError(`${metric}: labels [${classes.join(", ")}] name a class twice; name each once.`);
  }
  return index;
}

function compareLabels(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const left = Array.from(String(a), codePoint), right = Array.from(String(b), codePoint);
  const at = left.findIndex((point, i) => point !== right[i]);
  return at < 0 ? left.length - right.length : left[at] - (right[at] ?? -1);
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
