import assert from "node:assert/strict";
import { check, type CheckCase, jupyterDisplay } from "../../lib/notebook/mod.ts";
import { agrees, type PlainValue } from "../../lib/notebook/plain_value.ts";

/** What the cell shows as text. */
async function said(solution: (...args: never[]) => unknown, ...cases: CheckCase[]): Promise<string> {
  const { "text/plain": text } = await check("q1", solution, cases)[jupyterDisplay]();
  return String(text);
}

Deno.test("check() says what it called, what came back and what it wanted", async () => {
  function mcc(_tp: number, _tn: number, _fp: number, _fn: number): number | void {}
  assert.equal(
    await said(mcc, { input: [719, 0, 324, 0], expected: 0.5 }),
    "q1: not yet. `mcc(719, 0, 324, 0)` gave undefined; expected 0.5.",
  );
  const keys = (rows: object[]) => rows.map((row) => Object.keys(row).length);
  assert.equal(
    await said(keys, { input: [[{ a: 1 }, {}]], expected: [1, 0] }, { input: [[{ a: "b" }]], expected: [2] }),
    'q1: not yet. `keys([ { a: "b" } ])` gave [ 1 ]; expected [ 2 ].',
  );
});

Deno.test("check() tells what a function throws, and throws nothing itself", async () => {
  const one = { input: [1], expected: 1 };
  const thrower = (thrown: unknown) =>
    function f() {
      throw thrown;
    };
  assert.equal(
    await said(thrower(new TypeError("no such row")), one),
    "q1: not yet. `f(1)` threw TypeError: no such row; expected 1.",
  );
  assert.equal(await said(thrower("a word"), one), 'q1: not yet. `f(1)` threw "a word"; expected 1.');
  assert.equal(await said(thrower(undefined), one), "q1: not yet. `f(1)` threw undefined; expected 1.");
  const rejected = async () => await Promise.reject(new Error("late"));
  assert.equal(await said(rejected, one), "q1: not yet. `rejected(1)` threw Error: late; expected 1.");
  const { "text/plain": text } = await Reflect.apply(check, undefined, ["q1", undefined, [one]])[jupyterDisplay]();
  assert.equal(text, "q1: not yet. Expected a function, got undefined.");
});

Deno.test("check() awaits, and says when all cases pass that points come from others", async () => {
  const twice = async (x: number) => await Promise.resolve(2 * x);
  const cases = [{ input: [1], expected: 2 }, { input: [-4], expected: -8 }];
  assert.equal(await said(twice, ...cases), "q1: all 2 cases here pass. Other cases decide on the points.");
  assert.equal(await said(twice, cases[0]), "q1: the case here passes. Other cases decide on the points.");
});

Deno.test("check() gives a function copies, so that changing them changes no case", async () => {
  const list = [3, 1, 2];
  const smallest = (values: number[]) => values.sort()[0];
  assert.match(await said(smallest, { input: [list], expected: 1 }), /passes/);
  assert.deepEqual(list, [3, 1, 2]);
});

Deno.test("check() shows code as code on a page, and long values short", async () => {
  const same = (value: PlainValue) => value;
  const shown = await check("q1", same, [{ input: ["<b>"], expected: "</b>" }])[jupyterDisplay]();
  assert.equal(
    shown["text/html"],
    "<p>q1: not yet. <code>same(&#34;&#60;b&#62;&#34;)</code> gave &#34;&#60;b&#62;&#34;; expected &#34;&#60;/b&#62;&#34;.</p>",
  );
  const long = await said(same, { input: [Array.from({ length: 1000 }, (_, i) => i)], expected: "x".repeat(500) });
  assert.ok(long.length < 400, long);
  assert.match(long, /988 more items/);
});

const pairs: readonly [given: unknown, expected: PlainValue, tolerance: number | undefined, isSame: boolean][] = [
  [0.1 + 0.2, 0.3, undefined, true],
  [1e6 + 0.9, 1e6, undefined, true],
  [1.00001, 1, undefined, false],
  [1e-9, 0, undefined, false],
  [0.52, 0.5, 0.03, true],
  [0.54, 0.5, 0.03, false],
  [NaN, 0, undefined, false],
  [NaN, 0, Infinity, false],
  ["1", 1, undefined, false],
  [1n, 1, undefined, false],
  [undefined, null, undefined, false],
  [null, null, undefined, true],
  [[1, [2]], [1, [2]], undefined, true],
  [new Float32Array([0.1, 0.2]), [0.1, 0.2], undefined, true],
  [[1, 2, 3], [1, 2], undefined, false],
  [[1], [1, 2], undefined, false],
  [{ 0: 1 }, [1], undefined, false],
  [[1], { 0: 1 }, undefined, false],
  [{ b: 2, a: 1 }, { a: 1, b: 2 }, undefined, true],
  [{ a: 1, b: undefined }, { a: 1 }, undefined, false],
  [{ a: 1 }, { a: 1, b: 2 }, undefined, false],
];

for (const [given, expected, tolerance, isSame] of pairs) {
  const within = tolerance === undefined ? "" : ` within ${tolerance}`;
  Deno.test(`agrees() says ${isSame} of ${Deno.inspect(given)} where ${Deno.inspect(expected)} is wanted${within}`, () => {
    assert.equal(agrees(given, expected, tolerance), isSame);
  });
}
