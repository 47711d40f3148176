// A figure on its card: text, boxes, arrows, drawn in the order of the calls. Whatever is drawn is also measured, so that faults() can
// say what does not fit.

import { escapeHtml } from "../../lib/notebook/text.ts";
import { findFaults, type Mark } from "./faults.ts";
import { type Area, area, around, inset, middleOf, type Point } from "./geometry.ts";
import { colorRules, ROOT_CLASS, type Tone } from "./palette.ts";
import {
  CAPITAL,
  DESCENDER,
  fontRules,
  LINE_STEP,
  round,
  SIZES,
  textContent,
  type TextStyle,
  textWidth,
  wrap,
} from "./text.ts";

export interface TextOptions extends TextStyle {
  /** Which end of each line stands at x; default "start". */
  readonly anchor?: "start" | "middle" | "end";
  /** For what explains, and is not read first. */
  readonly isMuted?: boolean;
  /** Lines are broken at this width. */
  readonly width?: number;
  /** What of the text stands at y; default the middle of its lines. */
  readonly from?: "middle" | "top";
}

export interface BoxOptions {
  /** Default "grey". */
  readonly tone?: Tone;
  /** In the middle of the box. */
  readonly label?: string;
  /** A smaller line below the label. */
  readonly note?: string;
  readonly isMono?: boolean;
  readonly isBold?: boolean;
  /** A group, or what may be left out. */
  readonly isDashed?: boolean;
  /** A bar: the tone's strong colour, no border. */
  readonly isSolid?: boolean;
  /** Of the corners; default 6. */
  readonly radius?: number;
}

export interface LineOptions {
  readonly isDashed?: boolean;
  /** Default true. */
  readonly hasHead?: boolean;
}

/** The width of every figure, in pixels where a page has room for it. */
const WIDTH = 760;
/** Between the edge of the card and what is drawn on it. */
export const MARGIN = 28;
const CORNER = 8;
const HEAD = { length: 9, width: 8 };
const JOIN_RADIUS = 11;

export class Page {
  /** Where the drawing begins, below title and lead. */
  readonly top: number;
  /** The area between the margins, without a height. */
  readonly left = MARGIN;
  readonly right = WIDTH - MARGIN;
  readonly #marks: Mark[] = [];
  readonly #elements: string[] = [];

  /** @param lead one or two sentences below the title @param description what is drawn, for those who cannot see it */
  constructor(readonly title: string, lead: string, readonly description: string) {
    const heading = this.text(title, { x: MARGIN, y: MARGIN }, { size: "title", isBold: true, from: "top" });
    const below = { x: MARGIN, y: heading.y + heading.height + 10 };
    const { y, height } = this.text(lead, below, { isMuted: true, from: "top", width: this.right - this.left });
    this.top = y + height + 28;
  }

