// The one helper that proves an op: shapes, forward and every gradient, against PyTorch's numbers on every device, against central
// differences in float64, and device against device on odd shapes.

import assert from "node:assert/strict";
import type { HostArray } from "../lib/backend/backend.ts";
import { backward, noGrad } from "../lib/autograd/mod.ts";
import { Random, scope, type Shape, sizeOf, type Tensor, tensor } from "../lib/tensor/mod.ts";
import { type DeviceName, deviceTest, onDevice } from "./devices.ts";
import { goldenRows, type OpRow } from "./golden.ts";

/** Values of one input: float values get a gradient, whole numbers are ids and labels. */
export type Values = { readonly shape: Shape; readonly data: Float64Array | Int32Array };

/** One call of the op on inputs of chosen shapes and values. */
export interface OpCase {
  readonly name: string;
  readonly inputs: readonly Values[];
  readonly call: (inputs: readonly Tensor[]) => Tensor;
  /** Where set, why central differences say nothing here (a gradient that is left out on purpose, an infinite input). */
  readonly noDifferences?: string;
}

/** How rows of ops.json map to the op. */
export interface OpReference {
  /** The op's name in ops.json. */
  readonly op: string;
  /** Input names in the op's order. */
  readonly inputs: readonly string[];
  /** Calls the op with a row's attributes. */
  readonly call: (inputs: readonly Tensor[], attrs: Readonly<Record<string, unknown>>, row: OpRow) => Tensor;
  /** Rows left out, by name, with the reason. */
  readonly except?: Readonly<Record<string, string>>;
  /** The rows meant, by name, where the op's rows differ in their inputs; all of them where left out. */
  readonly only?: readonly string[];
}

export interface OpTest {
  readonly name: string;
  readonly references?: readonly OpReference[];
  readonly cases: readonly OpCase[];
  /** Largest difference of a float32 device from float64, as a share of the largest value (and 1). */
  readonly tolerance?: number;
}

const devices: readonly DeviceName[] = ["float64", "cpu", "webgpu"];

export function testOp({ name, references = [], cases, tolerance = 2e-5 }: OpTest): void {
  for (const device of devices) {
    for (const reference of references) {
      const rows = rowsOf(reference);
      assert.ok(rows.length > 0, `${name}: every row of "${reference.op}" is left out`);
      deviceTest(device, `${name} gives PyTorch's numbers in ${rows.length} rows of ${reference.op}`, async () => {
        for (const row of rows) await compareWithRow(reference, row);
      });
    }
  }
  const smooth = cases.filter((test) => !test.noDifferences);
  if (smooth.length > 0) {
    deviceTest("float64", `${name} has the gradient of central differences over ${smooth.length} shapes`, async () => {
      for (const test of smooth) await compareWithDifferences(test);
    });
  }
  for (const device of ["cpu", "webgpu"] as const) {
    deviceTest(device, `${name} agrees with float64 over ${cases.length} shapes`, async () => {
      for (const test of cases) {
        const upstream = await upstreamFor(test);
        const expected = await onDevice("float64", () => evaluate(test.inputs, test.call, upstream));
        const found = await evaluate(test.inputs, test.call, upstream);
        assert.deepEqual(found.shape, expected.shape, `${test.name}: shape`);
        assertClose(found.y, expected.y, tolerance * scaleOf(expected.y), `${test.name}: forward`);
        expected.gradients.forEach((gradient, i) => {
          if (gradient) {
            assertClose(found.gradients[i]!, gradient, tolerance * scaleOf(gradient), `${test.name}: gradient ${i}`);
          }
        });
      }
    });
  }
}

function rowsOf({ op, except = {}, only }: OpReference): OpRow[] {
  const rows = goldenRows(op);
  for (const named of [...Object.keys(except), ...only ?? []]) {
    assert.ok(rows.some((row) => row.name === named), `ops.json has no row "${named}" of "${op}"`);
  }
  return rows.filter(({ name }) => !(name in except) && (!only || only.includes(name)));
}

/** Normal numbers of a shape, the same every time. */
export function normalValues(shape: Shape, seed: number, scale = 1): Values {
  const random = new Random(seed);
  return { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(scale * random.normal())) };
}

/** Whole numbers in [from, end), the same every time. */
export function integerValues(shape: Shape, seed: number, end: number, from = 0): Values {
  const random = new Random(seed);
  return { shape, data: Int32Array.from({ length: sizeOf(shape) }, () => from + random.integer(end - from)) };
}

