// Plotly JSON to SVG, by plotly.js itself in a document without a browser (jsdom). Loading both takes about 2 s, once, at
// the first figure; a figure takes 0.1 to 0.2 s. The same figure gives the same SVG, byte for byte.

import { RectangleCanvas } from "./canvas.ts";
import { type PlotlyJson, plotlyScript } from "./plotly.ts";
import { type SvgElement, textBox } from "./text_box.ts";
import { FONT_FAMILY, NEUTRAL, NEUTRAL_RGB } from "./template.ts";
import { escapeHtml } from "./text.ts";

/** The members of a jsdom window that are used here; jsdom has no types of its own. */
interface Window {
  document: { createElement(tag: string): { remove(): void }; body: { append(element: unknown): void } };
  Math: { random(): number };
  JSON: { parse(json: string): unknown };
  URL: { createObjectURL?(blob: unknown): string };
  SVGElement: { prototype: object };
  HTMLCanvasElement: { prototype: object };
  Plotly: {
    newPlot(element: unknown, data: unknown, layout: unknown, config: { staticPlot: boolean }): Promise<unknown>;
    purge(element: unknown): void;
    Snapshot: { toSVG(element: unknown, format: "svg"): string };
  };
  eval(script: string): void;
}

let opened: Promise<Window> | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Draws a figure as an SVG document that says `label` to those who cannot see it. */
export function renderSvg(plotly: PlotlyJson, label: string): Promise<string> {
  const drawn = last.then(async () => draw(await (opened ??= openWindow()), plotly, label));
  last = drawn.catch(() => {}); // one figure at a time, as they share the window; its caller hears of a failure
  return drawn;
}

async function draw(window: Window, plotly: PlotlyJson, label: string): Promise<string> {
  const json = JSON.stringify(plotly);
  window.Math.random = seededRandom(json);
  const { data, layout } = Object(window.JSON.parse(json)); // made in the window, as plotly.js asks what is an Array
  const element = window.document.createElement("div");
  window.document.body.append(element);
  try {
    await window.Plotly.newPlot(element, data, layout, { staticPlot: true });
    return tidy(window.Plotly.Snapshot.toSVG(element, "svg"), label);
  } finally {
    window.Plotly.purge(element);
    element.remove();
  }
}

async function openWindow(): Promise<Window> {
  const { JSDOM } = await import("jsdom");
  const window: Window = new JSDOM("<!doctype html><body></body>", { runScripts: "outside-only" }).window;
  addLayoutEngine(window);
  window.eval(await plotlyScript());
  return window;
}

/** What plotly.js needs of a browser and jsdom has not: sizes of text, a canvas, blobs. */
function addLayoutEngine(window: Window): void {
  const rectangle = (element: SvgElement) => {
    const { left, top, right, bottom } = textBox(element) ?? { left: 0, top: 0, right: 0, bottom: 0 };
    return { left, top, right, bottom, x: left, y: top, width: right - left, height: bottom - top };
  };
  Object.assign(window.SVGElement.prototype, {
    getBBox(this: SvgElement) {
      return rectangle(this);
    },
    getBoundingClientRect(this: SvgElement) {
      return rectangle(this);
    },
    getComputedTextLength(this: SvgElement) {
      return rectangle(this).width;
    },
  });
  const canvases = new WeakMap<object, RectangleCanvas>();
  const canvasOf = (element: { width: number; height: number }) => {
    const canvas = canvases.get(element) ?? new RectangleCanvas(element.width, element.height);
    canvases.set(element, canvas);
    return canvas;
  };
  Object.assign(window.HTMLCanvasElement.prototype, {
    getContext(this: { width: number; height: number }) {
      return canvasOf(this);
    },
    toDataURL(this: { width: number; height: number }) {
      return canvasOf(this).toDataURL();
    },
  });
  window.URL.createObjectURL = () => "";
}

/**
 * plotly.js names its clip paths at random; drawn from the figure's own content the names are the same each time and
 * differ between the figures of one page. (FNV-1a seeds a linear congruential generator.)
 */
function seededRandom(content: string): () => number {
  let state = 2166136261;
  for (let i = 0; i < content.length; i++) state = Math.imul(state ^ content.charCodeAt(i), 16777619) >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/**
 * Leaves out empty groups and needless decimals, says font and text colour once, at the root, where a page can change
 * them, lets narrow pages shrink the picture, and adds the label.
 */
function tidy(svg: string, label: string): string {
  let slim = svg.replace(/(\.\d\d)\d+(?=[^<>]*>)/g, "$1").replace(/\s*\n\s*/g, " ");
  for (let before = ""; before !== slim;) {
    before = slim;
    slim = slim.replace(/<(g|defs)(\s[^>]*)?(\/>|(?<!\/)><\/\1>)/g, "");
  }
  const style = `max-width: 100%; height: auto; color: ${NEUTRAL}; font-family: ${FONT_FAMILY}`;
  return slim
    .replaceAll(`font-family: ${FONT_FAMILY}; `, "")
    .replaceAll(NEUTRAL_RGB, "currentColor")
    .replace(/^<svg [^>]*>/, (tag) => {
      const [, width, height] = tag.match(/width="([\d.]+)" height="([\d.]+)"/) ?? [];
      const open = tag.replace(/ style="[^"]*"/, ` style="${style}"`).slice(0, -1);
      return `${open} viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}">`;
    });
}
