// The kinds of data files: each gives its rows in stretches, read from the disk as they are asked for, and says what is known of types.

import { type Cell, type Columns, type Row, STRETCH_ROWS } from "./cell.ts";
import { columnOf, valuesOf } from "./column.ts";
import { csvColumns, type CsvParser, csvParser, npmCsv } from "./csv.ts";
import { presentCells, typedCells } from "./csv_types.ts";
import { type Feature, type Features, inferFeature } from "./features.ts";
import { parquetFeatures, readParquet } from "./parquet.ts";
import type { Table } from "./table.ts";

/** How files are read, beyond their kind. */
export interface FileOptions {
  /** CSV: what stands between cells; default "," (a tab in .tsv files). `sep` is Datasets' name. */
  readonly delimiter?: string;
  readonly sep?: string;
  /** CSV: names of the columns of a file that has no line of names. */
  readonly columnNames?: readonly string[];
  /** JSON: the key under which the records lie in a file that is one object. */
  readonly field?: string;
}

export interface Format {
  /** The rows, a stretch at a time; an empty file gives one stretch without rows. */
  readonly stretches: (path: string, options: FileOptions) => AsyncGenerator<Columns, void, undefined>;
  /** The types that a file states by itself. */
  readonly statedFeatures?: (path: string) => Promise<Partial<Features>>;
  /** True where all cells come as text. */
  readonly isText?: boolean;
}

const csv = (delimiter: string, parser: () => CsvParser | Promise<CsvParser> = csvParser): Format => ({
  stretches: async function* (path, options) {
    yield* csvColumns(textOf(path), await parser(), {
      ...options,
      delimiter: options.sep ?? options.delimiter ?? delimiter,
    });
  },
  isText: true,
});
const json: Format = { stretches: readJson };
const text: Format = { stretches: readLines };
const parquet: Format = { stretches: readParquet, statedFeatures: parquetFeatures };
const arrow: Format = { stretches: readArrowRows, statedFeatures: async (path) => (await arrowTable(path)).features };

/** By the name that loadDataset takes. */
const KINDS: Readonly<Record<string, Format>> = { csv: csv(","), json, parquet, arrow, text };
const ENDINGS: Readonly<Record<string, Format>> = {
  parquet,
  arrow,
  jsonl: json,
  json,
  csv: csv(","),
  tsv: csv("\t"),
  txt: text,
};

/** What the kit ships never touches the network: nobody asks whether JSR is there. */
const EMBEDDED_ENDINGS: Readonly<Record<string, Format>> = { ...ENDINGS, csv: csv(",", () => npmCsv) };

/** The names of the kinds that loadDataset takes in place of a set: "csv", "json", "parquet", "arrow", "text". */
export function formatOfKind(kind: string): Format | undefined {
  return Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
}

/** The format of a file by the ending of its name, `.gz` aside. @throws TypeError for an ending that is not read */
export function formatOfPath(path: string, { isEmbedded = false } = {}): Format {
  const ending = path.toLowerCase().replace(/\.gz$/, "").split(".").at(-1) ?? "";
  const formats = isEmbedded ? EMBEDDED_ENDINGS : ENDINGS;
  if (Object.hasOwn(formats, ending)) return formats[ending];
  throw new TypeError(`"${path}" is none of the files that are read: .${Object.keys(formats).join(", .")}.`);
}

/**
 * The values and types of columns as a file gives them: `wanted` where the caller knows, else what the file states, else what the
 * values say.
 */
export function typedColumns(
  format: Format,
  columns: Columns,
  stated: Partial<Features>,
  wanted: Features | undefined,
): { columns: Columns; features: Features } {
  if (wanted) {
    const read = format.isText ? mapValues(columns, presentCells) : columns;
    return { columns: read, features: wanted };
  }
  const features: Record<string, Feature> = {};
  const values = mapValues(columns, (cells, name) => {
    if (!format.isText) {
      features[name] = stated[name] ?? inferFeature(name, columnOf(cells));
      return cells;
    }
    const typed = typedCells(cells);
    features[name] = typed.feature;
    return typed.values;
  });
  return { columns: values, features };
}

const mapValues = (columns: Columns, change: (values: Cell[], name: string) => Cell[]): Columns =>
  Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, change(values, name)]));

/** One record a line, or one list of records, or such a list under `field`. */
async function* readJson(path: string, { field }: FileOptions): AsyncGenerator<Columns, void, undefined> {
  let number = 0;
  let rows: Row[] = [];
  for await (const line of linesOf(path)) {
    number++;
    if (line.trim() === "") continue;
    if (number === 1 && (field !== undefined || line.trimStart().startsWith("["))) {
      yield byColumn(await readWhole(path, field));
      return;
    }
    try {
      rows.push(JSON.parse(line));
    } catch (error) {
      throw new SyntaxError(`line ${number} is no JSON (${error instanceof Error ? error.message : error})`);
    }
    if (rows.length < STRETCH_ROWS) continue;
    yield byColumn(rows);
    rows = [];
  }
  yield byColumn(rows);
}

async function readWhole(path: string, field: string | undefined): Promise<Row[]> {
  const content: Cell = JSON.parse(await Array.fromAsync(textOf(path)).then((pieces) => pieces.join("")));
  const records = field === undefined ? content : content[field];
  if (Array.isArray(records)) return records;
  const keys = Object.keys(content).join(", ");
  throw new TypeError(
    field === undefined ? "it is no list of records" : `"${field}" is no list of records; keys: ${keys}`,
  );
}

function byColumn(rows: readonly Row[]): Columns {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return Object.fromEntries([...names].map((name) => [name, rows.map((row) => row[name] ?? null)]));
}

/** Arrow streams or files, read whole. */
async function* readArrowRows(path: string): AsyncGenerator<Columns, void, undefined> {
  const { columns } = await arrowTable(path);
  yield Object.fromEntries([...columns].map(([name, column]) => [name, [...valuesOf(column)]]));
}

async function arrowTable(path: string): Promise<Table> {
  const { readArrow } = await import("./arrow.ts");
  return readArrow(await Deno.readFile(path));
}

/** A row a line. */
async function* readLines(path: string): AsyncGenerator<Columns, void, undefined> {
  let lines: string[] = [];
  for await (const line of linesOf(path)) {
    lines.push(line);
    if (lines.length < STRETCH_ROWS) continue;
    yield { text: lines };
    lines = [];
  }
  yield { text: lines };
}

async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  let rest = "";
  for await (const piece of textOf(path)) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield line.endsWith("\r") ? line.slice(0, -1) : line;
  }
  if (rest !== "") yield rest.endsWith("\r") ? rest.slice(0, -1) : rest;
}

/** A file's text in pieces, without a byte order mark, unpacked where its name ends in .gz. */
async function* textOf(path: string): AsyncGenerator<string, void, undefined> {
  const handle = await Deno.open(path);
  const bytes = path.endsWith(".gz") ? handle.readable.pipeThrough(new DecompressionStream("gzip")) : handle.readable;
  yield* bytes.pipeThrough(new TextDecoderStream());
}
