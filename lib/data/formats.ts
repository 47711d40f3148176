// The content of a data file as columns, by the ending of its name. Types are the caller's: values come as the file has them.

import { parse } from "csv-parse/sync";
import { parquetMetadataAsync, parquetRead, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { Cell, Row } from "./cell.ts";

/** Values by column. */
export type Columns = Record<string, Cell[]>;

type Reader = (bytes: Uint8Array<ArrayBuffer>) => Columns | Promise<Columns>;

const READERS: Readonly<Record<string, Reader>> = {
  parquet: readParquet,
  jsonl: (bytes) => readJson(decode(bytes)),
  json: (bytes) => readJson(decode(bytes)),
  csv: (bytes) => readCsv(decode(bytes), ","),
  tsv: (bytes) => readCsv(decode(bytes), "\t"),
  txt: (bytes) => ({ text: decode(bytes).replace(/\r?\n$/, "").split(/\r?\n/) }),
};

/**
 * Reads a data file.
 * @throws TypeError for an ending that is not read, or for content that is not of its kind
 */
export async function readColumns(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<Columns> {
  const reader = READERS[path.split(".").at(-1)?.toLowerCase() ?? ""];
  if (!reader) {
    throw new TypeError(`"${path}" is none of the files that are read: .${Object.keys(READERS).join(", .")}.`);
  }
  try {
    return await reader(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new TypeError(`"${path}" cannot be read: ${reason.replace(/\.$/, "")}.`, { cause: error });
  }
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function readParquet(bytes: Uint8Array<ArrayBuffer>): Promise<Columns> {
  const file = bytes.buffer;
  const metadata = await parquetMetadataAsync(file);
  const numRows = Number(metadata.num_rows);
  const columns: Columns = {};
  for (const { element } of parquetSchema(metadata).children) columns[element.name] = new Array(numRows).fill(null);
  await parquetRead({
    file,
    metadata,
    compressors,
    onChunk: ({ columnName, columnData, rowStart, rowEnd }) => {
      for (let row = rowStart; row < rowEnd; row++) columns[columnName][row] = columnData[row - rowStart];
    },
  });
  return columns;
}

/** One record a line, or one list of records. */
function readJson(text: string): Columns {
  if (text.trimStart().startsWith("[")) return byColumn(JSON.parse(text));
  const rows: Row[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    try {
      rows.push(JSON.parse(line));
    } catch (error) {
      throw new SyntaxError(`line ${i + 1} is no JSON (${error instanceof Error ? error.message : error})`);
    }
  }
  return byColumn(rows);
}

function byColumn(rows: readonly Row[]): Columns {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)]));
}

/** With a line of names first. A column whose every cell is a number holds numbers; an empty cell is null. */
function readCsv(text: string, delimiter: string): Columns {
  const [names, ...rows]: string[][] = parse(text, { delimiter, bom: true, skipEmptyLines: true });
  return Object.fromEntries((names ?? []).map((name, i) => {
    const cells = rows.map((row) => row[i] === "" ? null : row[i]);
    const areNumbers = cells.every((cell) => cell === null || /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(cell));
    return [name, areNumbers ? cells.map((cell) => cell === null ? null : Number(cell)) : cells];
  }));
}
