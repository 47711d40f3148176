// What tests use of node:assert/strict, for a browser's page, which has no node: modules. assert_test.ts holds it to Node's own.

/** What an error is held to: a pattern of its text, a class, or properties. */
type Expected = RegExp | (new (...args: never[]) => Error) | Readonly<Record<string, unknown>>;

class AssertionError extends Error {
  override readonly name = "AssertionError";
}

function check(isFine: boolean, message: string | undefined, otherwise: () => string): void {
  if (!isFine) throw new AssertionError(message ?? otherwise());
}

/** As Node's deepStrictEqual, for numbers, strings, arrays, typed arrays, maps, sets and plain objects. */
function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Map || a instanceof Set) return isEqual([...a], b instanceof Map || b instanceof Set ? [...b] : b);
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isEqual(Reflect.get(a, key), Reflect.get(b, key)));
}

function fits(error: unknown, expected: Expected | undefined): boolean {
  if (expected === undefined) return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === "function") return error instanceof expected;
  if (typeof error !== "object" || error === null) return false;
  return Object.entries(expected).every(([key, value]) => {
    const found: unknown = Reflect.get(error, key);
    return value instanceof RegExp ? value.test(String(found)) : isEqual(found, value);
  });
}

function text(value: unknown): string {
  return ArrayBuffer.isView(value) ? `${value}` : JSON.stringify(value) ?? String(value);
}

function assertThrown(error: unknown, expected: Expected | undefined): void {
  check(fits(error, expected), undefined, () => `threw ${error}, expected ${expected}`);
}

export default {
  ok: (value: unknown, message?: string) => check(Boolean(value), message, () => `${text(value)} is not true`),
  equal: (a: unknown, b: unknown, message?: string) =>
    check(Object.is(a, b), message, () => `${text(a)}, expected ${text(b)}`),
  deepEqual: (a: unknown, b: unknown, message?: string) =>
    check(isEqual(a, b), message, () => `${text(a)}, expected ${text(b)}`),
  notDeepEqual: (a: unknown, b: unknown, message?: string) =>
    check(!isEqual(a, b), message, () => `both are ${text(a)}`),
  throws(fn: () => unknown, expected?: Expected) {
    try {
      fn();
    } catch (error) {
      return assertThrown(error, expected);
    }
    throw new AssertionError(`nothing was thrown, expected ${expected}`);
  },
  async rejects(promise: Promise<unknown> | (() => Promise<unknown>), expected?: Expected) {
    try {
      await (typeof promise === "function" ? promise() : promise);
    } catch (error) {
      return assertThrown(error, expected);
    }
    throw new AssertionError(`nothing was thrown, expected ${expected}`);
  },
};
