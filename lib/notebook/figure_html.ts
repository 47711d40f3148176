// A figure as HTML that stays readable whatever a page takes away. JupyterLab drops the scripts of a notebook that it does
// not trust yet (every one from somebody else) and every <svg>, but leaves the words inside: so the SVG comes as an <img>.
// Where scripts run, upgrade.js puts the SVG itself in its place, in the page's colours, and then the interactive plot.

import { PLOTLY_FILE, type PlotlyJson } from "./plotly.ts";
import { escapeHtml } from "./text.ts";
import upgradeScript from "./upgrade.js" with { type: "text" };

/** HTML of a figure drawn as `svg` and said as `text`. */
export function figureHtml(plotly: PlotlyJson, svg: string, text: string): string {
  const json = JSON.stringify(plotly).replaceAll("<", "\\u003c"); // no "</script>" of the data's may end the script
  return [
    `<div data-plotly="${PLOTLY_FILE}">`,
    `<img alt="${escapeHtml(text)}" style="max-width: 100%" src='${svgUrl(svg)}'>`,
    `<script type="application/json">${json}</script>`,
    `<script>${upgradeScript.replace(/^\s*\/\/.*\n/gm, "")}</script>`,
    "</div>",
  ].join("\n");
}

/** An SVG as a data URL for an attribute in single quotes: shorter than base64, and the notebook file can be read. */
function svgUrl(svg: string): string {
  const url = svg.replaceAll("%", "%25").replaceAll("#", "%23");
  return `data:image/svg+xml;utf8,${url.replaceAll("&", "&amp;").replaceAll("'", "&#39;")}`;
}
