// A figure as HTML: the SVG, readable where scripts are stripped, and a script that makes it interactive where it can.

import type { PlotlyJson } from "./figure.ts";
import { PLOTLY_FILE } from "./plotly.ts";
import { NEUTRAL_RGB } from "./template.ts";
import upgradeScript from "./upgrade.js" with { type: "text" };

/** HTML of a figure drawn as `svg`; its words take the colour of the page's text. */
export function figureHtml(plotly: PlotlyJson, svg: string): string {
  const json = JSON.stringify(plotly).replaceAll("<", "\\u003c"); // no "</script>" of the data's may end the script
  return [
    `<div data-plotly="${PLOTLY_FILE}">`,
    svg.replaceAll(NEUTRAL_RGB, "currentColor"),
    `<script type="application/json">${json}</script>`,
    `<script>${upgradeScript.replace(/^\s*\/\/.*\n/gm, "")}</script>`,
    "</div>",
  ].join("\n");
}
