// The safetensors format: 8 bytes of header length, a JSON header (dtype, shape, data_offsets by name), then the values, little-endian.
// Source: the format description of the safetensors project. Every field is checked against the file's length before it is believed.

import type { ByteSource } from "../hub/mod.ts";
import { type Shape, sizeOf } from "../tensor/mod.ts";
import { bytesPerValue, damaged, type StoredTensor, type TensorSource } from "./stored_tensor.ts";

/** Where a tensor lies in its file, in bytes. */
interface Place {
  readonly dtype: string;
  readonly shape: Shape;
  readonly start: number;
  readonly end: number;
}

// As in the reference implementation: no sane header is longer.
const MAX_HEADER_BYTES = 100_000_000;
const LENGTH_BYTES = 8;

/** The tensors of a file in memory, by name. @param name the file, for messages @throws RangeError where the file is cut or its header makes no sense */
export function readSafetensors(file: Uint8Array, name: string): Map<string, StoredTensor> {
  const headerBytes = headerLength(file.subarray(0, LENGTH_BYTES), file.length, name);
  const places = parseHeader(file.subarray(LENGTH_BYTES, LENGTH_BYTES + headerBytes), file.length, name);
  return mapValues(places, ({ dtype, shape, start, end }) => ({ dtype, shape, bytes: file.subarray(start, end) }));
}

/** The tensors of a file by name; only its header is read. @throws RangeError where the file is cut or its header makes no sense */
export async function openSafetensors(source: ByteSource): Promise<Map<string, TensorSource>> {
  const { name, size } = source;
  const headerBytes = headerLength(await source.read(0, Math.min(size, LENGTH_BYTES)), size, name);
  const places = parseHeader(await source.read(LENGTH_BYTES, headerBytes), size, name);
  return mapValues(places, ({ dtype, shape, start }) => ({ dtype, shape, source, start }));
}

function headerLength(first: Uint8Array, size: number, name: string): number {
  if (size < LENGTH_BYTES) throw damaged(name, `it has ${size} bytes, less than a safetensors header needs`);
  const length = Number(new DataView(first.buffer, first.byteOffset).getBigUint64(0, true));
  if (length <= MAX_HEADER_BYTES && LENGTH_BYTES + length <= size) return length;
  throw damaged(name, `its header says ${length} bytes, but the file has ${size}`);
}

/** Tensors must follow each other without holes or overlaps and fill the file, as the reference implementation demands. */
function parseHeader(header: Uint8Array, size: number, name: string): Map<string, Place> {
  const places = new Map<string, Place>();
  const valuesAt = LENGTH_BYTES + header.length;
  for (const [key, entry] of Object.entries(parseObject(header, name))) {
    if (key !== "__metadata__") places.set(key, placeOf(key, entry, valuesAt, size, name));
  }
  let end = valuesAt;
  for (const [key, place] of [...places].sort(([, a], [, b]) => a.start - b.start || a.end - b.end)) {
    if (place.start !== end) throw damaged(name, `"${key}" begins at byte ${place.start}, not at ${end}`);
    end = place.end;
  }
  if (end !== size) throw damaged(name, `its tensors end at byte ${end}, but the file has ${size}`);
  return places;
}

function parseObject(header: Uint8Array, name: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(header));
  } catch {
    throw damaged(name, "its header is not JSON");
  }
  if (!isRecord(parsed)) throw damaged(name, "its header is not an object");
  return parsed;
}

function placeOf(key: string, entry: unknown, valuesAt: number, size: number, name: string): Place {
  if (!isRecord(entry)) throw damaged(name, `"${key}" is not described`);
  const { dtype, shape, data_offsets: offsets } = entry;
  const width = typeof dtype === "string" ? bytesPerValue(dtype) : undefined;
  if (typeof dtype !== "string" || width === undefined) {
    throw damaged(name, `"${key}" has the dtype ${JSON.stringify(dtype)}, which is not read`);
  }
  if (!isCounts(shape)) throw damaged(name, `"${key}" has the shape ${JSON.stringify(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw damaged(name, `"${key}" has the offsets ${JSON.stringify(offsets)}`);
  }
  const [start, end] = offsets.map((offset) => valuesAt + offset);
  if (end - start === sizeOf(shape) * width && end <= size) return { dtype, shape, start, end };
  throw damaged(
    name,
    `"${key}" of shape (${shape.join(", ")}) and dtype ${dtype} lies at bytes ${start} to ${end} of ${size}`,
  );
}

function mapValues<A, B>(map: ReadonlyMap<string, A>, change: (value: A) => B): Map<string, B> {
  return new Map(Array.from(map, ([key, value]) => [key, change(value)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}
