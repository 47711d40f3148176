// Lets the event loop run while a long loop works: a notebook's interrupt, its display and timers wait for that. (A loop fed by
// microtasks alone, as `for await` over ready promises is, never lets them.)

const LONGEST_STRETCH_MS = 50;

/** Ends a loop's step: at least every 50 ms the event loop gets a turn. */
export class Pacer {
  // of all loops together: many short ones are a long loop too
  static #last = performance.now();

  /** Waits for one turn of the event loop where the last one was too long ago. */
  async turn(): Promise<void> {
    if (performance.now() - Pacer.#last >= LONGEST_STRETCH_MS) await this.rest();
  }

  /** Waits for one turn of the event loop, so that what came during a loop is heard before it stops listening. */
  async rest(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    Pacer.#last = performance.now();
  }
}
