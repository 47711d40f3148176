// What a Worker of the CPU backend does: it makes its own kernels on the shared memory, then helps with one command
// after the other. An exception is written to memory, where the main thread looks for it: while that one waits, nothing
// else would be heard.

import { workerData } from "node:worker_threads";
import { controlOf, takeUnits, waitForChange, Word } from "./control.ts";
import { startHelpers } from "./threads.ts";
import { instantiate, type ThreadSetup } from "./wasm.ts";

/** A Worker without work stays awake this long, then sleeps: an idle notebook uses no CPU. */
const IDLE_SPIN_MS = 1;

const setup: ThreadSetup = workerData;
startHelpers(setup, () => {}); // a thread that does not come is not waited for
const exports = instantiate(setup);
const control = controlOf(setup.memory);
const { words } = control;

let seen = Atomics.load(words, Word.generation);
Atomics.add(words, Word.ready, 1);
Atomics.notify(words, Word.ready);
while (Atomics.load(words, Word.isClosed) === 0) {
  waitForChange(words, Word.generation, seen, IDLE_SPIN_MS);
  seen = Atomics.load(words, Word.generation);
  Atomics.add(words, Word.active, 1);
  try {
    if (Atomics.load(words, Word.isOpen) === 1) takeUnits(control, exports);
  } catch (error) {
    writeError(error);
  } finally {
    Atomics.sub(words, Word.active, 1);
    Atomics.notify(words, Word.active);
  }
}

function writeError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const bytes = new TextEncoder().encode(message).subarray(0, control.message.length);
  control.message.set(bytes);
  Atomics.store(words, Word.next, words[Word.grabs]); // nobody need go on
  Atomics.store(words, Word.errorBytes, Math.max(1, bytes.length));
}
