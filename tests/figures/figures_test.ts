// The committed figures are those of their scripts, nothing in them overlaps or is cut off, and their colours can be read.

import assert from "node:assert/strict";
import { join } from "node:path";
import { placesByStrategy } from "../../figures/padding_waste.ts";
import { FILES } from "../../figures/tensor_to_kernel.ts";
import { area } from "../../figures/draw/geometry.ts";
import { Page } from "../../figures/draw/page.ts";
import { dark, light, type Scheme } from "../../figures/draw/palette.ts";
import { figures, pathOf } from "../../tasks/figures.ts";
import { ROOT } from "../../tasks/project.ts";

for (const [name, draw] of Object.entries(figures)) {
  Deno.test(`figures/${name}.svg is what its script draws, and nothing in it overlaps`, async () => {
    const page = await draw();
    assert.deepEqual(page.faults(), []);
    assert.ok(page.toSvg() === await Deno.readTextFile(pathOf(name)), "run `deno task figures` and look at it");
  });
}

const page = () => new Page("Title", "Lead.", "What is drawn.");

Deno.test("faults() names text over text, text over a border, text that is cut off, and lines through text", () => {
  const overText = page();
  overText.text("first", { x: 40, y: 200 });
  overText.text("second", { x: 60, y: 205 });
  assert.deepEqual(overText.faults(), ['"first" and "second" overlap']);

  const overBorder = page();
  overBorder.box(area(40, 200, 50, 30), { label: "wider than its box" });
  assert.equal(overBorder.faults().length, 2); // and so it leaves the margin
  assert.match(overBorder.faults()[1], /^"wider than its box" runs over the border/);

  const cut = page();
  cut.text("beyond the right edge", { x: 700, y: 200 });
  assert.deepEqual(cut.faults(), ['"beyond the right edge" reaches out of the figure']);

  const crossed = page();
  crossed.text("crossed", { x: 100, y: 200 });
  crossed.arrow([{ x: 40, y: 200 }, { x: 300, y: 200 }]);
  assert.deepEqual(crossed.faults(), ['the line "40,200 to 300,200" runs through "crossed"']);
});

Deno.test("faults() names boxes half over each other and lines through a box, and lets groups and touching boxes be", () => {
  const half = page();
  half.box(area(40, 200, 100, 40), { label: "a" });
  half.box(area(100, 220, 100, 40), { label: "b" });
  assert.deepEqual(half.faults(), ['boxes "a" and "b" lie half over each other']);

  const through = page();
  through.box(area(100, 200, 100, 40));
  through.arrow([{ x: 40, y: 230 }, { x: 300, y: 190 }]);
  assert.deepEqual(through.faults(), ['the line "40,230 to 300,190" runs through the box "grey"']);

  const fine = page();
  fine.box(area(40, 190, 300, 200));
  const inner = fine.box(area(60, 200, 100, 40), { label: "inner" });
  fine.box(area(160, 200, 100, 40), { label: "touches" });
  fine.arrow([{ x: 110, y: 420 }, { x: 110, y: inner.y + inner.height }]);
  assert.deepEqual(fine.faults(), []);
});

Deno.test("a figure's text has a contrast of 4.5 on everything it can stand on, lines and edges one of 3", () => {
  for (const { ink, muted, line, tones } of [light, dark] satisfies Scheme[]) {
    for (const { fill } of Object.values(tones)) {
      for (const text of [ink, muted]) assert.ok(contrast(text, fill) >= 4.5, `${text} on ${fill}`);
    }
    const { card, ...others } = tones;
    for (const mark of [line, ...Object.values(others).map(({ edge }) => edge)]) {
      assert.ok(contrast(mark, card.fill) >= 3, `${mark} on ${card.fill}`);
    }
  }
});

/** WCAG 2.2, "contrast ratio". */
function contrast(a: string, b: string): number {
  const luminance = (color: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const value = parseInt(color.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((first, second) => first - second);
  return (high + 0.05) / (low + 0.05);
}

Deno.test("placesByStrategy() counts the places that each way to pad needs", () => {
  const lengths = Array.from({ length: 1600 }, (_, row) => 2 + row % 2 * 8); // 2 and 10 in turn
  const places = placesByStrategy(lengths);
  assert.equal(places['"max_length" (512)'], 1600 * 512);
  assert.equal(places["longest of all"], 1600 * 10);
  assert.equal(places["longest of the batch"], 1600 * 10); // 16 rows at random without a long one: never, with this seed
  assert.equal(places["none (tokens only)"], 1600 * 6);
  const grouped = places["grouped by length"];
  assert.ok(grouped >= 1600 * 6 && grouped <= 1600 * 6 + 4 * 16 * 8, `${grouped}`); // four stretches, each with one mixed batch at most
});

Deno.test("the figure of a tensor's way names files that exist", async () => {
  for (const file of FILES) assert.ok((await Deno.stat(join(ROOT, file))).isFile, file);
});
