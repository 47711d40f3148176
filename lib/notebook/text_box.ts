// How much room a text takes in an SVG, for the document of figure.ts that has no layout engine (jsdom measures nothing).
// Widths are those of Helvetica in thousandths of the font size (Adobe's font metrics of the 14 standard fonts);
// Arial and Liberation Sans share them. Anything but ASCII counts as an average letter, which is near enough for labels.

const FIRST_CODE = 32;
// deno-fmt-ignore
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,   //  space to /
  556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,   //  0 to ?
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,  //  @ to O
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,   //  P to _
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,   //  ` to o
  556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,        //  p to ~
];
const AVERAGE_WIDTH = 556;
const BOLD = 1.06;
const ASCENT = 0.85;
const LINE_HEIGHT = 1.15;
const LINE_STEP = 1.3; // plotly.js sets the lines of one text this far apart

/** A rectangle in SVG units. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The part of an SVG element that is read here. */
export interface SvgElement {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly children: Iterable<SvgElement>;
  readonly style: { readonly fontSize: string; readonly fontWeight: string; readonly textAnchor: string };
  getAttribute(name: string): string | null;
}

/** The width of one line of text in pixels. */
export function lineWidth(text: string, fontSize: number, isBold = false): number {
  const thousandths = Array.from(text).reduce(
    (sum, letter) => sum + (WIDTHS[(letter.codePointAt(0) ?? 0) - FIRST_CODE] ?? AVERAGE_WIDTH),
    0,
  );
  return thousandths / 1000 * fontSize * (isBold ? BOLD : 1);
}

/** The box of all text in `element`, with its own transform and those below it; undefined when it holds no text. */
export function textBox(element: SvgElement): Box | undefined {
  const inner = element.tagName === "text" ? boxOfText(element) : union(Array.from(element.children, textBox));
  return inner && transformed(inner, element.getAttribute("transform") ?? "");
}

function boxOfText(element: SvgElement): Box | undefined {
  const lines = Array.from(element.children).filter((child) => child.getAttribute("class") === "line");
  const texts = (lines.length > 0 ? lines : [element]).map((line) => line.textContent ?? "");
  if (texts.every((text) => text === "")) return undefined;
  const fontSize = parseFloat(element.style.fontSize) || 12;
  const width = Math.max(...texts.map((text) => lineWidth(text, fontSize, element.style.fontWeight === "bold")));
  const anchor = element.getAttribute("text-anchor") ?? element.style.textAnchor;
  const before = anchor === "middle" ? width / 2 : anchor === "end" ? width : 0;
  const left = Number(element.getAttribute("x") ?? 0) - before;
  const top = Number(element.getAttribute("y") ?? 0) - ASCENT * fontSize;
  const height = (LINE_HEIGHT + LINE_STEP * (texts.length - 1)) * fontSize;
  return { left, top, right: left + width, bottom: top + height };
}

function union(boxes: (Box | undefined)[]): Box | undefined {
  const known = boxes.filter((box) => box !== undefined);
  if (known.length === 0) return undefined;
  return {
    left: Math.min(...known.map((box) => box.left)),
    top: Math.min(...known.map((box) => box.top)),
    right: Math.max(...known.map((box) => box.right)),
    bottom: Math.max(...known.map((box) => box.bottom)),
  };
}

/** The box after an SVG transform list of `translate`s and `rotate`s, the only ones plotly.js sets on text. */
function transformed(box: Box, transform: string): Box {
  let corners = [[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]];
  for (const [, kind, list] of Array.from(transform.matchAll(/(translate|rotate)\(([^)]*)\)/g)).reverse()) {
    const [first, second = 0, third = 0] = list.split(/[\s,]+/).map(Number);
    corners = corners.map(([x, y]) => {
      if (kind === "translate") return [x + first, y + second];
      const [cos, sin] = [Math.cos(first * Math.PI / 180), Math.sin(first * Math.PI / 180)];
      const [dx, dy] = [x - second, y - third];
      return [second + dx * cos - dy * sin, third + dx * sin + dy * cos];
    });
  }
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
