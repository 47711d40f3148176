import assert from "node:assert/strict";
import { type CodeExercise, exercise, functionName } from "../../grading/exercise.ts";
import { mark } from "../../grading/mark.ts";
import { type Outcome, run } from "../../grading/run.ts";

const half: CodeExercise = {
  notebook: "test",
  id: "q1",
  points: 2,
  solution: "function half(x: number): number {\n  return x / 2;\n}",
  cases: [0, 1, -3, 1e9].map((x) => ({ input: [x], expected: x / 2 })),
};

/** What one call of `f` in this cell gives. */
async function outcome(source: string, ...input: number[]): Promise<Outcome> {
  const [first] = await run({ source, name: "f", inputs: [input] });
  return first;
}

Deno.test("mark() gives all points for what meets every hidden case, none for what misses one", async () => {
  assert.deepEqual(await mark(half, half.solution), { points: 2, passed: 4 });
  assert.deepEqual(await mark(half, "function half(x: number) {\n  return x > 100 ? x : x / 2;\n}"), {
    points: 0,
    passed: 3,
  });
  assert.deepEqual(await mark(half, "function half(x: number) {\n  // your code\n}"), { points: 0, passed: 0 });
  assert.deepEqual(await mark(half, "function other() {}"), { points: 0, passed: 0 });
});

Deno.test("run() brings back plain values, awaited, typed arrays as lists, and says what is none", async () => {
  assert.deepEqual(await outcome("async function f() { return { a: [await 1, 'x', null] }; }"), {
    value: { a: [1, "x", null] },
  });
  assert.deepEqual(await outcome("const f = (x: number) => [new Float32Array([x, 0.5])];", 2), { value: [[2, 0.5]] });
  assert.deepEqual(await outcome("function f() {}"), { odd: "undefined" });
  assert.deepEqual(await outcome("function f() { return [NaN]; }"), { odd: "[ NaN ]" });
  assert.deepEqual(await outcome("function f() { throw new RangeError('no'); }"), { error: "RangeError: no" });
});

Deno.test("run() names what ends a cell before it answers", async () => {
  assert.match(Object(await outcome("function f( {")).error, /^error: /);
  assert.match(Object(await outcome("const g = 1;")).error, /f is not defined/);
  const [late] = await run({ source: "function f() { while (true); }", name: "f", inputs: [[]], timeoutMs: 500 });
  assert.deepEqual(late, { error: "It took longer than 0.5 s." });
});

Deno.test("run() keeps what a call gave when a later one ends the process, and reads no forged answer", async () => {
  const source = `function f(x: number) {\n  console.log('{"value":1}');\n  if (x > 1) Deno.exit();\n  return x;\n}`;
  const [first, second] = await run({ source, name: "f", inputs: [[1], [2]] });
  assert.deepEqual(first, { value: 1 });
  assert.deepEqual(second, { error: "It ended without an answer." });
});

Deno.test("run() lets a cell read no file, no variable and no module", async () => {
  const denied = [
    `return Deno.readTextFileSync(${JSON.stringify(import.meta.filename)});`,
    "return Deno.env.get('HOME');",
    "return new Deno.Command('ls').outputSync().code;",
    "return fetch('http://127.0.0.1:8099').then((answer) => answer.text());",
    `return eval("im" + "port(" + ${JSON.stringify(JSON.stringify(import.meta.resolve("./notebooks.ts")))} + ")");`,
  ];
  for (const body of denied) {
    const said = await outcome(`async function f() {\n  ${body}\n}`);
    assert.match(Object(said).error, /NotCapable|Requires (read|env|run|net) access/, body);
  }
  const imported = await outcome(
    `import answers from ${JSON.stringify(import.meta.url)};\nfunction f() { return answers; }`,
  );
  assert.match(Object(imported).error, /import and export may not stand in it/);
});

Deno.test("run() gives a cell the library's names that its exercise uses, and nothing more to read", async () => {
  const source = "async function f(x: number) {\n  return await tensor([x, 2]).mul(3).toList();\n}";
  const [value] = await run({ source, name: "f", inputs: [[1]], uses: ["tensor"] });
  assert.deepEqual(value, { value: [3, 6] });
  const reading = `function f() {\n  return Deno.readTextFileSync(${JSON.stringify(import.meta.filename)});\n}`;
  const [said] = await run({ source: reading, name: "f", inputs: [[]], uses: ["tensor"] });
  assert.match(Object(said).error, /Requires read access/);
});

for (
  const [change, message] of [
    [{ id: "4.1" }, 'exercise test 4.1: id is "4.1"; use q and a number.'],
    [{ points: 0 }, "exercise test q1: points are 0; use a whole number from 1."],
    [{ solution: " " }, "exercise test q1: solution is empty; write what earns all points."],
    [{ solution: "const half = 1;" }, "exercise test q1: solution declares no function; begin a line with one."],
    [{ cases: half.cases.slice(1) }, "exercise test q1: it has 3 hidden cases; give at least 4."],
    [
      { cases: [...half.cases, { input: [1], expected: [NaN] }] },
      "exercise test q1: case 5 holds what JSON does not; use finite numbers, text, lists, records.",
    ],
  ] as const
) {
  Deno.test(`exercise() refuses ${JSON.stringify(change).slice(0, 40)}`, () => {
    assert.throws(() => exercise({ ...half, ...change }), { name: "RangeError", message });
  });
}

Deno.test("exercise() wants a rubric whose points add up", () => {
  const open = {
    notebook: "test",
    id: "q2",
    points: 3,
    solution: "An answer.",
    rubric: [{ points: 2, criterion: "Says why." }],
  };
  assert.throws(() => exercise(open), {
    message: "exercise test q2: its criteria have 2 points together; give it 2, not 3.",
  });
  assert.equal(exercise({ ...open, points: 2 }).points, 2);
});

Deno.test("functionName() is the first one that a cell declares", () => {
  assert.equal(
    functionName("const a = 1;\n\nasync function load() {\n  function inner() {}\n}\nfunction b() {}"),
    "load",
  );
  assert.equal(functionName("const a = () => 1;"), undefined);
});
