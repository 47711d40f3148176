// plotly.js: what it takes, and itself as one script, run in figure documents (svg.ts) and offered to pages of a notebook server (upgrade.js).
// It is 4.8 MB and never part of an output.

import type { Data, Layout } from "plotly.js-dist-min";
import plotlyPackage from "plotly.js-dist-min/package.json" with { type: "json" };
import { readEnvironment } from "../environment.ts";

/** What plotly.js draws. */
export interface PlotlyJson {
  data: Data[];
  layout: Partial<Layout>;
}

/** The file under which a notebook server finds plotly.js, in `out/` beside the notebook. */
export const PLOTLY_FILE = `plotly-${plotlyPackage.version}.min.js`;

let offered: Promise<void> | undefined;

/** The source of plotly.js, read at the first figure only. */
export async function plotlyScript(): Promise<string> {
  const { default: script } = await import("plotly.js-dist-min/plotly.min.js", { with: { type: "text" } });
  return script;
}

/**
 * Puts plotly.js where a notebook server hands it to the page: `out/` in the notebook's folder. Only when a server
 * started this kernel (it says so in JPY_SESSION_NAME), once a process. Where nothing may be written figures stay SVG.
 */
export function offerPlotly(): Promise<void> {
  return offered ??= writePlotly().catch((error) => {
    if (!(error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.PermissionDenied)) throw error;
  });
}

async function writePlotly(): Promise<void> {
  if (readEnvironment("JPY_SESSION_NAME") === undefined) return;
  const path = `out/${PLOTLY_FILE}`; // the kernel's working folder is the notebook's
  if (await Deno.stat(path).then(() => true, () => false)) return;
  await Deno.mkdir("out", { recursive: true });
  const unfinished = await Deno.makeTempFile({ dir: "out", prefix: "plotly-" });
  await Deno.writeTextFile(unfinished, await plotlyScript());
  await Deno.rename(unfinished, path);
}
