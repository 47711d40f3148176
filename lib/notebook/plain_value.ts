// Values that can be handed to another process as text, and when two of them count as equal: what an exercise's function
// takes and gives. Compares for the check in the notebook and for the grader alike.

/** What JSON holds; numbers are finite. */
export type PlainValue =
  | null
  | boolean
  | number
  | string
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** How far two numbers may differ: this share of the expected one, as much as float32 rounds away in a few steps … */
const RELATIVE = 1e-6;
/** … and so much near zero, where no share is left. */
const ABSOLUTE = 1e-12;

/**
 * Whether a value is the expected one: numbers within 1e-6 of its size, or within `tolerance` of it; lists (typed arrays too)
 * and records part by part; everything else exactly. NaN agrees with nothing.
 */
export function agrees(given: unknown, expected: PlainValue, tolerance?: number): boolean {
  if (typeof expected === "number") {
    const most = tolerance ?? Math.max(RELATIVE * Math.abs(expected), ABSOLUTE);
    return typeof given === "number" && Math.abs(given - expected) <= most;
  }
  if (typeof expected !== "object" || expected === null) return given === expected;
  if (isList(expected)) {
    const list = listOf(given);
    return list?.length === expected.length && expected.every((part, i) => agrees(list[i], part, tolerance));
  }
  if (typeof given !== "object" || given === null || listOf(given)) return false;
  const parts = new Map(Object.entries(given));
  const wanted = Object.entries(expected);
  return parts.size === wanted.length && wanted.every(([key, part]) => agrees(parts.get(key), part, tolerance));
}

/** A list or typed array as a list. */
function listOf(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Object.values(value) : undefined;
}

/** `Array.isArray` does not know lists that may not be changed. */
function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}
