// Writing safetensors (the format is described in safetensors.ts) tensor by tensor: shapes are known before any value is read, so the
// header goes first and no more than one tensor lies in memory.

import { type Shape, sizeOf, type Tensor } from "../tensor/mod.ts";

/** How a tensor's values are stored; "float16" and "bfloat16" round to nearest, ties to even. */
export type StorageDType = "float32" | "float16" | "bfloat16";

/** A tensor to be written; its values are asked for when their turn comes. */
export interface WritableTensor {
  readonly shape: Shape;
  values(): Float32Array | Promise<Float32Array>;
}

const FORMATS = {
  float32: { code: "F32", bytes: 4, encode: (values: Float32Array) => values },
  float16: { code: "F16", bytes: 2, encode: (values: Float32Array) => Float16Array.from(values) },
  bfloat16: { code: "BF16", bytes: 2, encode: (values: Float32Array) => Uint16Array.from(bits(values), upperHalf) },
};

/** Bytes of one value. */
export function bytesOf(dtype: StorageDType): number {
  return FORMATS[dtype].bytes;
}

/** What is to be written of a tensor on a device. */
export function writable(tensor: Tensor): WritableTensor {
  const { shape } = tensor;
  return {
    shape,
    async values() {
      const values = await tensor.data();
      return values instanceof Float32Array ? values : Float32Array.from(values);
    },
  };
}

/**
 * The content of a file, in pieces, with the metadata that Transformers asks for. Names are sorted and the header padded to 8 bytes, as
 * Python writes them.
 */
export async function* writeSafetensors(
  tensors: ReadonlyMap<string, WritableTensor>,
  dtype: StorageDType = "float32",
): AsyncGenerator<Uint8Array> {
  const names = [...tensors.keys()].sort();
  yield header(names.map((name) => [name, tensors.get(name)!.shape]), dtype);
  for (const name of names) {
    const { buffer, byteOffset, byteLength } = FORMATS[dtype].encode(await tensors.get(name)!.values());
    yield new Uint8Array(buffer, byteOffset, byteLength);
  }
}

function header(entries: readonly (readonly [string, Shape])[], dtype: StorageDType): Uint8Array<ArrayBuffer> {
  const described: Record<string, unknown> = { __metadata__: { format: "pt" } };
  let end = 0;
  for (const [name, shape] of entries) {
    const start = end;
    end += sizeOf(shape) * FORMATS[dtype].bytes;
    described[name] = { dtype: FORMATS[dtype].code, shape, data_offsets: [start, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(described));
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + length).fill(0x20); // padded with spaces
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, 8);
  return bytes;
}

function bits(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}

/** A float32's bits rounded to those of bfloat16, its upper half. NaN stays NaN whatever its payload. */
function upperHalf(word: number): number {
  if ((word & 0x7fffffff) > 0x7f800000) return 0x7fc0;
  return (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
}
