// Who hears of a map() that was given no `onProgress`. The library prints nothing: a notebook gives a listener.

import type { MapProgress } from "./map.ts";

type MapListener = (progress: MapProgress) => void;

let newListener: (() => MapListener) | undefined;

/** Sets what makes a listener for each map() without one of its own; undefined for nobody. */
export function setMapListener(make: (() => MapListener) | undefined): void {
  newListener = make;
}

/** A listener for one map(). */
export function mapListener(): MapListener | undefined {
  return newListener?.();
}
