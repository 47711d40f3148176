// Lets the event loop run while a long loop works: a notebook's interrupt, its display and timers wait for that. (A loop fed by
// microtasks alone, as `for await` over ready promises is, never lets them.)

const LONGEST_STRETCH_MS = 50;

let last = performance.now(); // of all loops together: many short ones are a long loop too

/** Ends a loop's step: where the event loop's last turn was more than 50 ms ago, waits for one. */
export async function pace(): Promise<void> {
  if (performance.now() - last < LONGEST_STRETCH_MS) return;
  await new Promise((resolve) => setTimeout(resolve, 0));
  last = performance.now();
}
