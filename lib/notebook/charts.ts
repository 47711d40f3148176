// The four figures that lessons draw again and again, as functions from numbers to a Figure. Anything else is `plot`.

import type { Data } from "plotly.js-dist-min";
import { type Figure, figure } from "./figure.ts";
import { COLORSCALE, DASHES } from "./template.ts";
import { formatCount, formatNumber } from "./text.ts";

/** The words of a chart. Axis titles name the unit where there is one: "sentence length (tokens)". */
export interface ChartText {
  title: string;
  x: string;
  y: string;
}

/** One line: its values and where they stand on the x axis (default 1, 2, 3 …). */
export type Line = ArrayLike<number> | { x: ArrayLike<number>; y: ArrayLike<number> };

/** The axis of labelled bars reaches this much further than the longest bar. */
const ROOM_FOR_TEXT = 1.12;

/** Bars by name with the value above each: counts by class, parameters by part. */
export function bar(values: Readonly<Record<string, number>>, { title, x, y }: ChartText): Figure {
  const heights = Object.values(values);
  const text = heights.map((value) => Number.isInteger(value) ? formatCount(value) : formatNumber(value));
  const trace: Data = {
    type: "bar",
    x: Object.keys(values),
    y: heights,
    text,
    textposition: "outside",
    cliponaxis: false,
  };
  return figure([trace], {
    title,
    xaxis: { title: x, type: "category" },
    yaxis: { title: y, range: [Math.min(0, ...heights) * ROOM_FOR_TEXT, Math.max(0, ...heights) * ROOM_FOR_TEXT] },
    bargap: 0.4,
  });
}

const MOST_BINS = 40;

/**
 * How often values of each size occur. Bins are `binSize` wide (default: the first of 1, 2, 5, 10, … that gives about
 * 40 or fewer; for fractions 0.1, 0.2, 0.5 … as well) and begin at a multiple of it; a value on an edge counts upward.
 *
 * @throws {RangeError} when there is no finite value.
 */
export function histogram(
  values: ArrayLike<number>,
  { title, x, y, binSize }: ChartText & { binSize?: number },
): Figure {
  const numbers = Array.from(values).filter(Number.isFinite);
  if (numbers.length === 0) throw new RangeError(`histogram: none of the ${values.length} values is a finite number.`);
  const low = numbers.reduce((a, b) => Math.min(a, b));
  const high = numbers.reduce((a, b) => Math.max(a, b));
  const size = binSize ?? niceBinSize(high - low, numbers.every(Number.isInteger));
  const binOf = (value: number) => Math.floor(value / size + 1e-9); // 0.3 / 0.1 is a little less than 3
  const first = binOf(low);
  const counts = new Array<number>(binOf(high) - first + 1).fill(0);
  for (const number of numbers) counts[binOf(number) - first]++;
  const isWhole = size === 1 && numbers.every(Number.isInteger);
  const middle = isWhole ? 0 : size / 2; // a bin of one whole number stands on that number
  const trace: Data = {
    type: "bar",
    x: counts.map((_, bin) => (first + bin) * size + middle),
    y: counts,
    width: size,
    hovertemplate: "%{y} at %{x}<extra></extra>",
  };
  return figure([trace], { title, xaxis: { title: x }, yaxis: { title: y, rangemode: "tozero" }, bargap: 0.05 });
}

function niceBinSize(range: number, isWhole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(range, Number.MIN_VALUE) / MOST_BINS));
  const size = [1, 2, 5, 10].map((step) => step * power).find((step) => range / step < MOST_BINS) ?? 10 * power;
  return isWhole || range === 0 ? Math.max(1, size) : size;
}

const MOST_MARKERS = 30;

