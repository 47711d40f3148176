// How a long loop over data is shown and stopped. The library prints nothing and knows no notebook: lib/mod.ts hands the notebook's
// display and its Stop button in here.

/** How far a map() is. */
export interface MapProgress {
  readonly rows: number;
  readonly total: number;
}

export interface DataSurroundings {
  /** Makes a listener for each map() that was given no `onProgress`. */
  readonly mapListener: () => ((progress: MapProgress) => void) | undefined;
  /** A signal that is aborted when the user stops the loop, until it is disposed of. */
  readonly listenForInterrupt: () => Disposable & { readonly signal: AbortSignal; finish(): void };
}

/** Shows nothing and is not stopped. */
const NONE: DataSurroundings = {
  mapListener: () => undefined,
  listenForInterrupt: () => ({ signal: new AbortController().signal, finish: () => {}, [Symbol.dispose]: () => {} }),
};

let current = NONE;

/** Sets what loops over data meet; what is left out is silent. */
export function setDataSurroundings(surroundings: Partial<DataSurroundings>): void {
  current = { ...NONE, ...surroundings };
}

export function dataSurroundings(): DataSurroundings {
  return current;
}

/** @throws DOMException "AbortError" where the user has stopped the loop; `done` says how far it came: "12 of 535 batches" */
export function throwIfStopped({ aborted }: AbortSignal, loop: string, done: () => string): void {
  if (aborted) throw new DOMException(`${loop}: stopped by an interrupt after ${done()}.`, "AbortError");
}
