// How results of the lower layers look as the last value of a cell. They know no tables, so it is given to them here.

import type { DeviceReport } from "../backend/backend.ts";
import { device as reportDevice } from "../backend/choose.ts";
import { BatchEncoding } from "../tokenizers/mod.ts";
import { type Displayable, jupyterDisplay } from "./display.ts";
import { keyValue, table, type TableCell } from "./table.ts";

const SHOWN_ROWS = 8;
const SHOWN_ITEMS = 12;

/** Columns of which a row, not a token, has one value. */
const BY_ROW = ["length", "overflow_to_sample_mapping"];

/** Which device runs and why; where the CPU has no BLAS, the command that fetches one. A table in a notebook. */
export function device(): DeviceReport {
  const report = reportDevice();
  return showing(report, () => keyValue({ ...report }));
}

showing(BatchEncoding.prototype, function (this: BatchEncoding<unknown, unknown>) {
  const columns = Object.entries(this).filter(([name]) => !BY_ROW.includes(name));
  return isOneText(this.input_ids) ? byToken(columns, this.tokens()) : byText(columns);
});

function isOneText(ids: unknown): boolean {
  return Array.isArray(ids) && typeof ids[0] === "number";
}

/** One text: a line a token. */
function byToken(columns: [name: string, values: unknown][], tokens: string[]): Displayable {
  return table({ token: tokens, ...Object.fromEntries(columns.map(([name, values]) => [name, cells(values)])) });
}

/** Several texts: a line a text, with the first numbers of each of its lists. */
function byText(columns: [name: string, rows: unknown][]): Displayable {
  const lists = columns.map(([name, rows]) => [name, Array.isArray(rows) ? rows.map(listText) : []] as const);
  return table(Object.fromEntries(lists), { maxRows: SHOWN_ROWS });
}

function cells(values: unknown): TableCell[] {
  return Array.isArray(values) ? values.map((value) => typeof value === "number" ? value : String(value)) : [];
}

function listText(values: unknown): string {
  const items = cells(values);
  const more = items.length > SHOWN_ITEMS ? `, … ${items.length} items` : "";
  return `[${items.slice(0, SHOWN_ITEMS).join(", ")}${more}]`;
}

/** Gives a value, or all instances of a class, a display that neither spreading nor printing sees. */
function showing<T extends object>(value: T, display: (this: T) => Displayable): T {
  return Object.defineProperty(value, jupyterDisplay, {
    value(this: T) {
      return display.call(this)[jupyterDisplay]();
    },
  });
}
