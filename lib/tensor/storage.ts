// Memory of tensors, counted: a buffer goes back to its backend when the last tensor that uses it is gone.

import type { Backend, BufferId } from "../backend/backend.ts";

/** Work on rows of a buffer that was put off until somebody reads them: an optimizer leaves the rows of a table behind that have no gradient. */
export interface Deferred {
  /** Does it now for these rows, or for all. */
  catchUp(rows?: Int32Array): void;
}

/** A buffer of a backend with the number of tensors that use it. */
export class Storage {
  readonly #buffer: BufferId;
  #references = 1;
  #deferred: Deferred | null = null;

  private constructor(readonly backend: Backend, buffer: BufferId) {
    this.#buffer = buffer;
  }

  /** A new buffer of so many numbers of 4 bytes; `label` names it where memory ends. */
  static allocate(backend: Backend, numbers: number, label: string): Storage {
    return new Storage(backend, backend.allocate(4 * Math.max(1, numbers), label));
  }

  /** The buffer, with nothing put off. */
  get buffer(): BufferId {
    if (this.#deferred) this.settle();
    return this.#buffer;
  }

  /** True where another tensor uses the same memory: it must not be changed in place. */
  get isShared(): boolean {
    return this.#references > 1;
  }

  /** Puts work off until the buffer is read; what another one put off is done first. */
  defer(deferred: Deferred): void {
    if (this.#deferred !== deferred) this.settle();
    this.#deferred = deferred;
  }

  /** Does what was put off. */
  settle(): void {
    const deferred = this.#deferred;
    this.#deferred = null;
    deferred?.catchUp();
  }

  /** Runs `use`, which reads and writes these rows only: what was put off for others stays so. */
  withRows<R>(rows: Int32Array, use: () => R): R {
    const deferred = this.#deferred;
    if (!deferred) return use();
    this.#deferred = null;
    try {
      deferred.catchUp(rows);
      return use();
    } finally {
      this.#deferred = deferred;
    }
  }

  retain(): this {
    this.#references++;
    return this;
  }

  release(): void {
    if (--this.#references > 0) return;
    this.#deferred = null;
    this.backend.free(this.#buffer);
  }
}
