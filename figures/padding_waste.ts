// How much of the rectangles that a network is given is filler, for each way to pad, on the training texts of the kit's own sets.

import { LengthGroupedSampler, loadDataset, RandomSampler } from "../lib/data/mod.ts";
import { AutoTokenizer } from "../lib/tokenizers/mod.ts";
import { type Area, area } from "./draw/geometry.ts";
import { Page } from "./draw/page.ts";

const BATCH_SIZE = 16;
const SEED = 42;
/** What `padding: "max_length"` pads to where nothing else is said: the positions that BERT has. */
const MAX_LENGTH = 512;

/** The tokenizer whose vocabulary the embedded texts share. */
const TOKENIZER = "attend/tiny";
/** The embedded sets and the column that holds their texts; one comes tokenized. */
const SETS = [
  { name: "attend/comics", column: "input_ids" },
  { name: "attend/acceptability", column: "sentence" },
  { name: "attend/snippets", column: "text" },
  { name: "attend/headlines", column: "text" },
  { name: "attend/reviews", column: "review_body" },
] as const;

/** Places in all batches together, for each way to pad, given the lengths of the texts. */
export function placesByStrategy(lengths: readonly number[]): Record<string, number> {
  const longest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), 0);
  const inBatches = (order: ArrayLike<number>) => {
    const ordered = Array.from(order, (row) => lengths[row]);
    const batches = Array.from(
      { length: Math.ceil(ordered.length / BATCH_SIZE) },
      (_, i) => ordered.slice(i * BATCH_SIZE, (i + 1) * BATCH_SIZE),
    );
    return batches.reduce((sum, batch) => sum + batch.length * longest(batch), 0);
  };
  return {
    [`"max_length" (${MAX_LENGTH})`]: lengths.length * MAX_LENGTH,
    "longest of all": lengths.length * longest(lengths),
    "longest of the batch": inBatches(new RandomSampler(lengths.length, SEED).order(0)),
    "grouped by length": inBatches(
      new LengthGroupedSampler({ batchSize: BATCH_SIZE, lengths, seed: SEED }).order(0),
    ),
    "none (tokens only)": lengths.reduce((sum, length) => sum + length, 0),
  };
}

async function lengthsOf({ name, column }: typeof SETS[number]): Promise<number[]> {
  const train = await loadDataset(name, { split: "train" });
  if (column === "input_ids") return train.column(column).map((ids: readonly number[]) => ids.length);
  const tokenizer = await AutoTokenizer.fromPretrained(TOKENIZER);
  return tokenizer(train.column(column)).input_ids.map((ids) => ids.length);
}

const BLOCK_HEIGHT = 124;
const HISTOGRAM = { width: 190, height: 48 };
const BAR = { left: 424, height: 13, step: 19 };

export async function drawPaddingWaste(): Promise<Page> {
  const page = new Page(
    "What padding costs",
    `A batch is a rectangle: each of its ${BATCH_SIZE} texts gets as many places as the longest one needs. Below, the places of one epoch over the kit's own ` +
      "training sets, and how many of them hold only filler.",
    "For each of the kit's five training sets the distribution of text lengths in tokens, and a bar for each way to pad: the share of filler is " +
      "largest for max_length, smaller for the longest of all and of the batch, small when texts are grouped by length, and none without padding.",
  );
  const lengths = await Promise.all(SETS.map(lengthsOf));
  const barsEnd = page.right - 84;
  drawHeadings(page, page.top + 4);
  const most = Math.max(...lengths.map((values) => Math.max(...values)));
  for (const [i, { name }] of SETS.entries()) {
    const top = page.top + 36 + i * BLOCK_HEIGHT;
    drawLengths(page, name, lengths[i], most, top);
    if (i === SETS.length - 1) drawScale(page, most, top + 38 + HISTOGRAM.height);
    drawBars(page, placesByStrategy(lengths[i]), top, barsEnd);
  }
  return page;
}

function drawHeadings(page: Page, y: number): void {
  page.text("How long are the texts?", { x: page.left, y }, { isBold: true });
  page.text("What fills the places?", { x: BAR.left, y }, { isBold: true });
  for (const [name, tone, x] of [["tokens", "blue", BAR.left + 180], ["filler", "grey", BAR.left + 248]] as const) {
    page.box(area(x, y - 6, 12, 12), { tone, isSolid: tone === "blue", radius: 2 });
    page.text(name, { x: x + 20, y }, { size: "note" });
  }
}

/** Name, numbers and a histogram, all on one scale from 0 to `most` tokens. */
function drawLengths(page: Page, name: string, lengths: readonly number[], most: number, top: number): void {
  const sorted = lengths.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  page.text(name, { x: page.left, y: top }, { isMono: true, size: "note", isBold: true, from: "top" });
  const numbers = `${lengths.length.toLocaleString("en-US")} texts, median ${median}, longest ${
    sorted[sorted.length - 1]
  } tokens`;
  page.text(numbers, { x: page.left, y: top + 18 }, { size: "note", isMuted: true, from: "top" });

  const place: Area = area(page.left, top + 38, HISTOGRAM.width, HISTOGRAM.height);
  const binSize = Math.ceil((most + 1) / 63);
  const counts = new Array<number>(Math.ceil((most + 1) / binSize)).fill(0);
  for (const length of lengths) counts[Math.floor(length / binSize)]++;
  const highest = Math.max(...counts);
  const width = place.width / counts.length;
  for (const [bin, count] of counts.entries()) {
    if (count === 0) continue;
    const height = Math.max(1, count / highest * place.height);
    page.box(area(place.x + bin * width, place.y + place.height - height, width * 0.86, height), {
      tone: "blue",
      isSolid: true,
      radius: 0,
    });
  }
  const end = place.y + place.height;
  page.arrow([{ x: place.x, y: end + 1.5 }, { x: place.x + place.width, y: end + 1.5 }], { hasHead: false });
}

/** Below the last histogram, for all of them. */
function drawScale(page: Page, most: number, y: number): void {
  const style = { size: "note", isMuted: true } as const;
  page.text("0", { x: page.left, y: y + 14 }, style);
  page.text(`${most} tokens`, { x: page.left + HISTOGRAM.width, y: y + 14 }, { ...style, anchor: "end" });
}

function drawBars(page: Page, places: Readonly<Record<string, number>>, top: number, end: number): void {
  const tokens = Math.min(...Object.values(places));
  for (const [i, [strategy, size]] of Object.entries(places).entries()) {
    const y = top + i * BAR.step;
    const middle = y + BAR.height / 2;
    const filler = 1 - tokens / size;
    const boundary = BAR.left + (end - BAR.left) * (1 - filler);
    page.text(strategy, { x: BAR.left - 12, y: middle }, { size: "note", anchor: "end" });
    page.box(area(BAR.left, y, boundary - BAR.left, BAR.height), { tone: "blue", isSolid: true, radius: 0 });
    if (filler > 0) page.box(area(boundary, y, end - boundary, BAR.height), { tone: "grey", radius: 0 });
    const percent = filler === 0 ? "0 %" : `${(100 * filler).toFixed(filler > 0.1 ? 0 : 1)} %`;
    page.text(`${percent} filler`, { x: end + 12, y: middle }, { size: "note" });
  }
}
