// Features as Arrow types, and columns as Arrow's buffers (https://arrow.apache.org/docs/format/Columnar.html).

import {
  Bool,
  type Data,
  DataType,
  Field,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  LargeUtf8,
  List as ArrowList,
  makeData,
  Null,
  Struct as ArrowStruct,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
} from "apache-arrow";
import { type Cell, isMissing } from "./cell.ts";
import { ClassLabel, type Feature, List, Struct, Value } from "./features.ts";

const DTYPES: Readonly<Record<string, () => DataType>> = {
  null: () => new Null(),
  bool: () => new Bool(),
  int8: () => new Int8(),
  int16: () => new Int16(),
  int32: () => new Int32(),
  int64: () => new Int64(),
  uint8: () => new Uint8(),
  uint16: () => new Uint16(),
  uint32: () => new Uint32(),
  uint64: () => new Uint64(),
  float32: () => new Float32(),
  float64: () => new Float64(),
  string: () => new Utf8(),
  large_string: () => new LargeUtf8(),
};

/** @throws TypeError for a type that is not written */
function arrowTypeOf(feature: Feature): DataType {
  if (feature instanceof ClassLabel) return new Int64();
  if (feature instanceof List) return new ArrowList(new Field("item", arrowTypeOf(feature.feature), true));
  if (feature instanceof Struct) return new ArrowStruct(arrowFieldsOf(feature.fields));
  const make = feature instanceof Value ? DTYPES[feature.dtype] : undefined;
  if (make) return make();
  throw new TypeError(
    `${feature} cannot be written; cast the column to one of ${Object.keys(DTYPES).join(", ")} first.`,
  );
}

export function arrowFieldsOf(features: Readonly<Record<string, Feature>>): Field[] {
  return Object.entries(features).map(([name, feature]) => new Field(name, arrowTypeOf(feature), true));
}

/** The buffers of some values. @throws RangeError where a batch holds more than 2 GiB of text */
export function arrowDataOf(values: readonly Cell[], feature: Feature): Data {
  const { length } = values;
  const present = validity(values);
  if (feature instanceof List) {
    const valueOffsets = new Int32Array(length + 1);
    const items: Cell[] = [];
    for (let i = 0; i < length; i++) {
      if (!isMissing(values[i])) { for (const item of values[i]) items.push(item); }
      valueOffsets[i + 1] = items.length;
    }
    const child = arrowDataOf(items, feature.feature);
    return makeData({
      type: new ArrowList(new Field("item", child.type, true)),
      length,
      ...present,
      valueOffsets,
      child,
    });
  }
  if (feature instanceof Struct) {
    const fields = Object.entries(feature.fields);
    const children = fields.map(([name, field]) => arrowDataOf(values.map((value) => value?.[name]), field));
    return makeData({ type: new ArrowStruct(arrowFieldsOf(feature.fields)), length, ...present, children });
  }
  const type = arrowTypeOf(feature);
  if (type instanceof Null) return makeData({ type, length });
  if (type instanceof Utf8 || type instanceof LargeUtf8) return textData(type, values, present);
  if (type instanceof Bool) {
    return makeData({
      type,
      length,
      ...present,
      data: bits(values, (value) => value === true),
    });
  }
  if (type instanceof Int64 || type instanceof Uint64) {
    const data = type instanceof Int64 ? new BigInt64Array(length) : new BigUint64Array(length);
    for (let i = 0; i < length; i++) data[i] = BigInt(values[i] ?? 0);
    return makeData({ type, length, ...present, data });
  }
  const numbers = Array.from(values, (value) => value ?? 0);
  if (DataType.isInt(type)) return makeData({ type, length, ...present, data: numbers });
  if (DataType.isFloat(type)) return makeData({ type, length, ...present, data: numbers });
  throw new TypeError(`${feature} cannot be written.`);
}

function textData(type: Utf8 | LargeUtf8, values: readonly Cell[], present: Validity): Data {
  const encoder = new TextEncoder();
  const texts = values.map((value) => encoder.encode(value ?? ""));
  const valueOffsets = new Int32Array(values.length + 1);
  for (const [i, { length }] of texts.entries()) valueOffsets[i + 1] = valueOffsets[i] + length;
  const data = new Uint8Array(valueOffsets[values.length]);
  for (const [i, bytes] of texts.entries()) data.set(bytes, valueOffsets[i]);
  const shared = { length: values.length, ...present, data };
  return type instanceof Utf8
    ? makeData({ type, ...shared, valueOffsets })
    : makeData({ type, ...shared, valueOffsets: BigInt64Array.from(valueOffsets, BigInt) });
}

interface Validity {
  readonly nullCount: number;
  readonly nullBitmap: Uint8Array | null;
}

function validity(values: readonly Cell[]): Validity {
  const nullCount = values.reduce((count, value) => count + Number(isMissing(value)), 0);
  return { nullCount, nullBitmap: nullCount === 0 ? null : bits(values, (value) => !isMissing(value)) };
}

/** One bit a value, the first in the lowest. */
function bits(values: readonly Cell[], test: (value: Cell) => boolean): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  for (let i = 0; i < values.length; i++) if (test(values[i])) bytes[i >> 3] |= 1 << (i & 7);
  return bytes;
}