/** Lines over a common axis, told apart by colour and dash: learning curves, a metric by threshold. */
export function lines(series: Readonly<Record<string, Line>>, { title, x, y }: ChartText): Figure {
  const traces = Object.entries(series).map(([name, line], index): Data => {
    const ys = Array.from(heightsOf(line));
    const xs = "y" in line ? Array.from(line.x) : ys.map((_, i) => i + 1);
    return {
      type: "scatter",
      mode: ys.length <= MOST_MARKERS ? "lines+markers" : "lines",
      name,
      x: xs,
      y: ys,
      line: { dash: DASHES[index % DASHES.length], width: 2 },
    };
  });
  const heights = Object.values(series).flatMap((line) => Array.from(heightsOf(line), Math.abs));
  const isSmall = heights.every((height) => !(height >= 1e-3)) && heights.some((height) => height > 0);
  // Plotly would write 100µ for a learning rate of 1e-4
  const yaxis = { title: y, ...(isSmall && { tickformat: "~e" }) };
  return figure(traces, { title, xaxis: { title: x }, yaxis, showlegend: traces.length > 1 });
}

function heightsOf(line: Line): ArrayLike<number> {
  return "y" in line ? line.y : line;
}

/** The cells of a heatmap, row by row, with the names of rows and columns. */
export interface HeatmapText extends ChartText {
  /** Names of the columns, left to right. */
  xNames: readonly string[];
  /** Names of the rows, top to bottom; those of the columns when left out. */
  yNames?: readonly string[];
  /** What the colours measure, written at the colour bar where the cells hold no numbers. */
  z?: string;
  /** Decimals of the numbers in the cells. Default 2. */
  digits?: number;
}

/** Above this many rows or columns the cells are too small for numbers and the colour bar has to do. */
const MOST_NUMBERS = 12;
/** Pixels. */
const CELL = { smallest: 16, largest: 104, grid: 340 };
const COLOR_BAR_WIDTH = 90;

/**
 * A matrix as coloured cells, first row on top, with the numbers in the cells where they fit: a confusion matrix, an
 * attention map. Names may repeat, as tokens do.
 *
 * @throws {RangeError} when the matrix has not one row a name and one value a column in each.
 */
export function heatmap(
  matrix: ArrayLike<ArrayLike<number>>,
  { title, x, y, z, xNames, yNames = xNames, digits = 2 }: HeatmapText,
): Figure {
  const rows = Array.from(matrix, (row) => Array.from(row));
  const odd = rows.find((row) => row.length !== xNames.length);
  if (rows.length !== yNames.length || odd) {
    const given = `(${rows.length}, ${(odd ?? rows[0] ?? []).length})`;
    throw new RangeError(
      `heatmap: the matrix is ${given}, but there are ${yNames.length} row and ${xNames.length} column names.`,
    );
  }
  const larger = Math.max(xNames.length, yNames.length);
  const hasNumbers = larger <= MOST_NUMBERS;
  const cell = Math.min(CELL.largest, Math.max(CELL.smallest, CELL.grid / larger));
  const named = (names: readonly string[]) => ({
    tickvals: names.map((_, i) => i),
    ticktext: names.map(String),
    showgrid: false,
    zeroline: false,
    ticks: "" as const,
    ticklabelstandoff: 4,
  });
  const trace: Data = {
    type: "heatmap",
    z: rows,
    text: hasNumbers ? rows.map((row) => row.map((value) => formatNumber(value, digits))) : undefined,
    texttemplate: hasNumbers ? "%{text}" : undefined,
    textfont: { size: 13 },
    colorscale: COLORSCALE,
    showscale: !hasNumbers,
    colorbar: { title: { text: z, side: "top" }, outlinewidth: 0 },
    xgap: 1,
    ygap: 1,
    hovertemplate: "%{z}<extra></extra>",
  };
  return figure([trace], {
    title,
    xaxis: { title: x, ...named(xNames) },
    yaxis: { title: y, ...named(yNames), autorange: "reversed" },
    width: Math.round(xNames.length * cell) + 190 + (hasNumbers ? 0 : COLOR_BAR_WIDTH),
    height: Math.round(yNames.length * cell) + 140,
  });
}
