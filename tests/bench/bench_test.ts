// The bench's own arithmetic: what decides that a bar is met, that sides did the same work, and what a kernel moves.

import assert from "node:assert/strict";
import { barRow, disagreement } from "../../bench/report.ts";
import { denoSide, type Family, type Outcomes } from "../../bench/runner.ts";
import type { Result } from "../../bench/side.ts";
import { type Call, watchKernels } from "../../bench/watch.ts";
import { initialValues, transposed } from "../../bench/weights.ts";
import { createCpuBackend } from "../../lib/backend/cpu/mod.ts";

const [ours, fast, slow] = ["ours", "fast", "slow"].map((name) => denoSide(name, "side.ts", []));
const figure = "ms a step";
const bar = {
  work: "step",
  against: "others",
  ours: { side: ours, figure },
  others: [slow, fast].map((side) => ({ side, figure })),
  atMost: 0.5,
};
const results = (values: number[], check = 1): { results: Result[] } => ({
  results: values.map((value) => ({ figures: { [figure]: value }, check, note: "" })),
});
const outcomesOf = (mine: number[], check = 1): Outcomes =>
  new Map([[ours, results(mine, check)], [fast, results([10, 30, 20])], [slow, results([90, 25, 80])]]);

Deno.test("barRow() takes the medians, the best of the others, and each round's own ratio", () => {
  assert.deepEqual(barRow(bar, outcomesOf([9, 10, 11])), [
    "step",
    "others",
    "10.0",
    "20.0",
    "0.500 (0.400–0.900)",
    "0.50",
    "met",
  ]);
  assert.equal(barRow(bar, outcomesOf([9, 10.1, 11])).at(-1), "missed");
});

Deno.test("barRow() says why there is no ratio when a side cannot run, and goes on with the others", () => {
  const [, , , , reason, , verdict] = barRow(bar, new Map([...outcomesOf([1]), [ours, { reason: "no BLAS" }]]));
  assert.deepEqual([reason, verdict], ["not compared: no BLAS", ""]);
  const withoutFast = new Map([...outcomesOf([10, 10, 10]), [fast, { reason: "not here" }]]);
  assert.equal(barRow(bar, withoutFast)[3], "80.0");
});

Deno.test("disagreement() names two sides when their checks differ or are NaN", () => {
  const family: Family = { title: "", notes: "", sides: [ours, fast, slow], rounds: 3, bars: [bar] };
  assert.equal(disagreement(family, outcomesOf([1], 1.00005)), undefined);
  assert.match(disagreement(family, outcomesOf([1], 1.0002)) ?? "", /^ours and fast did not do the same work/);
  assert.match(disagreement(family, outcomesOf([1], NaN)) ?? "", /NaN/);
});

Deno.test("initialValues() gives what bench/peers/common.py gives", () => {
  // python: initial_values("bert.pooler.dense.weight", (5,)).tolist()
  const expected = [
    0.01243522297590971,
    0.01469716988503933,
    0.026846904307603836,
    0.0250837542116642,
    -0.001902633928693831,
  ];
  assert.deepEqual([...initialValues("bert.pooler.dense.weight", 5)], expected);
  assert.deepEqual([...initialValues("bert.embeddings.LayerNorm.weight", 2)], [1, 1]);
  assert.deepEqual([...initialValues("classifier.bias", 2)], [0, 0]);
});

Deno.test("transposed() turns (rows, columns) into (columns, rows)", () => {
  assert.deepEqual([...transposed(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 3)], [1, 4, 2, 5, 3, 6]);
});

Deno.test("watchKernels() counts a product's arithmetic and each buffer's bytes once, twice where it is updated", async () => {
  const plain = await createCpuBackend({ threads: 1, blas: "none" });
  const calls: Call[] = [];
  const backend = watchKernels(plain, (call) => calls.push(call));
  const [x, weight, bias, y] = [6, 12, 4, 8].map((size) => backend.allocate(4 * size, "test"));
  for (const [buffer, size] of [[x, 6], [weight, 12], [bias, 4]]) backend.write(buffer, new Float32Array(size).fill(1));
  backend.run("linear", [x, weight, bias], [y], { rows: 2, n: 4, k: 3 });
  backend.runAll("accumulate", [{ inputs: [y], outputs: [y], uniforms: { size: 8 } }]);
  assert.deepEqual([...await backend.read(y, "float32", 8)], Array(8).fill(8));
  backend.close();
  assert.deepEqual(calls.map(({ kernel, shape, flops, bytes }) => ({ kernel, shape, flops, bytes })), [
    { kernel: "linear", shape: "2 x 4 x 3", flops: 48, bytes: 4 * 30 },
    { kernel: "accumulate", shape: "8", flops: 0, bytes: 4 * 24 },
  ]);
});