interface Evaluation {
  shape: Shape;
  y: HostArray;
  gradients: (HostArray | null)[];
}

/** Runs a call on the current device, forward and backward from `upstream`. */
async function evaluate(
  inputs: readonly Values[],
  call: OpCase["call"],
  upstream: HostArray | null,
): Promise<Evaluation> {
  return await scope(async () => {
    const tensors = inputs.map(toTensor);
    const y = call(tensors);
    if (upstream) backward(y, tensor(upstream, y.shape));
    return {
      shape: y.shape,
      y: await readValues(y),
      gradients: await Promise.all(tensors.map((x) => x.grad ? readValues(x.grad) : null)),
    };
  });
}

function toTensor({ shape, data }: Values): Tensor {
  const made = tensor(data, shape);
  made.requiresGrad = data instanceof Float64Array;
  return made;
}

/** Values as the device has them: float64 stays float64, which `data()` would round. */
async function readValues(x: Tensor): Promise<HostArray> {
  return x.size === 0 ? new Float64Array() : await x.backend.read(x.buffer, x.dtype, x.size);
}

async function compareWithRow(reference: OpReference, row: OpRow): Promise<void> {
  const inputs = reference.inputs.map((name): Values => {
    const found = row.inputs.get(name);
    assert.ok(found, `${row.name} has no input "${name}"`);
    return { shape: found.shape, data: found.data instanceof Int32Array ? found.data : Float64Array.from(found.data) };
  });
  const found = await evaluate(
    inputs,
    (tensors) => reference.call(tensors, row.attrs, row),
    row.upstream?.data ?? null,
  );
  assert.equal(sizeOf(found.shape), row.output.data.length, `${row.name}: size of the output`);
  assertClose(found.y, row.output.data, row.output.tolerance, `${row.name}: forward`);
  for (const [name, gradient] of row.gradients) {
    const at = reference.inputs.indexOf(name);
    assert.ok(at >= 0 && found.gradients[at], `${row.name}: no gradient of "${name}"`);
    assertClose(found.gradients[at], gradient.data, gradient.tolerance, `${row.name}: gradient of ${name}`);
  }
}

async function compareWithDifferences({ name, inputs, call }: OpCase): Promise<void> {
  const test = { name, inputs, call };
  const upstream = await upstreamFor(test);
  const analytic = await evaluate(inputs, call, upstream);
  const lossOf = async (changed: readonly Values[]) => {
    const { y } = await noGrad(() => evaluate(changed, call, null));
    return Array.from(y).reduce((sum, value, i) => sum + value * upstream[i], 0);
  };
  for (const [i, input] of inputs.entries()) {
    if (!(input.data instanceof Float64Array)) continue;
    const numeric = new Float64Array(input.data.length);
    for (let at = 0; at < numeric.length; at++) {
      const h = 1e-5 * Math.max(1, Math.abs(input.data[at]));
      const shifted = async (by: number) => {
        const data = Float64Array.from(input.data);
        data[at] += by;
        return await lossOf(inputs.map((value, j) => (j === i ? { ...value, data } : value)));
      };
      numeric[at] = (await shifted(h) - await shifted(-h)) / (2 * h);
    }
    assert.ok(analytic.gradients[i] || numeric.length === 0, `${name}: no gradient of input ${i}`);
    if (analytic.gradients[i]) {
      assertClose(analytic.gradients[i], numeric, 1e-7 * scaleOf(numeric), `${name}: gradient ${i}`);
    }
  }
}

/** A fixed upstream gradient in the shape of the call's output. */
async function upstreamFor({ inputs, call }: OpCase): Promise<Float64Array> {
  const size = await onDevice("float64", () => noGrad(() => scope(() => call(inputs.map(toTensor)).size)));
  return Float64Array.from(normalValues([size], 99).data);
}

/** The largest finite value, and at least 1. */
function scaleOf(values: HostArray): number {
  return Array.from(values, Math.abs).reduce((most, value) => Number.isFinite(value) ? Math.max(most, value) : most, 1);
}

/** Every value within `tolerance`; NaN only where NaN is expected, infinities (also what is too large for float32) equal. */
export function assertClose(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(found.length, expected.length, `${what}: number of values`);
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [found[i], expected[i]];
    const close = Object.is(a, Math.fround(b)) || Math.abs(a - b) <= tolerance;
    assert.ok(close, `${what}: value ${i} is ${a}, expected ${b} within ${tolerance}`);
  }
}
