// Reference numbers from PyTorch (tests/fixtures), read as typed arrays.

import { readSafetensors } from "../lib/models/safetensors.ts";
import type { StoredTensor } from "../lib/models/stored_tensor.ts";
import { readFixture } from "./fixture_files.ts";

export interface Reference {
  shape: readonly number[];
  data: Float32Array | Int32Array;
}

/** All tensors of a fixture file, int32 and float32. */
export function goldenTensors(path: string): Map<string, Reference> {
  const stored = readSafetensors(readFixture(path), path);
  return new Map([...stored].map(([name, tensor]) => [name, { shape: tensor.shape, data: values(tensor) }]));
}

function values({ dtype, bytes }: StoredTensor): Float32Array | Int32Array {
  const { buffer } = bytes.slice();
  return dtype === "I32" ? new Int32Array(buffer) : new Float32Array(buffer);
}

/** A fixture of JSON; its type is the caller's to know. */
export function goldenJson<T>(path: string): T {
  return JSON.parse(new TextDecoder().decode(readFixture(path)));
}

/** One row of ops.json: an op on given inputs, with PyTorch's output and gradients. */
export interface OpRow {
  readonly name: string;
  readonly op: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly inputs: ReadonlyMap<string, Reference>;
  /**
   * The output, the upstream gradient, and the gradients by input; each with its tolerance (largest absolute difference).
   * Several outputs (attention's y and probs) stand one after the other.
   */
  readonly output: Reference & { tolerance: number };
  readonly upstream: Reference | undefined;
  readonly gradients: ReadonlyMap<string, Reference & { tolerance: number }>;
}

interface StoredRow {
  name: string;
  op: string;
  attrs: Record<string, unknown>;
  inputs: Record<string, string>;
  outputs: Record<string, string>;
  upstream: Record<string, string>;
  grads: Record<string, string>;
  tolerance: Record<string, number>;
}

let rows: OpRow[] | undefined;

/** The rows of ops.json for one op. @throws Error where there are none: a test that compares nothing cannot fail */
export function goldenRows(op: string): OpRow[] {
  rows ??= readRows();
  const found = rows.filter((row) => row.op === op);
  if (found.length === 0) throw new Error(`ops.json has no row for "${op}".`);
  return found;
}

function readRows(): OpRow[] {
  const tensors = goldenTensors("ops.safetensors");
  const { cases } = goldenJson<{ cases: StoredRow[] }>("ops.json");
  const at = (key: string) => {
    const tensor = tensors.get(key);
    if (!tensor) throw new Error(`ops.safetensors lacks "${key}".`);
    return tensor;
  };
  return cases.map((row) => ({
    name: row.name,
    op: row.op,
    attrs: row.attrs,
    inputs: new Map(Object.entries(row.inputs).map(([name, key]) => [name, at(key)])),
    output: {
      ...joined(Object.values(row.outputs).map(at)),
      tolerance: Math.max(...Object.values(row.outputs).map((key) => row.tolerance[key] ?? 0)),
    },
    upstream: row.upstream.y ? joined(Object.values(row.upstream).map(at)) : undefined,
    gradients: new Map(
      Object.entries(row.grads).map(([name, key]) => [name, { ...at(key), tolerance: row.tolerance[key] ?? 0 }]),
    ),
  }));
}

function joined(parts: readonly Reference[]): Reference {
  if (parts.length === 1) return parts[0];
  const data = Float32Array.from(parts.flatMap((part) => Array.from(part.data)));
  return { shape: [data.length], data };
}
