// The gradient of a table of which few rows were used: those rows alone. A vocabulary of 30,000 rows and a batch of 200 tokens make the
// dense one 150 times as large. (TensorFlow calls it IndexedSlices.)

import { empty, keep, type LazyGradient, run, scope, type Shape, type Tensor, tensor } from "../tensor/mod.ts";
import { narrowed, whole, writeView } from "./view.ts";

export class RowGradient implements LazyGradient {
  /** (n, columns): the gradients of `rows`, in their order. */
  readonly values: Tensor;

  /**
   * @param shape of the table, (rows, columns)
   * @param rows n rows of the table, each at most once
   * @param values taken over; (n, columns)
   */
  constructor(readonly shape: Shape, readonly rows: Int32Array, values: Tensor) {
    this.values = keep(values);
  }

  /** Sums the gradients of rows that were used more than once: `ids[i]` got `gradients[i]`; a negative id, or the one `except`, gets none. */
  static of(shape: Shape, ids: Int32Array, gradients: Tensor, except = -1): RowGradient {
    const columns = shape[1];
    const places = new Map<number, number>();
    const slots = ids.map((id) => {
      if (id < 0 || id === except) return -1;
      const place = places.get(id) ?? places.size;
      places.set(id, place);
      return place;
    });
    const slotOf = tensor(slots);
    const uniforms = { rows: ids.length, columns, vocabulary: places.size, paddingIndex: -1 };
    const [values] = run("embedding_grad", [slotOf, gradients], [[places.size, columns]], uniforms);
    slotOf.dispose();
    return new RowGradient(shape, Int32Array.from(places.keys()), values);
  }

  /** The sum with another one of the same table; both are used up. */
  plus(other: RowGradient): RowGradient {
    const sum = scope(() => {
      const rows = Int32Array.of(...this.rows, ...other.rows);
      const both = whole([rows.length, this.shape[1]]);
      const gradients = empty(both.shape, "float32", "backward", this.values.backend);
      writeView(this.values, gradients, narrowed(both, 0, 0, this.rows.length));
      writeView(other.values, gradients, narrowed(both, 0, this.rows.length, other.rows.length));
      return RowGradient.of(this.shape, rows, gradients);
    });
    this.dispose();
    other.dispose();
    return sum;
  }

  /** The gradient of the whole table, as a new tensor. */
  dense(): Tensor {
    const [vocabulary, columns] = this.shape;
    const ids = tensor(this.rows);
    const uniforms = { rows: this.rows.length, columns, vocabulary, paddingIndex: -1 };
    const [y] = run("embedding_grad", [ids, this.values], [this.shape], uniforms);
    ids.dispose();
    return y;
  }

  dispose(): void {
    this.values.dispose();
  }
}
