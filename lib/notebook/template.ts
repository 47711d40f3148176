// The house style of figures: readable on light and on dark pages, safe for colour-blind readers.

import type { Layout } from "plotly.js-dist-min";

/**
 * Six of the eight colours of Okabe and Ito, "Color Universal Design" (2008), told apart with every common kind of
 * colour blindness; their black and yellow are left out, as one of them vanishes on each kind of page. In the order of
 * contrast against white and near-black pages.
 */
const PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

/** Dashes by trace, so that lines differ in print and in grey as well. */
export const DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"] as const;

/** Perceptually even and colour-blind-safe: Nuñez, Anderton and Renslow, "Optimizing colormaps" (2018). */
export const COLORSCALE = "Cividis";

/** The text colour where the page's own is not known: contrast 4.5 against white and 4.6 against black. */
export const NEUTRAL = "#767676";
/** NEUTRAL as plotly.js writes it into an SVG. */
export const NEUTRAL_RGB = "rgb(118, 118, 118)";

/** The faces whose widths text_box.ts knows. */
export const FONT_FAMILY = "Helvetica, Arial, sans-serif";

/** Pixels, like those below. */
export const FONT_SIZE = 13;
export const WIDTH = 640;
export const HEIGHT = 360;
export const MARGIN = { t: 48, r: 24, b: 48, l: 56 };

const axis = {
  automargin: true,
  gridcolor: "rgba(118, 118, 118, 0.25)",
  linecolor: NEUTRAL,
  zerolinecolor: "rgba(118, 118, 118, 0.5)",
  ticks: "outside" as const,
  tickcolor: "rgba(118, 118, 118, 0.5)",
  title: { standoff: 12 },
};

/** What a figure looks like unless its own layout says otherwise (a Plotly template). */
export const HOUSE_LAYOUT: Partial<Layout> = {
  font: { family: FONT_FAMILY, size: FONT_SIZE, color: NEUTRAL },
  title: { x: 0, xref: "paper", xanchor: "left", y: 0.97, yref: "container", yanchor: "top", font: { size: 16 } },
  paper_bgcolor: "rgba(0, 0, 0, 0)",
  plot_bgcolor: "rgba(0, 0, 0, 0)",
  colorway: PALETTE,
  margin: MARGIN,
  legend: { orientation: "h", x: 0, y: 1, xanchor: "left", yanchor: "bottom" },
  xaxis: axis,
  yaxis: axis,
};
