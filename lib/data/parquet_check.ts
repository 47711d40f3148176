// What a parquet file says of itself, checked before it is decoded: hyparquet believes its counts, and one damaged byte could ask for
// gigabytes or an endless loop. Source: the format description of Apache Parquet (Encodings.md: RLE / bit-packing hybrid).

import type { AsyncBuffer, ColumnMetaData, FileMetaData, RowGroup } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { parquetHeader } from "hyparquet/src/column.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getSchemaPath } from "hyparquet/src/schema.js";

type PageHeader = ReturnType<typeof parquetHeader>;

/** Levels and dictionary indices are stored in runs: how many bits one of them has. */
interface Levels {
  readonly repetition: number;
  readonly definition: number;
}

/** A chunk may hold this many values whatever its size, as one run of equal values takes a few bytes; beyond, its bytes must account for them. */
const FREE_VALUES = 2 ** 22;
const VALUES_A_BYTE = 1000;
/** The same for the bytes of a page that is decompressed. */
const FREE_BYTES = 2 ** 24;
const BYTES_A_BYTE = 2000;
/** Writers fill up the last run; none is known to write more than this. */
const SPARE_VALUES = 512;

/** @throws RangeError where a count, size or place that the footer states cannot be true */
export function checkFooter({ schema, row_groups, num_rows }: FileMetaData, fileBytes: number): void {
  for (const { num_children = 0 } of schema) assertLikely("parts of a column", num_children, 0, schema.length);
  let rows = 0;
  for (const group of row_groups) {
    rows += Number(group.num_rows);
    for (const { meta_data: column } of group.columns) {
      if (!column) throw new RangeError("it is damaged: a column of it is not described");
      const { start, size, values } = extentOf(column);
      assertLikely("start of a column", start, 0, fileBytes);
      assertLikely("bytes of a column", size, 0, fileBytes - start);
      assertLikely("values of a column", values, 0, Math.max(FREE_VALUES, VALUES_A_BYTE * size));
      assertLikely("rows", Number(group.num_rows), 0, values); // a row has at least one value of every column
    }
  }
  assertLikely("rows", Number(num_rows), rows, rows);
}

/** @throws RangeError where the pages of a row group state what cannot be true */
export async function checkRowGroup(file: AsyncBuffer, { schema }: FileMetaData, group: RowGroup): Promise<void> {
  for (const { meta_data: column } of group.columns) {
    if (!column) continue;
    const path = getSchemaPath(schema, column.path_in_schema);
    const levels = { repetition: bits(getMaxRepetitionLevel(path)), definition: bits(getMaxDefinitionLevel(path)) };
    const { start, size } = extentOf(column);
    checkColumn(await file.slice(start, start + size), column, levels);
  }
}

function extentOf(column: ColumnMetaData): { start: number; size: number; values: number } {
  return {
    start: Number(column.dictionary_page_offset || column.data_page_offset),
    size: Number(column.total_compressed_size),
    values: Number(column.num_values),
  };
}

function checkColumn(chunk: ArrayBuffer, column: ColumnMetaData, levels: Levels): void {
  const size = chunk.byteLength;
  const values = Number(column.num_values);
  const reader = { view: new DataView(chunk), offset: 0 };
  for (let seen = 0; seen < values && reader.offset < size - 1;) {
    const header = parquetHeader(reader);
    assertLikely("bytes of a page", header.compressed_page_size, 0, size - reader.offset);
    const bytes = new Uint8Array(chunk, reader.offset, header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    seen += checkPage(bytes, header, column, levels, values);
  }
}

/** @returns the number of values that the page holds of its column */
function checkPage(
  bytes: Uint8Array,
  header: PageHeader,
  column: ColumnMetaData,
  levels: Levels,
  most: number,
): number {
  const { data_page_header: first, data_page_header_v2: second, dictionary_page_header: dictionary } = header;
  const limit = Math.max(FREE_BYTES, BYTES_A_BYTE * bytes.length);
  assertLikely("bytes of a page", header.uncompressed_page_size, 0, limit);
  const count = (first ?? second ?? dictionary)?.num_values ?? 0;
  assertLikely("values of a page", count, 0, dictionary ? FREE_VALUES : most);
  const decompress = (part: Uint8Array, size: number) => decompressPage(part, size, column.codec, compressors);
  if (first) {
    const page = viewOf(decompress(bytes, header.uncompressed_page_size));
    let at = 0;
    for (const width of [levels.repetition, levels.definition]) {
      if (width > 0) at = checkPrefixedRuns(page, at, width, count);
    }
    checkValues(page, at, first.encoding, column.type, count);
  } else if (second) {
    const { repetition_levels_byte_length: r, definition_levels_byte_length: d } = second;
    assertLikely("bytes of levels", r, 0, bytes.length);
    assertLikely("bytes of levels", d, 0, bytes.length - r);
    assertLikely("nulls of a page", second.num_nulls, 0, count);
    assertLikely("rows of a page", second.num_rows, 0, count);
    const view = viewOf(bytes);
    if (levels.repetition > 0) checkRuns(view, 0, r, levels.repetition, count);
    if (levels.definition > 0) checkRuns(view, r, r + d, levels.definition, count);
    const part = bytes.subarray(r + d);
    const isPacked = second.is_compressed !== false;
    const page = viewOf(isPacked ? decompress(part, header.uncompressed_page_size - r - d) : part);
    checkValues(page, 0, second.encoding, column.type, count);
  }
  return dictionary ? 0 : count;
}

/** Only runs can pretend to more values than there are bytes. */
function checkValues(page: DataView, at: number, encoding: string, type: string, count: number): void {
  if (type === "BOOLEAN" && encoding === "RLE") checkPrefixedRuns(page, at, 1, count);
  else if (encoding.endsWith("DICTIONARY") && at < page.byteLength) {
    checkRuns(page, at + 1, page.byteLength, page.getUint8(at), count);
  }
}

/** Runs behind their length in bytes. @returns the byte behind them */
function checkPrefixedRuns(page: DataView, at: number, width: number, count: number): number {
  const length = page.getUint32(at, true);
  assertLikely("bytes of levels", length, 0, page.byteLength - at - 4);
  checkRuns(page, at + 4, at + 4 + length, width, count);
  return at + 4 + length;
}

/** Walks over runs of values `width` bits wide until there are `count`, or the bytes end. */
function checkRuns(view: DataView, start: number, end: number, width: number, count: number): void {
  for (let at = start, seen = 0; seen < count && at < end;) {
    let header = 0;
    for (let shift = 1, more = true; more; shift *= 128) {
      const byte = view.getUint8(at++);
      header += (byte & 0x7f) * shift;
      more = byte >= 0x80;
      assertLikely("length of a run", header, 0, 2 ** 31 - 1);
    }
    const half = Math.floor(header / 2);
    const isBitPacked = header % 2 === 1;
    const length = isBitPacked ? 8 * half : half;
    assertLikely("length of a run", length, 0, count - seen + SPARE_VALUES);
    at += isBitPacked ? half * width : Math.ceil(width / 8);
    seen += length;
  }
}

/** @throws RangeError unless `value` is a whole number between `least` and `most` */
function assertLikely(what: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`it is damaged: the ${what} cannot be ${value}`);
}

/** How many bits a level has that is at most this. */
function bits(level: number): number {
  return 32 - Math.clz32(level);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
