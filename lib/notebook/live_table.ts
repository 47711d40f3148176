// A table that grows row by row: one display in a notebook, a line a row in a terminal.

import { currentScreen, displayable, liveDisplay, type Screen } from "./display.ts";
import { table, type TableCell, type TableOptions } from "./table.ts";
import { formatNumber } from "./text.ts";

/** A growing table. */
export interface LiveTable {
  /** Adds a row below the others; returns at once. */
  add(row: Readonly<Record<string, TableCell>>): void;
  /** Resolves when the last row has gone out. */
  done(): Promise<void>;
}

/** Starts a table with these column names; a row's other keys are not shown. */
export function liveTable(
  columns: readonly string[],
  options: TableOptions = {},
  screen: Screen = currentScreen(),
): LiveTable {
  const display = liveDisplay(screen);
  const rows: Record<string, TableCell>[] = [];
  return {
    add(row) {
      rows.push(Object.fromEntries(columns.map((column) => [column, row[column]])));
      display.render(
        screen.replaces ? table(rows, { maxRows: Infinity, ...options }) : displayable(rowText(rows.at(-1))),
      );
    },
    done: () => display.settle(),
  };

  function rowText(row: Record<string, TableCell> = {}): string {
    const known = Object.entries(row).filter(([, cell]) => cell !== undefined && cell !== null);
    return known.map(([name, cell]) =>
      `${name} ${typeof cell === "number" ? formatNumber(cell, options.digits) : cell}`
    ).join("  ");
  }
}
