// AdamW for a table of which few rows have a gradient: a batch of 200 tokens against a vocabulary of 30,000. A row without a gradient still
// moves, by its moments and by weight decay, but nobody sees it until it is read: it is left behind and takes all the steps it missed at
// once, in registers, when it is looked up again or the whole table is read. The same bits as stepping every row each time.

import type { Uniforms } from "../backend/kernels.ts";
import type { RowGradient } from "../ops/mod.ts";
import { type Deferred, scope, type Shape, type Storage, Tensor, tensor, update } from "../tensor/mod.ts";

/** The numbers of one step, as the kernel takes them. */
export type AdamNumbers = Omit<Uniforms<"adamw">, "size" | "maxNorm">;

/** Numbers of a step in the history: decay, stepSize, inverseSqrtCorrection2. */
const ENTRY = 3;

export class AdamRows implements Deferred {
  // the storage and not the tensor: what a storage defers must not keep its tensor from being collected
  readonly #storage: Storage;
  readonly #shape: Shape;
  readonly #moments: readonly [m: Tensor, v: Tensor];
  /** Steps that each row has taken. */
  readonly #taken: Int32Array;
  /** The numbers of the steps since `#start`, which all rows have taken. */
  #history: number[] = [];
  #start: number;
  #last: AdamNumbers | null = null;

  /** @param steps that all rows have taken */
  constructor(param: Tensor, moments: readonly [m: Tensor, v: Tensor], steps: number) {
    this.#storage = param.storage;
    this.#shape = param.shape;
    this.#moments = moments;
    this.#taken = new Int32Array(param.shape[0]).fill(steps);
    this.#start = steps;
  }

  /** The next step: rows with a gradient take it now. */
  step({ rows, values }: RowGradient, numbers: AdamNumbers): void {
    if (this.#last && !hasSameDecays(this.#last, numbers)) this.#storage.settle(); // the history holds no betas and no eps
    this.#last = numbers;
    this.#storage.defer(this);
    this.#storage.withRows(rows, () =>
      this.#onTable((table) => {
        const uniforms = { rows: rows.length, columns: this.#shape[1], ...numbers };
        update("adamw_rows", [values, tensor(rows)], table, uniforms);
      }));
    this.#history.push(numbers.decay, numbers.stepSize, numbers.inverseSqrtCorrection2);
    for (const row of rows) this.#taken[row] = this.#steps;
  }

  /** The missed steps of these rows, or of all; rows may repeat, and negative ones mean none. */
  catchUp(rows?: Int32Array): void {
    const now = this.#steps;
    const [ids, first]: [number[], number[]] = [[], []];
    for (const row of rows ?? this.#taken.keys()) {
      if (row < 0 || this.#taken[row] === now) continue;
      ids.push(row);
      first.push(this.#taken[row]);
      this.#taken[row] = now;
    }
    if (ids.length > 0) this.#replay(ids, first);
    if (rows) return;
    this.#start = now;
    this.#history = [];
  }

  /** Row ids[i] takes all steps after the first `first[i]`. */
  #replay(ids: readonly number[], first: readonly number[]): void {
    const numbers = this.#last;
    if (!numbers) return;
    const oldest = first.reduce((a, b) => Math.min(a, b));
    const history = Float64Array.from(this.#history.slice((oldest - this.#start) * ENTRY));
    this.#onTable((table) => {
      const index = tensor(Int32Array.from(first, (steps) => steps - oldest));
      const { beta1, beta2, eps } = numbers;
      const uniforms = {
        ...{ rows: ids.length, columns: this.#shape[1] },
        ...{ steps: history.length / ENTRY, beta1, beta2, eps },
      };
      update("adamw_catch_up", [tensor(Int32Array.from(ids)), index, tensor(history)], table, uniforms);
    });
  }

  /** Steps taken by the rows that are up to date. */
  get #steps(): number {
    return this.#start + this.#history.length / ENTRY;
  }

  #onTable(use: (table: readonly [param: Tensor, m: Tensor, v: Tensor]) => void): void {
    scope(() => use([new Tensor(this.#storage.retain(), this.#shape, "float32", "AdamW"), ...this.#moments]));
  }
}

function hasSameDecays(a: AdamNumbers, b: AdamNumbers): boolean {
  return a.beta1 === b.beta1 && a.beta2 === b.beta2 && a.eps === b.eps;
}
