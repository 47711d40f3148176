// The Stop button of a notebook (and Ctrl-C) as an AbortSignal. An interrupt ends the kernel unless somebody listens for
// it, and with a listener in place a cell that never pauses cannot be stopped at all: so one listens only during a loop.

/** A loop's ear for interrupts; disposed of, it listens no more. */
interface Interrupt extends Disposable {
  /** Aborted by the first interrupt. */
  readonly signal: AbortSignal;
}

/** Loops that listen, one inside the other. */
let listening = 0;

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
  return listening === 0 ? listen() : { signal: new AbortController().signal, [Symbol.dispose]: () => {} };
}

function listen(): Interrupt {
  const interrupted = new AbortController();
  const stopListening = () => Deno.removeSignalListener("SIGINT", onInterrupt);
  const onInterrupt = () => {
    if (interrupted.signal.aborted) stopListening();
    interrupted.abort();
  };
  Deno.addSignalListener("SIGINT", onInterrupt);
  listening++;
  return {
    signal: interrupted.signal,
    [Symbol.dispose]: () => {
      listening--;
      stopListening();
    },
  };
}
