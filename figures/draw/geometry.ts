// Points and rectangles of a drawing, in SVG units: x to the right, y down.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

export function area(x: number, y: number, width: number, height: number): Area {
  return { x, y, width, height };
}

/** The area around a middle point. */
export function around({ x, y }: Point, width: number, height: number): Area {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

export function middleOf({ x, y, width, height }: Area): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The middle of each edge: where arrows begin and end. */
export function topOf({ x, y, width }: Area): Point {
  return { x: x + width / 2, y };
}

export function bottomOf({ x, y, width, height }: Area): Point {
  return { x: x + width / 2, y: y + height };
}

export function leftOf({ x, y, height }: Area): Point {
  return { x, y: y + height / 2 };
}

export function rightOf({ x, y, width, height }: Area): Point {
  return { x: x + width, y: y + height / 2 };
}

/** A smaller area (a larger one where negative) with the same middle. */
export function inset({ x, y, width, height }: Area, dx: number, dy = dx): Area {
  return { x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy };
}

/** Whether two areas have more than an edge in common. */
export function overlap(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function contains(outer: Area, inner: Area): boolean {
  return inner.x >= outer.x && inner.x + inner.width <= outer.x + outer.width &&
    inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height;
}

/** Whether a straight line passes through the inside of an area (Liang and Barsky 1984). */
export function passesThrough(from: Point, to: Point, { x, y, width, height }: Area): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [enter, leave] = [0, 1];
  for (
    const [step, room] of [[-dx, from.x - x], [dx, x + width - from.x], [-dy, from.y - y], [dy, y + height - from.y]]
  ) {
    if (step === 0 && room <= 0) return false;
    if (step < 0) enter = Math.max(enter, room / step);
    if (step > 0) leave = Math.min(leave, room / step);
  }
  return enter < leave;
}
