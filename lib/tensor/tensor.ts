// Tensor: shape, dtype and a counted buffer on one device. Arithmetic and `backward()` are attached in autograd/methods.ts.

import type { Backend, BufferId, DType, HostArray } from "../backend/backend.ts";
import { getBackend } from "../backend/current.ts";
import { keep, Scoped, trackInScope } from "./scope.ts";
import { resolveShape, type Shape, shapeText, sizeOf } from "./shape.ts";
import { Storage } from "./storage.ts";

/** The step of a graph that made a tensor; counted like a buffer. Autograd's Node is the only implementation. */
export interface GradientNode {
  retain(): void;
  release(): void;
}

/** A gradient that is not a tensor yet: the rows of a table alone (RowGradient), or one that is still to be clipped (ClippedGradient). */
export interface LazyGradient {
  /** Its values as a new tensor. */
  dense(): Tensor;
  dispose(): void;
}

/** What a tensor holds on to until it is disposed of or collected. */
interface Holdings {
  storage: Storage | null;
  node: GradientNode | null;
}

// A cell of a notebook can leave tensors behind; the collector finds them.
const collected = new FinalizationRegistry<Holdings>(release);

function release(holdings: Holdings): void {
  holdings.storage?.release();
  holdings.node?.release();
  holdings.storage = holdings.node = null;
}

export class Tensor extends Scoped {
  readonly shape: Shape;
  readonly dtype: DType;
  /** The op that made this tensor, for messages. */
  readonly createdBy: string;
  /** `grad` as `backward()` or clipping left it, until somebody reads it as a tensor. */
  gradient: Tensor | LazyGradient | null = null;
  /** True on parameters: `backward()` fills `grad`. */
  requiresGrad = false;
  /** int32 tensors made on the host keep their values, readable at once. */
  readonly hostData: Int32Array | undefined;
  readonly #holdings: Holdings;
  #disposed = false;
  #isWatched = false;

