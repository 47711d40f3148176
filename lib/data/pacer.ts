// Lets the event loop run while a long loop works: a notebook's interrupt, its display and timers wait for that. (A loop fed by
// microtasks alone, as `for await` over ready promises is, never lets them.)

const LONGEST_STRETCH_MS = 50;

/** Ends a loop's step: at least every 50 ms the event loop gets a turn. */
export class Pacer {
  #last = performance.now();

  /** Waits for one turn of the event loop where the last one was too long ago. */
  async turn(): Promise<void> {
    if (performance.now() - this.#last < LONGEST_STRETCH_MS) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#last = performance.now();
  }
}
