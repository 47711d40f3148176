// Memory of tensors, counted: a buffer goes back to its backend when the last tensor that uses it is gone.

import type { Backend, BufferId } from "../backend/backend.ts";

/** A buffer of a backend with the number of tensors that use it. */
export class Storage {
  #references = 1;

  constructor(readonly backend: Backend, readonly buffer: BufferId) {}

  /** True where another tensor uses the same memory: it must not be changed in place. */
  get isShared(): boolean {
    return this.#references > 1;
  }

  retain(): this {
    this.#references++;
    return this;
  }

  release(): void {
    if (--this.#references === 0) this.backend.free(this.buffer);
  }
}
