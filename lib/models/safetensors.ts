// The safetensors format: 8 bytes of header length, a JSON header (dtype, shape, data_offsets by name), then the values, little-endian.
// Source: the format description of the safetensors project. Every field is checked against the file's length.

import { type Shape, sizeOf } from "../tensor/mod.ts";

/** One tensor of a file; `bytes` is a view, copied only by `toFloat32`. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: Shape;
  readonly bytes: Uint8Array;
}

const BYTES_PER_VALUE: Readonly<Record<string, number>> = {
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
};

// As in the reference implementation: no sane header is longer.
const MAX_HEADER_BYTES = 100_000_000;

/** The tensors of a file by name. @param name the file, for messages @throws RangeError where the file is cut or its header makes no sense */
export function readSafetensors(file: Uint8Array, name: string): Map<string, StoredTensor> {
  const fail = (what: string): never => {
    throw new RangeError(`${name}: ${what}; the file is damaged, fetch it again.`);
  };
  if (file.length < 8) fail(`it has ${file.length} bytes, less than a safetensors header needs`);
  const headerBytes = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (headerBytes > MAX_HEADER_BYTES || 8 + headerBytes > file.length) {
    fail(`its header says ${headerBytes} bytes, but the file has ${file.length}`);
  }
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(file.subarray(8, 8 + headerBytes)));
  } catch {
    fail("its header is not JSON");
  }
  if (!isRecord(header)) return fail("its header is not an object");
  const values = file.subarray(8 + headerBytes);
  const tensors = new Map<string, StoredTensor>();
  for (const [key, entry] of Object.entries(header)) {
    if (key === "__metadata__") continue;
    if (!isRecord(entry)) return fail(`"${key}" is not described`);
    const { dtype, shape, data_offsets: offsets } = entry;
    if (typeof dtype !== "string" || !(dtype in BYTES_PER_VALUE)) {
      return fail(`"${key}" has the dtype ${JSON.stringify(dtype)}`);
    }
    if (!isCounts(shape)) return fail(`"${key}" has the shape ${JSON.stringify(shape)}`);
    if (!isCounts(offsets) || offsets.length !== 2) return fail(`"${key}" has the offsets ${JSON.stringify(offsets)}`);
    const [begin, end] = offsets;
    if (end - begin !== sizeOf(shape) * BYTES_PER_VALUE[dtype] || end > values.length) {
      return fail(
        `"${key}" of shape (${shape.join(", ")}) and dtype ${dtype} lies at ${begin}..${end} of ${values.length} bytes`,
      );
    }
    tensors.set(key, { dtype, shape, bytes: values.subarray(begin, end) });
  }
  return tensors;
}

/** The values as float32: F16 and BF16 are widened exactly. @throws TypeError for a dtype that holds no weights */
export function toFloat32({ dtype, bytes }: StoredTensor, name: string): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (dtype) {
    case "F32":
      return new Float32Array(bytes.slice().buffer);
    case "F64":
      return Float32Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(i * 8, true));
    case "F16":
      return Float32Array.from({ length: bytes.length / 2 }, (_, i) => view.getFloat16(i * 2, true));
    case "BF16": {
      const words = new Uint32Array(bytes.length / 2); // bfloat16 is the upper half of a float32
      for (let i = 0; i < words.length; i++) words[i] = view.getUint16(i * 2, true) << 16;
      return new Float32Array(words.buffer);
    }
    default:
      throw new TypeError(`"${name}" holds ${dtype} values; weights are F32, F16, BF16 or F64.`);
  }
}

/** A file of float32 tensors, with the metadata that Transformers asks for. Names are sorted and values aligned to 8 bytes, as Python writes them. */
export function writeSafetensors(
  tensors: ReadonlyMap<string, { shape: Shape; values: Float32Array }>,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
  const names = [...tensors.keys()].sort();
  let end = 0;
  for (const name of names) {
    const { shape, values } = tensors.get(name)!;
    header[name] = { dtype: "F32", shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerBytes + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, 8, 8 + headerBytes); // padded with spaces
  file.set(json, 8);
  let at = 8 + headerBytes;
  for (const name of names) {
    const { values } = tensors.get(name)!;
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}
