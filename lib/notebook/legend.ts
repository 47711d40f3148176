// The room of a legend that stands above the plot: plotly.js sets its names side by side where they fit, else in columns.

import { FONT_SIZE, MARGIN } from "./template.ts";
import { lineWidth } from "./text_box.ts";

/** Pixels. */
const ROW = 19, MARK_AND_GAPS = 40, TITLE = 57;

/** The top margin of a figure `width` pixels wide with these names in its legend, and how much of it is rows beyond the first. */
export function legendRoom(names: readonly string[], width: number): { margin: number; beyondFirst: number } {
  const widths = names.map((name) => lineWidth(name, FONT_SIZE) + MARK_AND_GAPS);
  const room = width - MARGIN.l - MARGIN.r;
  const isOneRow = widths.reduce((sum, each) => sum + each, 0) <= room;
  const columns = Math.max(1, Math.floor(room / Math.max(...widths)));
  const rows = isOneRow ? 1 : Math.ceil(widths.length / columns);
  return { margin: TITLE + rows * ROW, beyondFirst: (rows - 1) * ROW };
}
