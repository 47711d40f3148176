// The Stop button of a notebook (and Ctrl-C) as an AbortSignal. An interrupt ends the kernel unless somebody listens for
// it, and with a listener in place a cell that never pauses cannot be stopped at all: so one listens only during a loop.

/**
 * Runs a loop whose `signal` is aborted by the first interrupt; the loop ends itself at its next pause and keeps its
 * state. A second interrupt gives up waiting: it restores the default, so that a third ends the process. The listener is
 * gone when the loop has ended. The loop must pause for a macrotask now and then, or no interrupt reaches it.
 */
export async function withInterrupt<Result>(loop: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interrupted = new AbortController();
  const stopListening = () => Deno.removeSignalListener("SIGINT", onInterrupt);
  const onInterrupt = () => {
    if (interrupted.signal.aborted) stopListening();
    interrupted.abort();
  };
  Deno.addSignalListener("SIGINT", onInterrupt);
  try {
    return await loop(interrupted.signal);
  } finally {
    stopListening();
  }
}
