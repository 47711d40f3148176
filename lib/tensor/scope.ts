// Scopes: every tensor made inside one is freed when it closes, but for those returned or kept.

import type { Tensor } from "./tensor.ts";

const scopes: Tensor[][] = [];

/** An open scope, for loops; `scope(fn)` is the safer form. */
export interface OpenScope {
  /** Frees what was made since, but for `survivors`, which the next outer scope takes over. Closing twice is harmless. */
  close(survivors?: Iterable<Tensor>): void;
}

/** Called by every new tensor. */
export function trackInScope(tensor: Tensor): void {
  scopes.at(-1)?.push(tensor);
}

export function openScope(): OpenScope {
  const made: Tensor[] = [];
  scopes.push(made);
  return {
    close(survivors = []) {
      const at = scopes.indexOf(made);
      if (at === -1) return;
      scopes.splice(at, 1);
      const outer = scopes[at - 1];
      const alive = new Set(survivors);
      for (const tensor of made) {
        if (kept.has(tensor)) continue;
        if (alive.has(tensor)) outer?.push(tensor);
        else tensor.dispose();
      }
    },
  };
}

const kept = new WeakSet<Tensor>();

/** Takes a tensor out of every scope: it lives until it is disposed of or nothing refers to it. */
export function keep<T extends Tensor>(tensor: T): T {
  kept.add(tensor);
  return tensor;
}

/**
 * Runs `fn` and frees every tensor made inside, but for those it returns (alone, in arrays or in plain objects).
 * An async `fn` keeps the scope open until its promise settles.
 */
export function scope<R>(fn: () => R): R {
  const opened = openScope();
  let result: R;
  try {
    result = fn();
  } catch (error) {
    opened.close();
    throw error;
  }
  if (result instanceof Promise) {
    return result.then(
      (value) => (opened.close(tensorsIn(value)), value),
      (error) => {
        opened.close();
        throw error;
      },
    ) as R;
  }
  opened.close(tensorsIn(result));
  return result;
}

/** The tensors in a value: itself, or in its arrays, maps and plain objects. */
function tensorsIn(value: unknown, found: Tensor[] = []): Tensor[] {
  if (typeof value !== "object" || value === null) return found;
  if (isTensor(value)) found.push(value);
  else if (Array.isArray(value)) { for (const inner of value) tensorsIn(inner, found); }
  else if (value instanceof Map) { for (const inner of value.values()) tensorsIn(inner, found); }
  else if (Object.getPrototypeOf(value) === Object.prototype) {
    for (const inner of Object.values(value)) tensorsIn(inner, found);
  }
  return found;
}

// by its shape, not by class: tensor.ts imports this file
function isTensor(value: object): value is Tensor {
  return "createdBy" in value && "dispose" in value;
}
