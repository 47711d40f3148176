// What a token may look at: the padding mask of an encoder and the causal mask of a decoder, as numbers added to the scores
// (Vaswani et al. 2017, section 3.2.3).

import { type Area, area, inset, type Point } from "./draw/geometry.ts";
import { MARGIN, Page } from "./draw/page.ts";

const CELL = { width: 46, height: 32 };
const NAMES_WIDTH = 62;
const SECOND_X = 408;

/** Scores of one query, made up; all that follows in the figure is computed from them. */
const SCORES = [2, 1, 0.5, 1.5, 0];

interface Matrix {
  readonly title: string;
  readonly tokens: readonly string[];
  readonly isHidden: (query: number, key: number) => boolean;
  readonly note: string;
}

const padding: Matrix = {
  title: "Padding: filler is nobody's business",
  tokens: ["it", "is", "cold", "[PAD]", "[PAD]"],
  isHidden: (_, key) => key >= 3,
  note:
    "Columns of filler are hidden from every query. The rows of filler are computed and thrown away, or, as in this library, left out.",
};
const causal: Matrix = {
  title: "Causal: no look at what comes later",
  tokens: ["it", "is", "very", "cold", "."],
  isHidden: (query, key) => key > query,
  note:
    "A decoder predicts the next token. Token i sees itself and what stands before it; else it would read the answer.",
};

export function drawMasking(): Page {
  const page = new Page(
    "Two masks",
    "A mask is a matrix of 0 and −∞ that is added to the scores before softmax. Where it says −∞, the share becomes exactly 0.",
    "Two matrices of queries by keys. The padding mask hides the columns of filler tokens from all queries. The causal mask hides, for each " +
      "query, the keys that come later. Below, one row of scores with its mask and its softmax.",
  );
  const bottom = Math.max(
    drawMatrix(page, { x: MARGIN, y: page.top }, padding),
    drawMatrix(page, { x: SECOND_X, y: page.top }, causal),
  );
  drawRow(page, bottom + 40);
  return page;
}

/** Returns where it ends. */
function drawMatrix(page: Page, { x, y }: Point, { title, tokens, isHidden, note }: Matrix): number {
  page.text(title, { x, y }, { isBold: true, from: "top" });
  const left = x + NAMES_WIDTH;
  const headY = y + 40;
  page.text("query", { x: left - 10, y: headY }, { size: "note", isMuted: true, anchor: "end" });
  page.text("key: what is looked at", { x: left, y: headY }, { size: "note", isMuted: true });
  const top = headY + 38;
  for (const [i, token] of tokens.entries()) {
    const style = { size: "note", isMono: true } as const;
    page.text(token, { x: left + (i + 0.5) * CELL.width, y: top - 14 }, { ...style, anchor: "middle" });
    page.text(token, { x: left - 10, y: top + (i + 0.5) * CELL.height }, { ...style, anchor: "end" });
  }
  for (const query of tokens.keys()) {
    for (const key of tokens.keys()) drawCell(page, { x: left, y: top }, query, key, isHidden(query, key));
  }
  const noteY = top + tokens.length * CELL.height + 18;
  const taken = page.text(note, { x, y: noteY }, {
    size: "note",
    isMuted: true,
    from: "top",
    width: NAMES_WIDTH + tokens.length * CELL.width,
  });
  return taken.y + taken.height;
}

function drawCell(page: Page, { x, y }: Point, row: number, column: number, isHidden: boolean): void {
  const place = area(x + column * CELL.width, y + row * CELL.height, CELL.width, CELL.height);
  page.box(tile(place), { tone: isHidden ? "grey" : "blue", label: isHidden ? "−∞" : "0", radius: 3 });
}

/** A cell with a gap around it, so that neighbours keep their own edges. */
function tile(place: Area): Area {
  return inset(place, 1.5);
}

/** The row of "it" under the padding mask: scores, mask, softmax. */
function drawRow(page: Page, y: number): void {
  const mask = SCORES.map((_, key) => padding.isHidden(0, key) ? -Infinity : 0);
  const masked = SCORES.map((score, key) => score + mask[key]);
  const powers = masked.map(Math.exp);
  const total = powers.reduce((sum, power) => sum + power, 0);
  const write = (value: number) => value === -Infinity ? "−∞" : String(value);
  const rows = [
    { name: "scores", values: SCORES.map(write), note: "Q K^T / √d_k, here five made-up numbers" },
    { name: "+ mask", values: mask.map(write), note: "the first row of the left matrix" },
    { name: "= masked scores", values: masked.map(write), note: "e^{−∞} is 0" },
    {
      name: "softmax",
      values: powers.map((power) => power === 0 ? "0" : (power / total).toFixed(2)),
      note: "adds up to 1 over the three real tokens",
    },
  ];
  page.text('One row, step by step: what "it" looks at', { x: page.left, y }, { isBold: true, from: "top" });
  const left = page.left + 132;
  const top = y + 34;
  for (const [i, { name, values, note }] of rows.entries()) {
    const rowY = top + i * (CELL.height + 6);
    const middle = rowY + CELL.height / 2;
    page.text(name, { x: left - 12, y: middle }, { size: "note", anchor: "end" });
    for (const [key, value] of values.entries()) {
      const isHidden = mask[key] !== 0 && name !== "scores";
      const place = area(left + key * CELL.width, rowY, CELL.width, CELL.height);
      page.box(tile(place), {
        tone: isHidden ? "grey" : name === "softmax" ? "green" : "blue",
        label: value,
        radius: 3,
      });
    }
    page.text(note, { x: left + values.length * CELL.width + 20, y: middle }, { size: "note", isMuted: true });
  }
}
