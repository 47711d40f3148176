// The room of a legend that stands above the plot: plotly.js sets its names side by side where they fit, else in columns.

import { lineWidth } from "./text_box.ts";

/** Pixels. */
const ROW = 19, MARK_AND_GAPS = 40, FONT_SIZE = 13, SIDE_MARGINS = 80, OTHERWISE_ABOVE = 57;

/** The top margin of a figure `width` pixels wide with these names in its legend, and how much of it is rows beyond the first. */
export function legendRoom(names: readonly string[], width: number): { margin: number; beyondFirst: number } {
  const widths = names.map((name) => lineWidth(name, FONT_SIZE) + MARK_AND_GAPS);
  const room = width - SIDE_MARGINS;
  const isOneRow = widths.reduce((sum, each) => sum + each, 0) <= room;
  const columns = Math.max(1, Math.floor(room / Math.max(...widths)));
  const rows = isOneRow ? 1 : Math.ceil(widths.length / columns);
  return { margin: OTHERWISE_ABOVE + rows * ROW, beyondFirst: (rows - 1) * ROW };
}
