// Tables: HTML without script or colours of its own (so that the page's theme decides), and aligned text.

import { type Displayable, jupyterDisplay } from "./display.ts";
import { escapeHtml, formatCount, formatNumber } from "./text.ts";

/** What a cell may hold. Missing values (undefined, null) are left blank. */
export type TableCell = string | number | bigint | boolean | null | undefined;

/** Rows as records, all with the keys of the first; or columns as lists of one length. */
export type TableContent =
  | readonly Readonly<Record<string, TableCell>>[]
  | Readonly<Record<string, ArrayLike<TableCell>>>;

export interface TableOptions {
  /** Stands above the table. */
  caption?: string;
  /** Decimals of numbers that are not whole. Default 3. */
  digits?: number;
  /** Whole numbers as 8,551: for counts, not for ids. Default false. */
  thousands?: boolean;
  /** Rows shown; of a longer table the count of the others is named. Default 50. */
  maxRows?: number;
}

interface Layout {
  caption?: string;
  /** Empty where the table has no head. */
  head: string[];
  rows: string[][];
  isNumeric: boolean[];
  hiddenRows: number;
}

/**
 * A table of rows (`[{ word: "the", count: 12 }, …]`) or of columns (`{ word: […], count: […] }`); numbers stand right.
 *
 * @throws {TypeError} when columns differ in length.
 */
export function table(content: TableContent, options: TableOptions = {}): Displayable {
  const { caption, maxRows = 50 } = options;
  const columns = columnsOf(content);
  const length = columns[0]?.cells.length ?? 0;
  const odd = columns.find(({ cells }) => cells.length !== length);
  if (odd) {
    const first = `"${columns[0].name}" has ${length} rows`;
    throw new TypeError(`table: column "${odd.name}" has ${odd.cells.length} rows, but ${first}; give all one length.`);
  }
  const shown = Math.min(length, maxRows);
  return displayTable({
    caption,
    head: columns.map(({ name }) => name),
    rows: Array.from(
      { length: shown },
      (_, row) => columns.map((column) => formatCell(column.cells[row], column, options)),
    ),
    isNumeric: columns.map((column) => column.isNumeric),
    hiddenRows: length - shown,
  });
}

/** A table of names and values, one pair a row: settings, a summary. */
export function keyValue(pairs: Readonly<Record<string, TableCell>>, options: TableOptions = {}): Displayable {
  const rows = Object.entries(pairs).map((
    [name, value],
  ) => [name, formatCell(value, columnOf(name, [value]), options)]);
  return displayTable({ caption: options.caption, head: [], rows, isNumeric: [false, false], hiddenRows: 0 });
}

interface Column {
  name: string;
  cells: ArrayLike<TableCell>;
  isNumeric: boolean;
  /** True when a number in it is not whole: then all get decimals, so that the points stand below each other. */
  hasFractions: boolean;
}

function columnOf(name: string, cells: ArrayLike<TableCell>): Column {
  const values = Array.from(cells).filter((cell) => cell !== null && cell !== undefined);
  const isNumeric = values.length > 0 && values.every((cell) => typeof cell === "number" || typeof cell === "bigint");
  const hasFractions = values.some((cell) => typeof cell === "number" && Number.isFinite(cell) && cell % 1 !== 0);
  return { name, cells, isNumeric, hasFractions };
}

function columnsOf(content: TableContent): Column[] {
  if (!isRows(content)) return Object.entries(content).map(([name, cells]) => columnOf(name, cells));
  return Object.keys(content[0] ?? {}).map((name) => columnOf(name, content.map((row) => row[name])));
}

function isRows(content: TableContent): content is readonly Readonly<Record<string, TableCell>>[] {
  return Array.isArray(content);
}

function formatCell(
  cell: TableCell,
  { isNumeric, hasFractions }: Column,
  { digits = 3, thousands = false }: TableOptions,
): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "number") return String(cell);
  if (thousands && isNumeric && !hasFractions) return formatCount(cell);
  return isNumeric && hasFractions && Number.isInteger(cell) ? cell.toFixed(digits) : formatNumber(cell, digits);
}

function displayTable(layout: Layout): Displayable {
  const text = tableText(layout);
  return {
    [jupyterDisplay]: () => ({ "text/html": tableHtml(layout), "text/plain": text }),
    toString: () => text,
  };
}

function moreRows(hiddenRows: number): string {
  return `… and ${formatCount(hiddenRows)} more ${hiddenRows === 1 ? "row" : "rows"}`;
}

function tableText({ caption, head, rows, isNumeric, hiddenRows }: Layout): string {
  const lines = head.length > 0 ? [head, ...rows] : rows;
  const oneLine = lines.map((cells) => cells.map((cell) => cell.replace(/\s*\n\s*/g, " ")));
  const widths = isNumeric.map((_, column) => Math.max(0, ...oneLine.map((cells) => cells[column].length)));
  const aligned = oneLine.map((cells) =>
    cells.map((cell, column) => isNumeric[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))
      .join("  ").trimEnd()
  );
  if (head.length > 0) aligned.splice(1, 0, widths.map((width) => "-".repeat(width)).join("  "));
  return [...(caption ? [caption] : []), ...aligned, ...(hiddenRows > 0 ? [moreRows(hiddenRows)] : [])].join("\n");
}

function tableHtml({ caption, head, rows, isNumeric, hiddenRows }: Layout): string {
  const cell = (tag: "td" | "th", text: string, column: number) => {
    const align = isNumeric[column] ? "right" : "left";
    const numerals = isNumeric[column] ? "; font-variant-numeric: tabular-nums" : "";
    return `<${tag} style="text-align: ${align}${numerals}">${escapeHtml(text)}</${tag}>`;
  };
  const line = (tag: "td" | "th", cells: string[]) =>
    `<tr>${cells.map((text, column) => cell(tag, text, column)).join("")}</tr>`;
  return [
    "<table>",
    caption ? `<caption style="text-align: left">${escapeHtml(caption)}</caption>` : "",
    head.length > 0 ? `<thead>${line("th", head)}</thead>` : "",
    `<tbody>${rows.map((cells) => line("td", cells)).join("\n")}</tbody>`,
    "</table>",
    hiddenRows > 0 ? `<p>${moreRows(hiddenRows)}</p>` : "",
  ].filter((part) => part !== "").join("\n");
}
