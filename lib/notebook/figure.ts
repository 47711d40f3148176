// A figure: Plotly JSON that knows how it looks in a notebook and what to say where nothing can be drawn.

import type { Data, Layout, LayoutAxis } from "plotly.js-dist-min";
import { type Displayable, jupyterDisplay, type MimeBundle, show } from "./display.ts";
import { figureHtml } from "./figure_html.ts";
import { legendRoom } from "./legend.ts";
import { offerPlotly, type PlotlyJson } from "./plotly.ts";
import { renderSvg } from "./svg.ts";
import { HEIGHT, HOUSE_LAYOUT, WIDTH } from "./template.ts";
import { formatCount } from "./text.ts";

/** An axis with a title that says the unit where there is one: "sentence length (tokens)". */
export type Axis = Omit<Partial<LayoutAxis>, "title"> & { title: string };

/** Plotly's layout with the titles that every figure needs. */
export type PlotLayout = Omit<Partial<Layout>, "title" | "xaxis" | "yaxis"> & {
  title: string;
  xaxis: Axis;
  yaxis: Axis;
};

export interface Figure extends PlotlyJson, Displayable {}

/**
 * A figure from Plotly JSON (https://plotly.com/javascript/reference). In a notebook it carries the Plotly JSON, a page
 * that shows it as SVG and turns into the interactive plot where plotly.js can be had, the SVG, and a sentence.
 *
 * @throws {TypeError} when the figure or one of its axes has no title.
 */
export function figure(data: Data[], { title, xaxis, yaxis, ...rest }: PlotLayout): Figure {
  requireTitles({ title, "xaxis.title": xaxis?.title, "yaxis.title": yaxis?.title });
  const text = describe(data, title, xaxis.title, yaxis.title);
  const hasLegend = rest.showlegend ?? data.length > 1;
  const legend = hasLegend ? legendRoom(data.map(({ name = "" }) => name), rest.width ?? WIDTH) : undefined;
  const plotly = plainJson({
    data,
    layout: {
      template: { layout: HOUSE_LAYOUT },
      width: WIDTH,
      height: HEIGHT + (legend?.beyondFirst ?? 0),
      margin: legend ? { t: legend.margin } : {},
      ...rest,
      title: { text: title },
      xaxis: { ...xaxis, title: { text: xaxis.title } },
      yaxis: { ...yaxis, title: { text: yaxis.title } },
    },
  });
  return { ...plotly, [jupyterDisplay]: () => bundle(plotly, text), toString: () => text };
}

/** Shows Plotly JSON as one display; resolves when it has gone out. See `figure` for what it carries. */
export function plot(data: Data[], layout: PlotLayout): Promise<void> {
  return show(figure(data, layout));
}

/** Notebooks check no types, and a figure without titles answers no question. */
function requireTitles(titles: Record<string, string | undefined>): void {
  const missing = Object.keys(titles).find((name) => !titles[name]);
  if (missing) throw new TypeError(`plot: layout.${missing} is missing; say what is drawn, an axis with its unit.`);
}

async function bundle(plotly: PlotlyJson, text: string): Promise<MimeBundle> {
  const svg = await renderSvg(plotly, text);
  await offerPlotly();
  return {
    "application/vnd.plotly.v1+json": plotly,
    "text/html": figureHtml(plotly, svg, text),
    "image/svg+xml": svg,
    "text/plain": text,
  };
}

/** A copy as JSON keeps it: typed arrays become lists, so that every reader of the notebook understands them. */
function plainJson(plotly: PlotlyJson): PlotlyJson {
  const list = (_key: string, value: unknown) =>
    ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(Object.values(value)) : value;
  return JSON.parse(JSON.stringify(plotly, list));
}

function countPoints(trace: Data): number {
  const length = (list: unknown) => Array.isArray(list) || ArrayBuffer.isView(list) ? Object.values(list).length : 0;
  if ("z" in trace && Array.isArray(trace.z)) {
    return trace.z.reduce((sum: number, row: unknown) => sum + length(row), 0);
  }
  return Math.max("x" in trace ? length(trace.x) : 0, "y" in trace ? length(trace.y) : 0);
}

const CHART_NAMES: Record<string, string> = {
  bar: "Bar chart",
  histogram: "Histogram",
  heatmap: "Heatmap",
  scatter: "Scatter plot",
  lines: "Line chart",
};

function chartName(data: Data[]): string {
  const kinds = new Set(
    data.map((trace) =>
      trace.type === "scatter" && trace.mode?.includes("lines") !== false ? "lines" : trace.type ?? "lines"
    ),
  );
  const [kind] = kinds;
  return kinds.size === 1 ? CHART_NAMES[kind] ?? "Figure" : "Figure";
}

/** What is drawn, in one sentence: kind, title, axes, number of points, names of the series. */
function describe(data: Data[], title: string, x: string, y: string): string {
  const points = formatCount(data.reduce((sum, trace) => sum + countPoints(trace), 0));
  const names = data.map(({ name }) => name).filter((name) => name !== undefined).join(", ");
  return `${chartName(data)} "${title}": ${y} against ${x}, ${points} points${names ? ` (${names})` : ""}.`;
}