  /** Use `tensor(values)`; this takes over one reference of `storage`, or holds `hostData` until a kernel asks for it. */
  constructor(storage: Storage | null, shape: Shape, dtype: DType, createdBy: string, hostData?: Int32Array) {
    super();
    this.shape = shape;
    this.dtype = dtype;
    this.createdBy = createdBy;
    this.hostData = hostData;
    this.#holdings = { storage, node: null };
    trackInScope(this);
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** The gradient of the last `backward()`, on tensors with `requiresGrad`; added to until `zeroGrad`. */
  get grad(): Tensor | null {
    const { gradient } = this;
    if (gradient === null || gradient instanceof Tensor) return gradient;
    this.gradient = keep(gradient.dense());
    gradient.dispose();
    return this.gradient;
  }

  set grad(gradient: Tensor | null) {
    this.gradient = gradient;
  }

  /** The step of the graph that made this tensor, if gradients flow through it. */
  get node(): GradientNode | null {
    return this.#holdings.node;
  }

  /** Called once, by autograd's `apply`. Takes over one reference of `node`. */
  setNode(node: GradientNode): void {
    this.#holdings.node = node;
  }

  /** True where a gradient flows through this tensor. */
  get isDifferentiable(): boolean {
    return this.requiresGrad || this.node !== null;
  }

  /** @throws Error once disposed of */
  get storage(): Storage {
    this.#assertAlive();
    if (!this.#holdings.storage) {
      // int32 values wait on the host until a kernel needs them: many are only read there
      const backend = getBackend();
      const storage = Storage.allocate(backend, this.size, this.createdBy);
      if (this.hostData && this.size > 0) backend.write(storage.buffer, this.hostData);
      this.#holdings.storage = storage;
    }
    return this.#holdings.storage;
  }

  get backend(): Backend {
    return this.storage.backend;
  }

  get buffer(): BufferId {
    return this.storage.buffer;
  }

  /** The values, row-major; waits for the device. */
  async data(): Promise<Float32Array | Int32Array> {
    this.#assertAlive();
    if (this.hostData) return this.hostData.slice();
    const values = this.size === 0
      ? (this.dtype === "int32" ? new Int32Array() : new Float32Array())
      : await this.backend.read(this.buffer, this.dtype, this.size);
    return values instanceof Float64Array ? Float32Array.from(values) : values;
  }

  /** The one value of a tensor of one element. @throws RangeError where there are more or fewer */
  async item(): Promise<number> {
    if (this.size !== 1) {
      throw new RangeError(`item: a tensor of shape ${shapeText(this.shape)} has ${this.size} values, not one.`);
    }
    return (await this.data())[0];
  }

  /** The values as nested arrays, one level an axis (PyTorch's `tolist`). */
  async toList(): Promise<NestedNumbers> {
    return nest(Array.from(await this.data()), this.shape);
  }

  /** Overwrites the values; for weights that are loaded. @throws RangeError on another number of values */
  write(values: HostArray): void {
    if (values.length !== this.size) {
      throw new RangeError(`write: ${values.length} values do not fit a tensor of shape ${shapeText(this.shape)}.`);
    }
    this.writePart(0, values);
  }

  /** Overwrites the values from number `start` on (row-major), so that a large tensor never lies twice in memory. @throws RangeError past the end */
  writePart(start: number, values: HostArray): void {
    if (start < 0 || start + values.length > this.size) {
      throw new RangeError(
        `writePart: values ${start} to ${start + values.length} lie outside a tensor of shape ${
          shapeText(this.shape)
        }.`,
      );
    }
    if (values.length > 0) this.backend.write(this.buffer, floatsFor(this.backend, values), start);
  }

  /** A second tensor on the same memory, outside the graph; `shape` may differ where the size is the same. */
  alias(shape: Shape = this.shape, createdBy: string = this.createdBy): Tensor {
    this.#assertAlive();
    const resolved = resolveShape(shape, this.size);
    const storage = this.#holdings.storage?.retain() ?? null; // none yet where the values still wait on the host
    return new Tensor(storage, resolved, this.dtype, createdBy, this.hostData);
  }

  /** Gives the memory back once nothing else uses it. Disposing twice is harmless. */
  override dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#isWatched) collected.unregister(this);
    release(this.#holdings);
    this.gradient?.dispose();
    this.gradient = null;
  }

  override leaveToCollector(): void {
    if (this.#isWatched || this.#disposed) return;
    this.#isWatched = true;
    collected.register(this, this.#holdings, this);
  }

  override toString(): string {
    const state = this.#disposed ? ", disposed" : this.requiresGrad ? ", requiresGrad" : "";
    return `Tensor(${shapeText(this.shape)}, ${this.dtype}${state})`;
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString() };
  }

  #assertAlive(): void {
    if (!this.#disposed) return;
    throw new Error(
      `A tensor of shape ${shapeText(this.shape)} made by "${this.createdBy}" is used after it was freed; ` +
        `return it from its scope, or keep() it.`,
    );
  }
}

/** Numbers in arrays in arrays, all of one length by level. */
export type NestedNumbers = number | readonly NestedNumbers[];

export interface TensorOptions {
  shape?: Shape;
  dtype?: DType;
}

/**
 * A tensor of the given values. A Float32Array gives float32, an Int32Array int32, (nested) arrays of numbers float32 unless `dtype` says int32.
 * @throws RangeError where the nested arrays are ragged or `shape` does not fit
 */
export function tensor(values: HostArray | NestedNumbers, options: TensorOptions | Shape = {}): Tensor {
  const { shape, dtype } = Array.isArray(options)
    ? { shape: options as Shape, dtype: undefined }
    : options as TensorOptions;
  if (ArrayBuffer.isView(values)) {
    const type = dtype ?? (values instanceof Int32Array ? "int32" : "float32");
    return fromHost(values, resolveShape(shape ?? [values.length], values.length), type);
  }
  const found = shapeOf(values);
  const flat: number[] = [];
  flatten(values, found, 0, flat);
  return fromHost(Float64Array.from(flat), resolveShape(shape ?? found, flat.length), dtype ?? "float32");
}

function fromHost(values: HostArray, shape: Shape, dtype: DType): Tensor {
  if (dtype === "int32") {
    const ints = values instanceof Int32Array ? values : Int32Array.from(values);
    return new Tensor(null, shape, dtype, "tensor", ints);
  }
  const backend = getBackend();
  const storage = Storage.allocate(backend, values.length, "tensor");
  if (values.length > 0) backend.write(storage.buffer, floatsFor(backend, values));
  return new Tensor(storage, shape, dtype, "tensor");
}

/** Values as a device takes them: float32, and float64 where it computes in that. */
function floatsFor(backend: Backend, values: HostArray): HostArray {
  const fits = values instanceof Float32Array || backend.name === "float64";
  return fits ? values : Float32Array.from(values);
}

function shapeOf(values: NestedNumbers): number[] {
  if (typeof values === "number") return [];
  return values.length === 0 ? [0] : [values.length, ...shapeOf(values[0])];
}

function flatten(values: NestedNumbers, shape: Shape, axis: number, into: number[]): void {
  if (typeof values === "number") {
    if (axis === shape.length) {
      into.push(values);
      return;
    }
  } else if (axis < shape.length && values.length === shape[axis]) {
    for (const inner of values) flatten(inner, shape, axis + 1, into);
    return;
  }
  throw new RangeError(
    `tensor: the nested arrays are ragged at depth ${axis}; every row must be as long as the first (${
      shapeText(shape)
    }).`,
  );
}

function nest(flat: number[], shape: Shape): NestedNumbers {
  if (shape.length === 0) return flat[0];
  if (shape.length === 1) return flat;
  const step = sizeOf(shape.slice(1));
  return Array.from({ length: shape[0] }, (_, i) => nest(flat.slice(i * step, (i + 1) * step), shape.slice(1)));
}
