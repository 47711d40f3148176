// The page's assertions pass and fail where Node's do: a test in Chromium that cannot fail would prove nothing.

import assert from "node:assert/strict";
import pages from "./assert.ts";

type Assert = typeof pages;

/** Node's, called as tests call them. */
const nodes: Assert = {
  ...assert,
  throws: (fn, expected) => expected ? assert.throws(fn, expected) : assert.throws(fn),
  rejects: (promise, expected) => expected ? assert.rejects(promise, expected) : assert.rejects(promise),
};

const thrown = (error: unknown) => () => {
  throw error;
};

const checks: Readonly<Record<string, (assert: Assert) => unknown>> = {
  "ok(0)": (assert) => assert.ok(0),
  "ok(1)": (assert) => assert.ok(1),
  "equal(NaN, NaN)": (assert) => assert.equal(NaN, NaN),
  "equal(0, -0)": (assert) => assert.equal(0, -0),
  "equal('1', 1)": (assert) => assert.equal("1", 1),
  "deepEqual of equal arrays": (assert) => assert.deepEqual([1, [NaN]], [1, [NaN]]),
  "deepEqual of lengths": (assert) => assert.deepEqual([1, 2], [1]),
  "deepEqual of zeros": (assert) => assert.deepEqual([0], [-0]),
  "deepEqual of kinds": (assert) => assert.deepEqual(Float32Array.of(1), Int32Array.of(1)),
  "deepEqual of typed arrays": (assert) => assert.deepEqual(Float32Array.of(1, NaN), Float32Array.of(1, NaN)),
  "deepEqual of other typed arrays": (assert) => assert.deepEqual(Float32Array.of(1), Float32Array.of(2)),
  "deepEqual of keys": (assert) => assert.deepEqual({ a: undefined }, { b: undefined }),
  "deepEqual of objects": (assert) => assert.deepEqual({ a: 1, b: { c: 2 } }, { b: { c: 2 }, a: 1 }),
  "deepEqual of maps": (assert) => assert.deepEqual(new Map([[1, 2]]), new Map([[1, 3]])),
  "deepEqual of sets": (assert) => assert.deepEqual(new Set([1]), new Set([1])),
  "deepEqual of null": (assert) => assert.deepEqual(null, {}),
  "notDeepEqual of others": (assert) => assert.notDeepEqual([1], [2]),
  "notDeepEqual of equals": (assert) => assert.notDeepEqual([1], [1]),
  "throws of nothing": (assert) => assert.throws(() => 1),
  "throws of anything": (assert) => assert.throws(thrown(new Error("a"))),
  "throws by text": (assert) => assert.throws(thrown(new RangeError("a 1")), /^RangeError: a \d/),
  "throws by another text": (assert) => assert.throws(thrown(new Error("a")), /b/),
  "throws by class": (assert) => assert.throws(thrown(new RangeError("a")), RangeError),
  "throws by another class": (assert) => assert.throws(thrown(new RangeError("a")), TypeError),
  "throws by properties": (assert) => assert.throws(thrown(new TypeError("a")), { name: "TypeError", message: "a" }),
  "throws by other properties": (assert) =>
    assert.throws(thrown(new TypeError("a")), { name: "TypeError", message: "b" }),
  "rejects of nothing": (assert) => assert.rejects(Promise.resolve(1)),
  "rejects by text": (assert) => assert.rejects(Promise.reject(new Error("a")), /a/),
  "rejects by another text": (assert) => assert.rejects(() => Promise.reject(new Error("a")), /b/),
};

Deno.test("the page's assertions pass and fail where Node's do", async () => {
  const fails = async (assert: Assert, check: (assert: Assert) => unknown) => {
    try {
      await check(assert);
      return false;
    } catch {
      return true;
    }
  };
  for (const [name, check] of Object.entries(checks)) {
    assert.equal(await fails(pages, check), await fails(nodes, check), name);
  }
});
