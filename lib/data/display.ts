// How a set looks: as Python prints it, and as a table of its first rows in a notebook.

import { type Cell, isList, isMissing } from "./cell.ts";
import { ClassLabel, type Feature } from "./features.ts";
import { rowOf, type Table } from "./table.ts";

const SHOWN_ROWS = 8;
const SHOWN_CHARACTERS = 160;
const SHOWN_ITEMS = 12;

/** `Dataset({ features: […], num_rows: N })` on four lines. */
export function describeTable({ columns, numRows }: Table): string {
  const names = [...columns.keys()].map((name) => `'${name}'`).join(", ");
  return `Dataset({\n    features: [${names}],\n    num_rows: ${numRows}\n})`;
}

/** The splits of a set, each described, indented. */
export function describeSplits(splits: Readonly<Record<string, Table>>): string {
  const lines = Object.entries(splits).map(([name, table]) =>
    `${name}: ${describeTable(table)}`.replace(/^/gm, "    ")
  );
  return `DatasetDict({\n${lines.join("\n")}\n})`;
}

/** The first rows as an HTML table, with the number of all rows. */
export function tableHtml(table: Table, name = ""): string {
  const cell = (tag: string, text: string) => `<${tag} style="text-align:left">${escapeHtml(text)}</${tag}>`;
  const head = Object.entries(table.features).map(([column, feature]) => cell("th", `${column}: ${typeName(feature)}`));
  const rows = Array.from({ length: Math.min(SHOWN_ROWS, table.numRows) }, (_, i) => {
    const row = rowOf(table, i);
    const cells = Object.entries(table.features).map(([column, feature]) => cell("td", showCell(row[column], feature)));
    return `<tr>${cell("th", String(i))}${cells.join("")}</tr>`;
  });
  const caption = `${name ? `${name}: ` : ""}${table.numRows.toLocaleString("en")} rows` +
    (table.numRows > SHOWN_ROWS ? `, the first ${SHOWN_ROWS}` : "");
  return `<table><caption style="text-align:left">${escapeHtml(caption)}</caption>` +
    `<thead><tr><th></th>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function typeName(feature: Feature): string {
  if (feature instanceof ClassLabel) return `${feature.numClasses} classes`;
  return String(feature).replace(/Value\('([^']*)'\)/g, "$1");
}

function showCell(value: Cell, feature: Feature): string {
  if (isMissing(value)) return "";
  if (feature instanceof ClassLabel && value >= 0) return `${value} (${feature.int2str(value)})`;
  if (isList(value)) {
    const items = Array.from(value).slice(0, SHOWN_ITEMS).map((item) => JSON.stringify(item));
    return `[${items.join(", ")}${value.length > SHOWN_ITEMS ? `, … ${value.length} items` : ""}]`;
  }
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
