// Tables as Arrow streams, as Datasets keeps them on disk: with its types as JSON in the schema's metadata.

import {
  type Data,
  DataType,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  tableFromIPC,
  Vector,
} from "apache-arrow";
import { arrowDataOf, arrowFieldsOf } from "./arrow_types.ts";
import { type Cell, isMissing } from "./cell.ts";
import { type Column, columnOf, concatColumns, integerLists } from "./column.ts";
import { featuresOf, jsonOf } from "./feature_json.ts";
import { type Feature, type Features, inferFeature } from "./features.ts";
import { pace } from "./pace.ts";
import { batchOf, type Table, tableOfColumns } from "./table.ts";

/** Rows of a record batch, as Datasets writes them by default. */
const BATCH_ROWS = 1000;

/** The table of an Arrow stream or file. @throws Error where the bytes are neither */
export function readArrow(bytes: Uint8Array): Table {
  const { schema, batches } = tableFromIPC(bytes);
  const stated = featuresIn(schema);
  return tableOfColumns(schema.fields.map(({ name, type }, i): [string, Column, Feature] => {
    const parts = batches.map((batch) => batch.data.children[i]);
    const column = concatColumns(
      parts.length ? parts.map((part, at) => columnOfData(part, batches[at].getChildAt(i)!)) : [columnOf([])],
    );
    return [
      name,
      column,
      stated?.[name] ?? featuresOf({ [name]: dtypeOf(type) })?.[name] ?? inferFeature(name, column),
    ];
  }));
}

function featuresIn(schema: Schema): Features | undefined {
  const stated = schema.metadata.get("huggingface");
  return stated === undefined ? undefined : featuresOf(JSON.parse(stated)?.info?.features);
}

/** Datasets' name of a plain Arrow type; undefined for others. */
function dtypeOf(type: DataType): Cell {
  if (DataType.isUtf8(type)) return "string";
  if (DataType.isLargeUtf8(type)) return "large_string";
  if (DataType.isBool(type)) return "bool";
  if (DataType.isInt(type)) return `${type.isSigned ? "" : "u"}int${type.bitWidth}`;
  if (DataType.isFloat(type)) return `float${16 << type.precision}`;
  if (DataType.isList(type)) return { feature: { dtype: dtypeOf(type.children[0].type) }, _type: "List" };
  return undefined;
}

function columnOfData(data: Data, vector: Vector): Column {
  return integerListsOf(data) ?? columnOf(Array.from(vector, plain));
}

/** Lists of small whole numbers, such as token ids, without an object a row. */
function integerListsOf({ type, length, nullCount, valueOffsets, children }: Data): Column | undefined {
  if (!DataType.isList(type) || nullCount > 0 || children[0].nullCount > 0) return undefined;
  if (!DataType.isInt(children[0].type)) return undefined; // texts are bytes too
  const { values } = children[0];
  if (
    !(values instanceof Int8Array || values instanceof Uint8Array || values instanceof Int16Array ||
      values instanceof Uint16Array || values instanceof Int32Array)
  ) return undefined;
  const start = valueOffsets[0];
  return integerLists(
    Int32Array.from(values.subarray(start, valueOffsets[length])),
    Float64Array.from(valueOffsets.subarray(0, length + 1), (offset: number) => offset - start),
  );
}

/** A value of Arrow's as plain JavaScript. */
function plain(value: Cell): Cell {
  if (typeof value === "bigint") return Number(value);
  if (isMissing(value) || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
  if (value instanceof Vector) return Array.from(value, plain);
  const entries: [string, Cell][] = Object.entries(value.toJSON?.() ?? value);
  return Object.fromEntries(entries.map(([name, field]) => [name, plain(field)]));
}

/** Writes the rows from `start` to before `end`. @throws TypeError for a column of a type that is not written */
export async function writeArrow(path: string, table: Table, start = 0, end: number = table.numRows): Promise<void> {
  const metadata = new Map([["huggingface", JSON.stringify({ info: { features: jsonOf(table.features) } })]]);
  const schema = new Schema(arrowFieldsOf(table.features), metadata);
  const writer = new RecordBatchStreamWriter();
  using handle = await Deno.open(path, { create: true, write: true, truncate: true });
  const written = (async () => {
    for await (const bytes of writer) for (let at = 0; at < bytes.length;) at += await handle.write(bytes.subarray(at));
  })();
  for (let row = start; row < end || row === start; row += BATCH_ROWS) {
    writer.write(recordBatch(schema, table, row, Math.min(row + BATCH_ROWS, end)));
    await pace();
  }
  writer.finish();
  await written;
}

function recordBatch(schema: Schema, table: Table, start: number, end: number): RecordBatch {
  const columns = batchOf(table, start, end);
  const children = Object.entries(table.features).map(([name, feature]) => arrowDataOf(columns[name], feature));
  const length = end - start;
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }));
}
