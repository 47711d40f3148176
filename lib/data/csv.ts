// CSV by jsr:@std/csv, and by npm:csv-parse where JSR cannot be reached: both get the same stretches of whole records, so that both give
// the same cells, and a file of any size is never in memory twice. What cells mean is csv_types.ts's.

import { parse as parseByCsvParse } from "csv-parse/sync";
import { readEnvironment } from "../environment.ts";
import { isHubOffline } from "../hub/mod.ts";
import { type Columns, STRETCH_ROWS } from "./cell.ts";

const LONGEST_WAIT_MS = 3000;

/** Whole records of text to cells; a blank line is no record. */
export type CsvParser = (text: string, delimiter: string) => string[][];

/** The part of jsr:@std/csv that is used; its own types are not there where JSR is not. */
interface StdCsv {
  parse(text: string, options: { readonly separator: string; readonly lazyQuotes: boolean }): string[][];
}

/** Quotes inside a cell that does not begin with one are text, as for pandas: `5" screen`. */
export const npmCsv: CsvParser = (text, delimiter) =>
  parseByCsvParse(text, {
    delimiter,
    recordDelimiter: "\n",
    relaxQuotes: true,
    relaxColumnCount: true,
    skipEmptyLines: true,
  });

/** The parser of jsr:@std/csv; undefined where JSR cannot be reached, or must not be asked. */
export async function stdCsv(): Promise<CsvParser | undefined> {
  if (!await isJsrThere()) return undefined;
  // a name that only running decides: what names it outright is fetched by every check and every start, network or not
  const name: string = "@std/csv";
  const std: StdCsv | undefined = await import(name).catch(() => undefined);
  return std && ((text, delimiter) => std.parse(text, { separator: delimiter, lazyQuotes: true }));
}

/** An import cannot be given up, so that on a network that swallows requests it would keep a finished program from ending. */
async function isJsrThere(): Promise<boolean> {
  const url = new URL("/@std/csv/meta.json", readEnvironment("JSR_URL") ?? "https://jsr.io");
  if (isHubOffline() || Deno.permissions.querySync({ name: "net", host: url.host }).state !== "granted") return false;
  const signal = AbortSignal.timeout(LONGEST_WAIT_MS);
  return await fetch(url, { method: "HEAD", signal }).then(({ ok }) => ok, () => false);
}

let chosen: Promise<CsvParser> | undefined;

/** jsr:@std/csv, else npm:csv-parse; asked for once. */
export function csvParser(): Promise<CsvParser> {
  return chosen ??= stdCsv().then((std) => std ?? npmCsv);
}

export interface CsvOptions {
  readonly delimiter: string;
  /** The names of the columns, where the text has no line of names. */
  readonly columnNames?: readonly string[];
}

/**
 * The cells of a CSV's text by column, in stretches. A row that is short lacks its last cells.
 * @throws SyntaxError for a row with more cells than columns and for wrong quotes, RangeError for an impossible delimiter
 */
export async function* csvColumns(
  pieces: AsyncIterable<string>,
  parse: CsvParser,
  { delimiter, columnNames }: CsvOptions,
): AsyncGenerator<Columns, void, undefined> {
  if (delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
    throw new RangeError(
      `delimiter is ${JSON.stringify(delimiter)}; it must be one character, no quote and no line end`,
    );
  }
  let names = columnNames;
  let numRows = 0;
  let columns: Columns = {};
  const begin = () => columns = Object.fromEntries((names ?? []).map((name) => [name, []]));
  begin();
  for await (const text of wholeRecords(pieces, delimiter)) {
    const records = parse(text, delimiter);
    if (!names && records.length > 0) {
      names = namesOf(records.shift() ?? []);
      begin();
    }
    for (const record of records) {
      numRows++;
      const width = names?.length ?? 0;
      if (record.length > width) {
        throw new SyntaxError(`row ${numRows} has ${record.length} cells and there are ${width} columns`);
      }
      names?.forEach((name, i) => columns[name].push(record[i] ?? ""));
      if (numRows % STRETCH_ROWS > 0) continue;
      yield columns;
      begin();
    }
  }
  if (numRows === 0 || numRows % STRETCH_ROWS > 0) yield columns;
}

/** pandas' names: one that comes again gets a number, an empty one is "Unnamed". */
function namesOf(head: readonly string[]): string[] {
  const names: string[] = [];
  for (const [i, cell] of head.entries()) {
    const name = cell === "" ? `Unnamed: ${i}` : cell;
    let unique = name;
    for (let n = 1; names.includes(unique); n++) unique = `${name}.${n}`;
    names.push(unique);
  }
  return names;
}

/**
 * The text of pieces, cut anew so that each stretch ends where a record does. Line ends become "\n", inside quoted cells too.
 * @throws SyntaxError with the line where a quoted cell is followed by text, or never ends
 */
export async function* wholeRecords(
  pieces: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<string, void, undefined> {
  let rest = "";
  let line = 1;
  for await (const piece of withPlainLineEnds(pieces)) {
    const text = rest + piece;
    const end = lastRecordEnd(text, delimiter, line);
    rest = text.slice(end);
    if (end === 0) continue;
    const stretch = text.slice(0, end);
    line += countLines(stretch);
    yield stretch;
  }
  if (rest === "") return;
  lastRecordEnd(`${rest}\n`, delimiter, line, true);
  yield rest;
}

/** "\r\n" and "\r" as "\n", also where a piece ends between the two. */
async function* withPlainLineEnds(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held = "";
  for await (const piece of pieces) {
    const text = held + piece;
    held = text.endsWith("\r") ? "\r" : "";
    const whole = held ? text.slice(0, -1) : text;
    yield whole.includes("\r") ? whole.replace(/\r\n?/g, "\n") : whole;
  }
  if (held) yield "\n";
}

/** The index after the last line end that is outside of quotes. */
function lastRecordEnd(text: string, delimiter: string, line: number, isLast = false): number {
  let from = 0; // outside of quotes here
  let recordEnd = 0;
  const endBefore = (at: number) => {
    const lineEnd = text.lastIndexOf("\n", at);
    return lineEnd < from ? recordEnd : lineEnd + 1;
  };
  for (let open = nextOpening(text, delimiter, from); open !== -1; open = nextOpening(text, delimiter, from)) {
    recordEnd = endBefore(open);
    const close = closingQuote(text, open);
    const lineOf = (at: number) => line + countLines(text.slice(0, at));
    if (close === -1 || close === text.length - 1) {
      if (isLast) throw new SyntaxError(`line ${lineOf(open)}: the quoted cell that begins here never ends`);
      return recordEnd;
    }
    if (text[close + 1] !== "\n" && text[close + 1] !== delimiter) {
      throw new SyntaxError(`line ${lineOf(close)}: a quoted cell is followed by text; write a quote inside it as ""`);
    }
    from = close + 1;
  }
  return endBefore(text.length);
}

/** The next quote at the start of a cell; others are text. */
function nextOpening(text: string, delimiter: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at > 0 && text[at - 1] !== delimiter && text[at - 1] !== "\n") at = text.indexOf('"', at + 1);
  return at;
}

/** The quote that ends the cell opened at `open`: the first that is not doubled. */
function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
