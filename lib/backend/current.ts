// The backend new tensors are made on. `choose.ts` sets it once; tests set it for a block.

import type { Backend } from "./backend.ts";

let current: Backend | null = null;

/** The backend of new tensors. @throws Error when none was chosen yet */
export function getBackend(): Backend {
  if (!current) {
    throw new Error(`No device was chosen yet: import from "lib", or call setBackend(await chooseBackend()).`);
  }
  return current;
}

/** Makes `backend` the one of new tensors and returns the one before. */
export function setBackend(backend: Backend | null): Backend | null {
  const previous = current;
  current = backend;
  return previous;
}

/** Resolves when at most two steps wait on the device of new tensors; at once where none was chosen. */
export async function settle(): Promise<void> {
  await current?.settle();
}
