// One tensor of a weight file: its type, its shape and where its values lie. Values are read in pieces and widened to float32, as
// 16 bits are a way to store weights here, never one to compute with.

import type { ByteSource } from "../hub/mod.ts";
import { type Shape, sizeOf } from "../tensor/mod.ts";

/** One tensor of a file in memory; `bytes` is a view. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: Shape;
  readonly bytes: Uint8Array;
}

/** One tensor of a file that is not read yet. */
export interface TensorSource {
  readonly dtype: string;
  readonly shape: Shape;
  readonly source: ByteSource;
  /** The byte at which the first value lies. */
  readonly start: number;
  /** Values from one place of each axis to the next, where they do not lie one after the other (row-major). */
  readonly strides?: Shape;
}

/** Some values of a tensor, row-major, from number `start` on. */
export interface Piece {
  readonly start: number;
  readonly values: Float32Array;
}

const BYTES_PER_VALUE: ReadonlyMap<string, number> = new Map(Object.entries({
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
}));

/** 4 MiB of float32: what lies in memory beside the model while it is loaded. */
const PIECE_VALUES = 2 ** 20;

/** Undefined for a dtype that is not read. */
export function bytesPerValue(dtype: string): number | undefined {
  return BYTES_PER_VALUE.get(dtype);
}

/** The values of a tensor as float32, piece by piece. @throws TypeError for a dtype that holds no weights */
export async function* floatPieces(tensor: TensorSource, name: string): AsyncGenerator<Piece> {
  const { dtype, shape, source, start, strides } = tensor;
  const width = bytesPerValue(dtype) ?? 0;
  const size = sizeOf(shape);
  const decode = async (first: number, count: number) =>
    toFloat32({ dtype, shape: [count], bytes: await source.read(start + first * width, count * width) }, name);
  const span = strides && await decode(0, spanOf(shape, strides));
  for (let at = 0; at < size; at += PIECE_VALUES) {
    const count = Math.min(PIECE_VALUES, size - at);
    yield { start: at, values: span ? gathered(span, shape, strides, at, count) : await decode(at, count) };
  }
}

/** All values of a tensor as float32. @throws TypeError for a dtype that holds no weights */
export async function floatValues(tensor: TensorSource, name: string): Promise<Float32Array> {
  const all = new Float32Array(sizeOf(tensor.shape));
  for await (const { start, values } of floatPieces(tensor, name)) all.set(values, start);
  return all;
}

/** The number of stored values from a tensor's first to its last. */
export function spanOf(shape: Shape, strides: Shape): number {
  return sizeOf(shape) === 0 ? 0 : 1 + shape.reduce((sum, length, axis) => sum + (length - 1) * strides[axis], 0);
}

/** `count` values, row-major, from number `first` on, of a tensor that lies in `span` with these strides. */
function gathered(span: Float32Array, shape: Shape, strides: Shape, first: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    let [rest, place] = [first + i, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += (rest % shape[axis]) * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    return span[place];
  });
}

/**
 * The values as float32, in memory of their own unless `bytes` is all of its buffer: F16 and BF16 are widened exactly.
 * @throws TypeError for a dtype that holds no weights
 */
export function toFloat32({ dtype, bytes }: StoredTensor, name: string): Float32Array {
  // aligned, as typed arrays ask for; pieces that were read for this are not copied again
  const own = () => (bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice()).buffer;
  switch (dtype) {
    case "F32":
      return new Float32Array(own());
    case "F64":
      return Float32Array.from(new Float64Array(own()));
    case "F16":
      return Float32Array.from(new Float16Array(own()));
    case "BF16": // the upper half of a float32
      return new Float32Array(Uint32Array.from(new Uint16Array(own()), (half) => half << 16).buffer);
    default:
      throw new TypeError(`"${name}" holds ${dtype} values; weights are F32, F16, BF16 or F64.`);
  }
}

/** What every reader of weights says of a file that makes no sense. */
export function damaged(name: string, what: string): RangeError {
  return new RangeError(`${name}: ${what}; the file is damaged, fetch it again.`);
}
