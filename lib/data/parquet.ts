// Parquet by row groups, read from the disk as they are needed.

import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type SchemaElement,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { Columns } from "./cell.ts";
import { featuresOf } from "./feature_json.ts";
import { type Feature, type Features, Value } from "./features.ts";
import { checkFooter, checkRowGroup } from "./parquet_check.ts";

/** The rows of a file, a stretch for each row group. */
export async function* readParquet(path: string): AsyncGenerator<Columns, void, undefined> {
  using file = await openParquet(path);
  const metadata = await readFooter(file);
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    await checkRowGroup(file, metadata, group);
    const start = rowStart;
    const length = Number(group.num_rows);
    const columns: Columns = Object.fromEntries(names.map((name) => [name, new Array(length).fill(null)]));
    await parquetRead({
      file,
      metadata,
      geoparquet: false,
      compressors,
      rowStart: start,
      rowEnd: start + length,
      onChunk: ({ columnName, columnData, rowStart: from, rowEnd: to }) => {
        for (let row = Math.max(from, start); row < Math.min(to, start + length); row++) {
          columns[columnName][row - start] = columnData[row - from];
        }
      },
    });
    rowStart += length;
    yield columns;
  }
  if (rowStart === 0) yield Object.fromEntries(names.map((name) => [name, []]));
}

/** The types that the file states: those of Datasets where it wrote them in, else Arrow's of the plain columns. */
export async function parquetFeatures(path: string): Promise<Partial<Features>> {
  using file = await openParquet(path);
  const metadata = await readFooter(file);
  const stated = metadata.key_value_metadata?.find(({ key }) => key === "huggingface")?.value;
  const features = stated === undefined ? undefined : featuresOf(JSON.parse(stated)?.info?.features);
  if (features) return features;
  const plain = parquetSchema(metadata).children.filter(({ children }) => children.length === 0);
  return Object.fromEntries(plain.map(({ element }) => [element.name, plainFeature(element)]));
}

function plainFeature({ type, converted_type, logical_type }: SchemaElement): Feature | undefined {
  if (converted_type === "UTF8" || logical_type?.type === "STRING") return new Value("string");
  if (type === "BOOLEAN") return new Value("bool");
  if (type === "FLOAT") return new Value("float32");
  if (type === "DOUBLE") return new Value("float64");
  const sized = /^(U?)INT_(\d+)$/.exec(converted_type ?? "");
  if (sized) return new Value(`${sized[1] ? "u" : ""}int${sized[2]}`);
  if (converted_type !== undefined || logical_type !== undefined) return undefined;
  return type === "INT32" || type === "INT64" ? new Value(type.toLowerCase()) : undefined;
}

async function readFooter(file: AsyncBuffer): Promise<FileMetaData> {
  const metadata = await parquetMetadataAsync(file, { geoparquet: false }); // maps are of no use here, and a damaged file of them is read forever
  checkFooter(metadata, file.byteLength);
  return metadata;
}

/** A file of which only the parts that are asked for are read. */
async function openParquet(path: string): Promise<AsyncBuffer & Disposable> {
  const handle = await Deno.open(path);
  const { size } = await handle.stat();
  return {
    byteLength: size,
    slice(start: number, end = size) {
      const from = start < 0 ? size + start : start;
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - from));
      // without a pause between seek and read: several columns may be asked for at once
      handle.seekSync(from, Deno.SeekMode.Start);
      for (let at = 0; at < bytes.length;) {
        const read = handle.readSync(bytes.subarray(at));
        if (read === null) throw new RangeError(`it ends at byte ${from + at} of ${size}`);
        at += read;
      }
      return bytes.buffer;
    },
    [Symbol.dispose]: () => handle.close(),
  };
}
