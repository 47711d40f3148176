// Shapes: lengths by axis, row-major. Pure functions.

export type Shape = readonly number[];

/** Number of elements; 1 for the shape [] of a single number. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** `(2, 3)`, as PyTorch prints it. */
export function shapeText(shape: Shape): string {
  return `(${shape.join(", ")})`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** Splits a shape before its last axis: all that precedes it as rows, the last axis as columns. */
export function rowsAndColumns(shape: Shape): { rows: number; columns: number } {
  const columns = shape.at(-1) ?? 1;
  return { rows: sizeOf(shape.slice(0, -1)), columns };
}

/** Fills in one -1 from the number of elements. @throws RangeError where the lengths do not multiply to `size` */
export function resolveShape(shape: Shape, size: number): number[] {
  const known = shape.reduce((product, length) => (length === -1 ? product : product * length), 1);
  const resolved = shape.map((length) => (length === -1 ? size / known : length));
  if (sizeOf(resolved) !== size || resolved.some((length) => !Number.isInteger(length))) {
    throw new RangeError(`reshape: ${size} elements do not fit the shape ${shapeText(shape)}.`);
  }
  return resolved;
}
