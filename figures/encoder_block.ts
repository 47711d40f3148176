// One layer of BERT: Vaswani et al. 2017, section 3.1; normalization after each half, GELU as in Devlin et al. 2019.

import { area, around, bottomOf, leftOf, type Point, topOf } from "./draw/geometry.ts";
import { Page } from "./draw/page.ts";

const NOTE_X = 392;
/** Of the column that the vectors go down, and of the ways round. */
const [CENTER, AROUND] = [210, 66];
const [BOX_WIDTH, STEP] = [210, 20];

export function drawEncoderBlock(): Page {
  const page = new Page(
    "The encoder block",
    "What BERT repeats N times. Every token keeps a vector of its own from top to bottom; only attention lets tokens look at one another.",
    "From top to bottom: token vectors; multi-head self-attention with a way round it, added and normalized; feed-forward with a way " +
      "round it, added and normalized; out come vectors of the same shape.",
  );
  const column = (y: number, height: number) => area(CENTER - BOX_WIDTH / 2, y, BOX_WIDTH, height);
  const explain = (text: string, y: number) =>
    page.text(text, { x: NOTE_X, y }, { size: "note", isMuted: true, width: page.right - NOTE_X });

  const input = column(page.top, 36);
  const group = area(page.left, input.y + input.height + STEP + 8, NOTE_X - 24 - page.left, 404);
  page.box(group, { tone: "outline", isDashed: true, radius: 10 });
  page.text("× N", { x: group.x + group.width - 14, y: group.y + 18 }, { anchor: "end", isBold: true });
  page.box(input, { label: "token vectors" });
  explain("(tokens, hidden): one vector a token, from what it is and where it stands.", input.y + 18);

  const halves = [
    {
      label: "multi-head self-attention",
      tone: "blue",
      says: "Each token takes from every token what fits to it, itself included. Only here do tokens meet.",
      added: "x + attention(x): what was known stays, and the gradient has a way past the arithmetic.",
      normalized: "Each vector to mean 0 and variance 1, then a learned scale and shift.",
    },
    {
      label: "feed-forward",
      tone: "green",
      says: "Linear to 4 × hidden, GELU, Linear back to hidden: for each token by itself.",
      added: "Added once more, x + feedForward(x).",
      normalized: "And normalized again.",
    },
  ] as const;
  let from = bottomOf(input);
  let fork: Point = { x: CENTER, y: group.y + 18 };
  for (const { label, tone, says, added, normalized } of halves) {
    const part = page.box(column(fork.y + STEP, 48), { label, tone });
    const plus = page.plus({ x: CENTER, y: part.y + part.height + STEP + 14 });
    const norm = page.box(column(plus.y + plus.height + STEP, 36), { label: "LayerNorm", tone: "purple" });
    page.arrow([from, topOf(part)]);
    page.arrow([fork, { x: AROUND, y: fork.y }, { x: AROUND, y: leftOf(plus).y }, leftOf(plus)]);
    page.arrow([bottomOf(part), topOf(plus)]);
    page.arrow([bottomOf(plus), topOf(norm)]);
    explain(says, part.y + 24);
    explain(added, leftOf(plus).y);
    explain(normalized, norm.y + 18);
    from = bottomOf(norm);
    fork = { x: CENTER, y: from.y + STEP };
  }
  const output = page.box(around({ x: CENTER, y: group.y + group.height + STEP + 8 + 18 }, BOX_WIDTH, 36), {
    label: "token vectors",
  });
  page.arrow([from, topOf(output)]);
  explain("(tokens, hidden) again, so that the next block can follow.", output.y + 18);
  return page;
}
