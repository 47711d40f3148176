// Lines of text: one scale of three sizes, widths, line breaks, and subscripts and superscripts as formulas have them.

import { lineWidth } from "../../lib/notebook/text_box.ts";
import { FONT_FAMILY } from "../../lib/notebook/template.ts";
import { escapeHtml } from "../../lib/notebook/text.ts";
import { ROOT_CLASS } from "./palette.ts";

/** Font sizes in SVG units. */
export const SIZES = { title: 18, label: 14, note: 12 } as const;

export interface TextStyle {
  /** Default "label". */
  readonly size?: keyof typeof SIZES;
  readonly isBold?: boolean;
  /** Code and tokens. Elsewhere `_` and `^` behind a single letter set the next one, or {several}, lower or higher: d_k, K^T, e^{2x}. */
  readonly isMono?: boolean;
}

/** Of the font size: from one line to the next, from the top of a capital to the baseline, from there down to the foot of a g. */
export const LINE_STEP = 1.4;
export const CAPITAL = 0.72;
export const DESCENDER = 0.21;

/** Of the font size: the width of a letter in Menlo, Liberation Mono and DejaVu Sans Mono (Consolas is narrower). */
const MONO_WIDTH = 0.602;
const SCRIPT_SIZE = 0.7;
const SCRIPT_SHIFT = { _: 0.2, "^": -0.36, "": 0 } as const;

/** max_length is a name and no formula: its underscore stands behind two letters. */
const SCRIPT = /(?<!\p{L}{2})([_^])(?:\{([^}]*)\}|(.))/gu;

interface Run {
  readonly text: string;
  readonly script: keyof typeof SCRIPT_SHIFT;
}

/** The width of one line. */
export function textWidth(line: string, style: TextStyle = {}): number {
  const size = SIZES[style.size ?? "label"];
  if (style.isMono) return Array.from(line).length * MONO_WIDTH * size;
  return runsOf(line, style).reduce(
    (sum, { text, script }) => sum + lineWidth(text, script ? size * SCRIPT_SIZE : size, style.isBold),
    0,
  );
}

/** Breaks a text into lines no wider than `width`; a word that is wider has a line of its own. */
export function wrap(text: string, width: number, style: TextStyle): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && textWidth(longer, style) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The content of an SVG text element. */
export function textContent(line: string, style: TextStyle): string {
  const size = SIZES[style.size ?? "label"];
  let at = 0;
  return runsOf(line, style).map(({ text, script }) => {
    const shift = SCRIPT_SHIFT[script] * size;
    const dy = shift === at ? "" : ` dy="${round(shift - at)}"`;
    at = shift;
    if (!script && !dy) return escapeHtml(text);
    const small = script ? ` font-size="${round(size * SCRIPT_SIZE)}"` : ` font-size="${size}"`;
    return `<tspan${dy}${small}>${escapeHtml(text)}</tspan>`;
  }).join("");
}

/** `QK^T / √d_k` -> QK, T above, / √d, k below. */
function runsOf(line: string, { isMono }: TextStyle): Run[] {
  if (isMono) return [{ text: line, script: "" }];
  const runs: Run[] = [];
  let end = 0;
  for (const { 0: { length }, 1: script, 2: braced, 3: letter, index } of line.matchAll(SCRIPT)) {
    runs.push({ text: line.slice(end, index), script: "" }, {
      text: braced ?? letter,
      script: script === "_" ? "_" : "^",
    });
    end = index + length;
  }
  return [...runs, { text: line.slice(end), script: "" } as const].filter(({ text }) => text !== "");
}

export function fontRules(): string {
  return [
    `.${ROOT_CLASS} text { font-family: ${FONT_FAMILY}; white-space: pre; }`,
    ...Object.entries(SIZES).map(([name, size]) => `.${ROOT_CLASS} .${name} { font-size: ${size}px; }`),
    `.${ROOT_CLASS} .bold { font-weight: bold; }`,
    `.${ROOT_CLASS} .mono { font-family: Menlo, "Liberation Mono", "DejaVu Sans Mono", Consolas, monospace; }`,
  ].join("\n");
}

/** Two decimals are finer than any screen, and the same on every machine. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
