// The Stop button of a notebook (and Ctrl-C) as an AbortSignal. An interrupt ends the kernel unless somebody listens for
// it, and with a listener in place a cell that never pauses cannot be stopped at all: so one listens only during a loop.

/** A loop's ear for interrupts; disposed of, it listens no more. */
interface Interrupt extends Disposable {
  /** Aborted by the first interrupt. */
  readonly signal: AbortSignal;
  /** Says that the loop came to its end: an interrupt may still be on its way to it, and is for the loop that follows at once. */
  finish(): void;
}

/** A signal travels through another thread, which a busy machine can keep waiting this long. */
const TRAVEL_MS = 500;

/** Loops that listen, one inside the other. */
const loops: AbortController[] = [];
let isInstalled = false;
/** Whether an interrupt came when its loop had finished. */
let isLate = false;
let removal: ReturnType<typeof setTimeout> | undefined;

/**
 * Runs a loop whose `signal` is aborted by the first interrupt; the loop ends itself at its next pause and keeps its
 * state. A second interrupt gives up waiting: it restores the default, so that a third ends the process. The listener is
 * gone when the loop has ended. The loop must pause for a macrotask now and then, or no interrupt reaches it.
 */
export async function withInterrupt<Result>(loop: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  using interrupt = listen();
  return await loop(interrupt.signal);
}

/** For a loop that may be part of another one: where that listens, it decides what an interrupt means, and this one hears nothing. */
export function listenForInterrupt(): Interrupt {
  if (loops.length === 0) return listen();
  return { signal: new AbortController().signal, finish: () => {}, [Symbol.dispose]: () => {} };
}

function listen(): Interrupt {
  const loop = new AbortController();
  let hasFinished = false;
  install();
  if (isLate) loop.abort();
  isLate = false;
  loops.push(loop);
  return {
    signal: loop.signal,
    finish: () => {
      hasFinished = true;
    },
    [Symbol.dispose]: () => {
      loops.splice(loops.indexOf(loop), 1);
      if (loops.length > 0) return;
      if (!hasFinished || !isInstalled) return remove();
      const timer = removal = setTimeout(remove, TRAVEL_MS);
      Deno.unrefTimer(timer);
    },
  };
}

function install(): void {
  clearTimeout(removal);
  if (!isInstalled) Deno.addSignalListener("SIGINT", onInterrupt);
  isInstalled = true;
}

function remove(): void {
  Deno.removeSignalListener("SIGINT", onInterrupt);
  isInstalled = isLate = false;
}

function onInterrupt(): void {
  if (loops.length === 0) isLate = true;
  else if (loops.every(({ signal }) => signal.aborted)) remove();
  else for (const loop of loops) loop.abort();
}