  /** Writes lines (one text is broken at `width`, a list is taken as it is) and returns the area they take. */
  text(content: string | readonly string[], at: Point, options: TextOptions = {}): Area {
    const { anchor = "start", size = "label", isMuted = false, width = Infinity, from = "middle" } = options;
    const lines = typeof content === "string" ? wrap(content, width, options) : content;
    const step = SIZES[size] * LINE_STEP;
    const height = (lines.length - 1) * step + (CAPITAL + DESCENDER) * SIZES[size];
    // the eye takes the middle of capitals for the middle of a line
    const top = from === "top" ? at.y : at.y - ((lines.length - 1) * step + CAPITAL * SIZES[size]) / 2;
    const isMono = options.isMono ? " mono" : "";
    const names = `${isMuted ? "muted" : "ink"} ${size}${options.isBold ? " bold" : ""}${isMono}`;
    const anchored = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
    for (const [i, line] of lines.entries()) {
      const baseline = top + i * step + CAPITAL * SIZES[size];
      this.#elements.push(
        `<text class="${names}" x="${round(at.x)}" y="${round(baseline)}"${anchored}>${
          textContent(line, options)
        }</text>`,
      );
    }
    const widest = Math.max(...lines.map((line) => textWidth(line, options)));
    const before = { start: 0, middle: widest / 2, end: widest }[anchor];
    const taken = area(at.x - before, top, widest, height);
    this.#marks.push({ kind: "text", name: lines.join(" "), area: taken });
    return taken;
  }

  /** Draws a box with its words in the middle, and returns its area. */
  box(place: Area, options: BoxOptions = {}): Area {
    const { tone = "grey", label, note, isDashed = false, isSolid = false, radius = 6 } = options;
    const dashes = isDashed ? ' stroke-dasharray="5 4"' : "";
    const names = `${isSolid ? "solid " : ""}${tone}`;
    this.#elements.push(`<rect class="${names}" ${rectangle(place)} rx="${radius}"${dashes}/>`);
    this.#marks.push({ kind: "box", name: label ?? note ?? tone, area: place });
    const { x, y } = middleOf(place);
    const style = { anchor: "middle", isMono: options.isMono, isBold: options.isBold } as const;
    if (label !== undefined) this.text([label], { x, y: note === undefined ? y : y - 9 }, style);
    if (note !== undefined) {
      this.text([note], { x, y: label === undefined ? y : y + 10 }, {
        anchor: "middle",
        size: "note",
        isMuted: label !== undefined,
      });
    }
    return place;
  }

  /** Draws `count` boxes behind where the next one will stand, each a little further up and to the right. */
  pile(place: Area, count: number, tone: Tone, step = 6): void {
    for (let i = count; i > 0; i--) {
      const behind = { ...place, x: place.x + i * step, y: place.y - i * step };
      this.#elements.push(`<rect class="${tone}" ${rectangle(behind)} rx="6"/>`);
    }
  }

  /** Draws a line through points, its corners rounded, with a head at its end. The name is what faults() calls it. */
  arrow(points: readonly Point[], { isDashed = false, hasHead = true }: LineOptions = {}): void {
    const [end, before] = [points[points.length - 1], points[points.length - 2]];
    const length = Math.hypot(end.x - before.x, end.y - before.y);
    const along = { x: (end.x - before.x) / length, y: (end.y - before.y) / length };
    const neck = hasHead ? { x: end.x - along.x * HEAD.length, y: end.y - along.y * HEAD.length } : end;
    const dashes = isDashed ? ' stroke-dasharray="5 4"' : "";
    this.#elements.push(`<path class="line" d="${roundedPath([...points.slice(0, -1), neck])}"${dashes}/>`);
    if (hasHead) {
      const side = (sign: number) => ({
        x: neck.x - sign * along.y * HEAD.width / 2,
        y: neck.y + sign * along.x * HEAD.width / 2,
      });
      const corners = [end, side(1), side(-1)].map(({ x, y }) => `${round(x)},${round(y)}`);
      this.#elements.push(`<polygon class="head" points="${corners.join(" ")}"/>`);
    }
    const name = [points[0], end].map(({ x, y }) => `${round(x)},${round(y)}`).join(" to ");
    this.#marks.push({ kind: "line", name, points });
  }

  /** A circle with a plus, where two ways are added; returns its area. */
  plus(at: Point): Area {
    const place = around(at, 2 * JOIN_RADIUS, 2 * JOIN_RADIUS);
    const [x, y, arm] = [round(at.x), round(at.y), 5];
    this.#elements.push(
      `<circle class="card" cx="${x}" cy="${y}" r="${JOIN_RADIUS}"/>`,
      `<circle class="line" cx="${x}" cy="${y}" r="${JOIN_RADIUS}"/>`,
      `<path class="line" d="M ${x - arm} ${y} h ${2 * arm} M ${x} ${y - arm} v ${2 * arm}"/>`,
    );
    this.#marks.push({ kind: "box", name: "+", area: place });
    return place;
  }

  /** What does not fit, one sentence each. */
  faults(): string[] {
    const room = area(0, 0, WIDTH, this.#height());
    return findFaults(this.#marks, inset(room, MARGIN - 8, 0));
  }

  /** The figure as an SVG document. The same drawing gives the same bytes. */
  toSvg(): string {
    const height = round(this.#height());
    const [title, description] = [escapeHtml(this.title), escapeHtml(this.description)];
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" class="${ROOT_CLASS}" role="img" aria-label="${title}. ${description}"`,
      `  width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" style="max-width: 100%; height: auto">`,
      `<title>${title}</title>`,
      `<desc>${description}</desc>`,
      `<style>\n${fontRules()}\n.${ROOT_CLASS} .line { stroke-width: 1.5; }\n${colorRules()}\n</style>`,
      `<rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${round(height - 1)}" rx="12"/>`,
      ...this.#elements,
      "</svg>\n",
    ].join("\n");
  }

  #height(): number {
    const ends = this.#marks.map((mark) =>
      mark.kind === "line" ? Math.max(...mark.points.map(({ y }) => y)) : mark.area.y + mark.area.height
    );
    return Math.ceil(Math.max(...ends)) + MARGIN;
  }
}

function rectangle({ x, y, width, height }: Area): string {
  return `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
}

function roundedPath(points: readonly Point[]): string {
  const text = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
  const parts = points.map((point, i) => {
    if (i === 0) return `M ${text(point)}`;
    if (i === points.length - 1) return `L ${text(point)}`;
    return `L ${text(towards(point, points[i - 1]))} Q ${text(point)} ${text(towards(point, points[i + 1]))}`;
  });
  return parts.join(" ");
}

/** The point where the corner's rounding begins: CORNER away, or half of a shorter side. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
