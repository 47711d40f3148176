// How masked language modelling hides tokens: Devlin et al. 2019, section 3.1 and appendix A.1.

import { area, bottomOf } from "./draw/geometry.ts";
import { Page } from "./draw/page.ts";
import type { Tone } from "./draw/palette.ts";
import { textWidth } from "./draw/text.ts";

/** A token of the sentence; where it was chosen, what the model reads in its place. */
interface Token {
  readonly token: string;
  readonly read?: string;
  readonly tone?: Tone;
}

const SENTENCE: readonly Token[] = [
  { token: "[CLS]" },
  { token: "the" },
  { token: "old" },
  { token: "captain", read: "[MASK]", tone: "orange" },
  { token: "waits" },
  { token: "for" },
  { token: "the" },
  { token: "next", read: "violin", tone: "purple" },
  { token: "ship", read: "ship", tone: "green" },
  { token: "[SEP]" },
];
const IGNORED = "−100";

const CHOSEN_SHARE = 0.15;
const FATES = [
  { share: 0.8, tone: "orange", label: "80 %", says: "become [MASK]" },
  { share: 0.1, tone: "purple", label: "10 %", says: "any token" },
  { share: 0.1, tone: "green", label: "10 %", says: "unchanged" },
] as const;

export function drawMlmMasking(): Page {
  const page = new Page(
    "Masked language modelling",
    "A model learns from text without labels: some tokens are hidden, and it has to find them. Here three were chosen, one of each kind.",
    "A sentence in tokens, what the model reads of it and its labels: one chosen token is replaced by the mask token, one by a random token, " +
      "one stays. Bars: 15 % of the tokens are chosen; of these 80 % are masked, 10 % replaced, 10 % unchanged.",
  );
  const end = drawTokens(page);
  drawShares(page, end + 36);
  return page;
}

/** Three rows of tokens, one below the other; returns where they end. */
function drawTokens(page: Page): number {
  const left = page.left + 108;
  const gap = 6;
  const style = { isMono: true, size: "note" } as const;
  const widths = SENTENCE.map(({ token, read = "" }) =>
    Math.max(textWidth(token, style), textWidth(read, style), textWidth(IGNORED, style)) + 16
  );
  const spare = (page.right - left - widths.reduce((sum, width) => sum + width + gap, -gap)) / widths.length;
  const rows = ["the sentence", "the model reads", "it has to find"].map((name, i) => ({ name, y: page.top + i * 58 }));
  for (const { name, y } of rows) page.text(name, { x: page.left, y: y + 17 }, { size: "note", isMuted: true });

  let x = left;
  for (const [i, { token, read, tone }] of SENTENCE.entries()) {
    const [sentence, input, label] = rows.map(({ y }) => area(x, y, widths[i] + spare, 34));
    const write = (text: string, place: typeof sentence, isMuted = false) =>
      page.text(text, { x: place.x + place.width / 2, y: place.y + 17 }, { ...style, anchor: "middle", isMuted });
    page.box(sentence, { tone: "grey" });
    write(token, sentence);
    page.box(input, { tone: tone ?? "grey" });
    write(read ?? token, input);
    if (tone) {
      page.box(label, { tone: "outline" });
      page.arrow([bottomOf(input), { x: bottomOf(input).x, y: label.y }]);
      page.arrow([bottomOf(sentence), { x: bottomOf(sentence).x, y: input.y }]);
    }
    write(tone ? token : IGNORED, label, !tone);
    x += widths[i] + spare + gap;
  }
  const note =
    `${IGNORED} is the label of what is not asked for: the loss leaves it out. Special tokens are never chosen.`;
  const taken = page.text(note, { x: left, y: rows[2].y + 34 + 16 }, { size: "note", isMuted: true, from: "top" });
  return taken.y + taken.height;
}

/** All tokens as one bar, and the chosen part of it as a second, wider one. */
function drawShares(page: Page, y: number): void {
  const width = page.right - page.left;
  const chosenX = page.right - CHOSEN_SHARE * width;
  page.text("How many?", { x: page.left, y }, { isBold: true, from: "top" });
  const all = area(page.left, y + 30, width, 36);
  page.box(area(all.x, all.y, chosenX - all.x, all.height), {
    label: "85 % of all tokens stay as they are, and are not asked for",
    radius: 0,
  });
  page.box(area(chosenX, all.y, page.right - chosenX, all.height), {
    label: "15 %",
    tone: "blue",
    radius: 0,
    isBold: true,
  });

  const below = all.y + all.height + 36;
  page.arrow([{ x: chosenX, y: all.y + all.height }, { x: page.left, y: below }], { hasHead: false, isDashed: true });
  page.arrow([{ x: page.right, y: all.y + all.height }, { x: page.right, y: below }], {
    hasHead: false,
    isDashed: true,
  });
  let x = page.left;
  for (const { share, tone, label, says } of FATES) {
    const place = page.box(area(x, below, share * width, 36), { label, tone, radius: 0, isBold: true });
    page.text(says, { x: bottomOf(place).x, y: below + 48 }, { size: "note", anchor: "middle", from: "top" });
    x += share * width;
  }
  const why =
    "Fine-tuning shows the model no [MASK]. The two tenths make it look at real words as well, and trust none of them blindly.";
  page.text(why, { x: page.left, y: below + 84 }, { size: "note", isMuted: true, from: "top", width });
}
