// The little language of `split`: "train", "train[:1000]", "train[10%:20%]", "train[-100:]", "train[:80%]+test".

/** A part of a split, in rows. */
export interface SplitPart {
  readonly split: string;
  /** The first row and the one after the last, once the split's length is known. */
  readonly range: (numRows: number) => [start: number, end: number];
}

/** @throws RangeError for what is not of this form */
export function parseSplit(text: string): SplitPart[] {
  return text.split("+").map((part) => {
    const match = part.trim().match(/^([\w.-]+)(?:\[(-?\d+%?)?:(-?\d+%?)?\])?$/);
    if (!match) {
      throw new RangeError(
        `split is "${text}"; it must read like "train", "train[:1000]", "train[10%:20%]" or "train+test".`,
      );
    }
    const [, split, from, to] = match;
    return {
      split,
      range: (numRows) => [boundary(from, numRows) ?? 0, boundary(to, numRows) ?? numRows],
    };
  });
}

/** A boundary in rows; below 0 it counts from the end, percents are rounded to the closest row (Datasets' default). */
function boundary(text: string | undefined, numRows: number): number | undefined {
  if (text === undefined) return undefined;
  const number = parseInt(text);
  const row = text.endsWith("%") ? roundHalfToEven(number * numRows / 100) : number;
  return Math.max(0, Math.min(numRows, row < 0 ? row + numRows : row));
}

/** Python's round. */
function roundHalfToEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
