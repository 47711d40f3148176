// What is wrong with a drawing, by measure: text that is cut off, runs over other text, a border or a line; boxes half over each other;
// lines through a box they have nothing to do with.

import { type Area, contains, inset, overlap, passesThrough, type Point } from "./geometry.ts";

/** What was drawn, and where. */
export type Mark =
  | { readonly kind: "text"; readonly name: string; readonly area: Area }
  | { readonly kind: "box"; readonly name: string; readonly area: Area }
  | { readonly kind: "line"; readonly name: string; readonly points: readonly Point[] };

/** Room that a text keeps to the border of its box on the left and on the right, and fonts may be this much wider than ours. */
const SIDE_ROOM = 3;
const TOUCH = 0.5;

/** One sentence for each fault; none means that all is well. `room` is what may be drawn on. */
export function findFaults(marks: readonly Mark[], room: Area): string[] {
  const texts = marks.filter((mark) => mark.kind === "text");
  const boxes = marks.filter((mark) => mark.kind === "box");
  const lines = marks.filter((mark) => mark.kind === "line");
  const leaves = boxes.filter((box) => !boxes.some((other) => other !== box && contains(box.area, other.area)));
  const faults: string[] = [];

  for (const { name, area } of [...texts, ...boxes]) {
    if (!contains(room, area)) faults.push(`"${name}" reaches out of the figure`);
  }
  for (const [first, second] of pairs(texts)) {
    if (overlap(first.area, second.area)) faults.push(`"${first.name}" and "${second.name}" overlap`);
  }
  for (const text of texts) {
    for (const box of boxes) {
      const isInside = contains(inset(box.area, SIDE_ROOM, 0), text.area);
      if (overlap(text.area, box.area) && !isInside) {
        faults.push(`"${text.name}" runs over the border of "${box.name}"`);
      }
    }
  }
  for (const [first, second] of pairs(boxes)) {
    if (!overlap(inset(first.area, TOUCH), second.area)) continue;
    if (contains(first.area, second.area) || contains(second.area, first.area)) continue;
    faults.push(`boxes "${first.name}" and "${second.name}" lie half over each other`);
  }
  for (const { name, points } of lines) {
    for (const [i, to] of points.slice(1).entries()) {
      const isCrossed = ({ area }: { area: Area }, margin: number) => passesThrough(points[i], to, inset(area, margin));
      if (![points[i], to].every((point) => contains(room, { ...point, width: 0, height: 0 }))) {
        faults.push(`the line "${name}" leaves the figure`);
      }
      for (const text of texts) if (isCrossed(text, -1)) faults.push(`the line "${name}" runs through "${text.name}"`);
      for (const box of leaves) {
        if (isCrossed(box, TOUCH)) faults.push(`the line "${name}" runs through the box "${box.name}"`);
      }
    }
  }
  return faults;
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((first, i) => items.slice(i + 1).map((second): [T, T] => [first, second]));
}
