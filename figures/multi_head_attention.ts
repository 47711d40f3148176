// Scaled dot-product attention in several heads: Vaswani et al. 2017, sections 3.2.1 and 3.2.2.

import { area, bottomOf, middleOf, topOf } from "./draw/geometry.ts";
import { Page } from "./draw/page.ts";

const NOTE_X = 464;
/** Of the columns of queries, keys and values. */
const COLUMNS = [88, 218, 348];

export function drawMultiHeadAttention(): Page {
  const page = new Page(
    "Multi-head attention",
    "Every token asks a question (its query), compares it with what each token offers (its key), and takes what they hold (their values), " +
      "by share. Several heads do so side by side, each with questions of its own.",
    "Token vectors go through three linear layers to queries, keys and values. In each head the products of queries and keys, divided by " +
      "the root of the head's size, go through a mask and softmax and weigh the values. The heads are put side by side and mixed by a linear layer.",
  );
  const explain = (text: string, y: number) =>
    page.text(text, { x: NOTE_X, y }, { size: "note", isMuted: true, width: page.right - NOTE_X });
  const [left, center, right] = COLUMNS;
  const at = (x: number, y: number, width: number, height = 36) => area(x - width / 2, y, width, height);

  const input = page.box(at(center, page.top, 180), { label: "token vectors x" });
  explain("(tokens, hidden)", middleOf(input).y);

  const linearY = bottomOf(input).y + 44;
  const group = area(page.left, linearY + 84, 2 * (center - page.left), 250);
  page.pile(group, 2, "outline");
  page.box(group, { tone: "outline" });
  page.text("one of h heads", { x: (center + right) / 2 + 6, y: group.y + 20 }, {
    size: "note",
    anchor: "middle",
    isMuted: true,
  });

  const scores = at((left + center) / 2, group.y + 40, 190);
  const mask = at(middleOf(scores).x, bottomOf(scores).y + 20, 190, 30);
  const softmax = at(middleOf(scores).x, bottomOf(mask).y + 20, 190, 30);
  const sum = at(center, bottomOf(softmax).y + 20, 320);

  for (const [i, name] of ["Q", "K", "V"].entries()) {
    const x = COLUMNS[i];
    const linear = page.box(at(x, linearY, 104), { label: `Linear W_${name}`, tone: "purple" });
    const forkY = bottomOf(input).y + 20;
    page.arrow(
      x === center
        ? [bottomOf(input), topOf(linear)]
        : [bottomOf(input), { x: center, y: forkY }, { x, y: forkY }, topOf(linear)],
    );
    page.arrow([bottomOf(linear), { x, y: name === "V" ? sum.y : scores.y }]);
    page.text(name, { x: x + 10, y: bottomOf(linear).y + 22 }, { isBold: true });
  }
  explain(
    "Three learned projections: what a token asks (Q), what it offers to be found by (K), what it hands over (V). Each head gets " +
      "d_k = hidden / h columns of each.",
    linearY + 30,
  );

  page.box(scores, { label: "scores Q K^T / √d_k", tone: "blue" });
  page.box(mask, { label: "mask, where there is one", tone: "grey", isDashed: true });
  page.box(softmax, { label: "softmax of each row", tone: "blue" });
  page.box(sum, { label: "weighted sum of the values", tone: "green" });
  page.arrow([bottomOf(scores), topOf(mask)]);
  page.arrow([bottomOf(mask), topOf(softmax)]);
  page.arrow([bottomOf(softmax), { x: middleOf(softmax).x, y: sum.y }]);
  explain(
    "(tokens, tokens): one score for each pair. A sum of d_k products spreads like √d_k; divided by it, softmax stays soft.",
    middleOf(scores).y,
  );
  explain("−∞ where a token may not look: padding, or what comes later.", middleOf(mask).y);
  explain("Shares that add up to 1 in each row.", middleOf(softmax).y);
  explain("(tokens, d_k): what each token takes from all.", middleOf(sum).y);

  const concat = page.box(at(center, bottomOf(group).y + 28, 220), { label: "all heads side by side" });
  const out = page.box(at(center, bottomOf(concat).y + 24, 220), { label: "Linear W_O", tone: "purple" });
  const output = page.box(at(center, bottomOf(out).y + 24, 220), { label: "attention(x)" });
  page.arrow([bottomOf(sum), topOf(concat)]);
  page.arrow([bottomOf(concat), topOf(out)]);
  page.arrow([bottomOf(out), topOf(output)]);
  explain("(tokens, hidden): h times d_k columns.", middleOf(concat).y);
  explain("Mixes what the heads have found.", middleOf(out).y);
  explain("(tokens, hidden), as it came in.", middleOf(output).y);
  return page;
}
