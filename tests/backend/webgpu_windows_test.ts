// Buffers larger than one binding: every kernel whose work can be cut gives the numbers of the float64 loops when it is cut. A device
// that is shown 64 KiB of a buffer at once stands for one that is shown 128 MiB.

import assert from "node:assert/strict";
import type { Backend } from "../../lib/backend/backend.ts";
import { type KernelName, kernels } from "../../lib/backend/kernels.ts";
import { cuts } from "../../lib/backend/webgpu/cuts.ts";
import { createWebgpuBackend } from "../../lib/backend/webgpu/mod.ts";
import { windowsOf } from "../../lib/backend/webgpu/windows.ts";
import { createFloat64Backend } from "../backend_f64.ts";
import { adapter } from "../gpu.ts";
import { ids, normal, positive } from "./case_values.ts";
import { difference, type KernelCase, runCase } from "./kernel_case.ts";
import { largeCases } from "./large_cases.ts";

const LARGEST_BINDING = 64 * 1024;

/** Cases of the kernels of which large_cases.ts cuts too little, or too much for a quick test. */
const ownCases: { readonly [K in KernelName]?: readonly KernelCase<K>[] } = {
  matmul: [
    ...[0, 1, 2, 3].flatMap((flags) => [product(136, 132, 260, flags), product(131, 134, 250, flags)]),
    {
      name: "a batch",
      inputs: [normal(70 * 24 * 40), normal(70 * 40 * 36)],
      outputs: [70 * 24 * 36],
      uniforms: { batch: 70, m: 24, n: 36, k: 40, transposeA: 0, transposeB: 0, strideA: 24 * 40, strideB: 40 * 36 },
    },
  ],
  linear: [linear(520, 36, 64), linear(24, 700, 64), linear(140, 300, 132), linear(131, 290, 67)],
  sum_of_squares: [{
    name: "in chunks of a window",
    inputs: [normal(100_000)],
    outputs: [normal(9)],
    uniforms: { size: 100_000, first: 2 },
  }],
  adamw_catch_up: [{
    name: "a long table",
    inputs: [Int32Array.of(0, 1999, 700, 701), Int32Array.of(0, 1, 2, 3), positive(12)],
    outputs: [normal(2000 * 40), normal(2000 * 40), positive(2000 * 40)],
    uniforms: { rows: 4, columns: 40, steps: 4, beta1: 0.9, beta2: 0.999, eps: 1e-8 },
  }],
  adamw_rows: [{
    name: "a long table",
    inputs: [normal(900 * 40), Int32Array.from({ length: 900 }, (_, i) => (i * 7) % 2000)],
    outputs: [normal(2000 * 40), normal(2000 * 40), positive(2000 * 40)],
    uniforms: {
      ...{ rows: 900, columns: 40, beta1: 0.9, beta2: 0.999, oneMinusBeta1: 0.1, oneMinusBeta2: 0.001 },
      ...{ decay: 0.99, stepSize: 0.01, inverseSqrtCorrection2: 1.5, eps: 1e-8 },
    },
  }],
  embedding_grad: [{
    name: "a long table",
    inputs: [ids(300, 2000, 0, -1, 1999, 7), normal(300 * 40)],
    outputs: [2000 * 40],
    uniforms: { rows: 300, columns: 40, vocabulary: 2000, paddingIndex: 7 },
  }],
  embedding: [{
    name: "whole vectors",
    inputs: [normal(2000 * 40), ids(900, 2000, 0, -1, 1999)],
    outputs: [900 * 40],
    uniforms: { rows: 900, columns: 40 },
  }],
};

function product(m: number, n: number, k: number, flags: number): KernelCase<"matmul"> {
  const [transposeA, transposeB] = [flags & 1, flags >> 1];
  return {
    name: `${m} x ${k} by ${k} x ${n}, transposed ${transposeA} ${transposeB}`,
    inputs: [normal(m * k), normal(k * n)],
    outputs: [m * n],
    uniforms: { batch: 1, m, n, k, transposeA, transposeB, strideA: 0, strideB: 0 },
    tolerance: 2e-5,
  };
}

function linear(rows: number, n: number, k: number): KernelCase<"linear"> {
  return {
    name: `${rows} x ${k} to ${n}`,
    inputs: [normal(rows * k), normal(n * k), normal(n)],
    outputs: [rows * n],
    uniforms: { rows, n, k },
    tolerance: 2e-5,
  };
}

/** How many windows a case takes; throws what the device would. */
function countWindows<K extends KernelName>(kernel: K, c: KernelCase<K>): number {
  const sizes = [...c.inputs, ...c.outputs].map((values) => typeof values === "number" ? values : values.length);
  const limits = { numbersOf: (i: number) => sizes[i], labelOf: () => "test", largest: LARGEST_BINDING / 4 };
  return windowsOf<K>(kernel, sizes.map((_, i) => i), c.uniforms, limits).length;
}

async function checkCut<K extends KernelName>(gpu: Backend, float64: Backend, kernel: K): Promise<number> {
  const cases: readonly KernelCase<K>[] = ownCases[kernel] ?? largeCases[kernel];
  let cutCases = 0;
  for (const c of cases) {
    try {
      if (countWindows(kernel, c) < 2) continue;
    } catch (error) {
      if (error instanceof RangeError && /cannot be divided/.test(error.message)) continue;
      throw error;
    }
    cutCases++;
    const [actual, expected] = [await runCase(gpu, kernel, c), await runCase(float64, kernel, c)];
    expected.forEach((values, i) => {
      const found = difference(actual[i], values, c.tolerance);
      assert.equal(found && `${c.name}: ${kernels[kernel].outputs[i]}: ${found}`, undefined);
    });
  }
  return cutCases;
}

for (const isSoftware of [true, false]) {
  Deno.test({
    name: `webgpu kernels cut into windows give the numbers of the float64 loops, for ${
      isSoftware ? "software" : "GPUs"
    }`,
    ignore: !adapter,
    async fn(t) {
      const gpu = await createWebgpuBackend(adapter, isSoftware, LARGEST_BINDING);
      const float64 = createFloat64Backend();
      for (const kernel of Object.keys(cuts).filter((name): name is KernelName => name in kernels)) {
        if (cuts[kernel].length === 0) continue;
        await t.step(kernel, async () => {
          assert.ok(await checkCut(gpu, float64, kernel) > 0, "no case of it was cut");
        });
      }
      assert.equal(gpu.memory().buffers, 0);
      gpu.close();
      await gpu.lost;
    },
  });
}

Deno.test({
  name: "webgpu a buffer beyond one binding that no cut helps is named with its size and what would help",
  ignore: !adapter,
  async fn() {
    const gpu = await createWebgpuBackend(adapter, true, LARGEST_BINDING);
    const x = gpu.allocate(4 * 100_000, "transposed");
    const y = gpu.allocate(4 * 100_000, "y");
    gpu.run("fill", [], [x], { size: 100_000, value: 1 });
    assert.throws(
      () => gpu.run("softmax", [x], [y], { rows: 1, columns: 100_000 }),
      /^RangeError: softmax: x \("transposed"\) takes 0\.4 MB, but this GPU binds at most 0\.1 MB at once and this work/,
    );
    assert.deepEqual([...new Set(await gpu.read(x, "float32", 100_000))], [1], "the device goes on");
    gpu.close();
    await gpu.lost;
  },
});
