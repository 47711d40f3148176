// The reference backend: plain Float64Array loops, one kernel after the other. tests/float64 is the place to read what a kernel means; central
// differences are taken on it, and it is itself held to PyTorch's numbers by testOp. Slow on purpose: no trick, no thread.

import type { Backend, BufferId, HostArray } from "../lib/backend/backend.ts";
import type { Uniforms } from "../lib/backend/kernels.ts";
import { elementwise } from "./float64/elementwise.ts";
import type { Kernels } from "./float64/kernel.ts";
import { products } from "./float64/products.ts";
import { rows } from "./float64/rows.ts";
import { training } from "./float64/training.ts";

const kernels: Kernels = { ...elementwise, ...rows, ...products, ...training };

/** A backend of float64 loops, for tests. Memory is the collector's business. */
export function createFloat64Backend(): Backend {
  const buffers = new Map<BufferId, Float64Array>();
  let next = 1;
  let bytes = 0;
  const of = (id: BufferId) => {
    const buffer = buffers.get(id);
    if (!buffer) throw new Error(`float64 backend: buffer ${id} was freed.`);
    return buffer;
  };
  const backend: Backend = {
    name: "float64",
    allocate(size) {
      bytes += size;
      buffers.set(next, new Float64Array(size / 4).fill(NaN)); // what a kernel forgets to write shows
      return next++;
    },
    free(id) {
      bytes -= of(id).length * 4;
      buffers.delete(id);
    },
    write: (id, values, start = 0) => of(id).set(values, start),
    read(id, dtype, size) {
      const values = of(id).slice(0, size);
      return Promise.resolve<HostArray>(dtype === "int32" ? Int32Array.from(values) : values);
    },
    run(kernel, inputs, outputs, uniforms) {
      const body: (inputs: Float64Array[], outputs: Float64Array[], uniforms: Uniforms<typeof kernel>) => void =
        kernels[kernel];
      body(inputs.map(of), outputs.map(of), uniforms);
    },
    runAll(kernel, calls) {
      for (const { inputs, outputs, uniforms } of calls) backend.run(kernel, inputs, outputs, uniforms);
    },
    settle: () => Promise.resolve(),
    memory: () => ({ inUse: bytes, buffers: buffers.size, reserved: bytes }),
    report: () => ({ name: "float64", adapter: null, blas: null, threads: 1, reason: "the tests' reference" }),
    close: () => buffers.clear(),
  };
  return backend;
}
