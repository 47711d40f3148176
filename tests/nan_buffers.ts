// Memory that is used again holds what was there before, often the very numbers that a kernel should have written.

import type { Backend } from "../lib/backend/backend.ts";

/** The backend, with NaN in every new buffer: what a kernel forgets to write shows. */
export function withNaN(backend: Backend): Backend {
  const allocate = backend.allocate.bind(backend);
  backend.allocate = (bytes, label) => {
    const buffer = allocate(bytes, label);
    backend.write(buffer, new Float32Array(Math.ceil(bytes / 4)).fill(NaN));
    return buffer;
  };
  return backend;
}
