// The weights every side starts from: a hash of the parameter's name and the place in it, so that no file is needed and the first
// losses can be compared. peers/common.py is the same in Python.

/** Values are spread evenly with one and a half times the standard deviation of BERT's own, so that one model's loss is not another's. */
const WIDTH = 2 * Math.sqrt(3) * 0.03;

/** The first `size` values of the parameter that Transformers calls `name`: ones for LayerNorm's weight, zeros for biases. */
export function initialValues(name: string, size: number): Float32Array {
  const values = new Float32Array(size);
  if (name.endsWith("LayerNorm.weight")) return values.fill(1);
  if (name.endsWith("bias")) return values;
  const seed = hashOf(name);
  for (let i = 0; i < size; i++) {
    let x = (Math.imul(i, 2654435761) + seed) >>> 0;
    x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0;
    x = Math.imul(x ^ (x >>> 12), 0x297a2d39) >>> 0;
    x = (x ^ (x >>> 15)) >>> 0;
    values[i] = ((x >>> 8) / 2 ** 24 - 0.5) * WIDTH;
  }
  return values;
}

/** FNV-1a. */
function hashOf(name: string): number {
  let hash = 2166136261;
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
  return hash;
}

/** The same weight as peers want it that multiply from the right: (rows, columns) -> (columns, rows). */
export function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(values, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);
}
