// Scopes: every tensor made inside one is freed when it closes, but for those returned or kept.

/** What a scope frees: a Tensor. */
export abstract class Scoped {
  isKept = false;

  abstract dispose(): void;

  /** Called when no scope will free it; may be called more than once. */
  abstract leaveToCollector(): void;
}

const scopes: Scoped[][] = [];

/** Called by every new tensor. */
export function trackInScope(tensor: Scoped): void {
  hand(tensor, scopes[scopes.length - 1]);
}

function hand(tensor: Scoped, scope: Scoped[] | undefined): void {
  if (scope) scope.push(tensor);
  else tensor.leaveToCollector();
}

/** An open scope, for loops; `scope(fn)` is the safer form. */
export interface OpenScope {
  /** Frees what was made since, but for `survivors`, which the next outer scope takes over. Closing twice is harmless. */
  close(survivors?: Iterable<Scoped>): void;
}

export function openScope(): OpenScope {
  const made: Scoped[] = [];
  scopes.push(made);
  return {
    close(survivors = []) {
      const at = scopes.indexOf(made);
      if (at === -1) return;
      scopes.splice(at, 1);
      const outer = scopes[at - 1];
      const alive = new Set(survivors);
      for (const tensor of made) {
        if (tensor.isKept) continue;
        if (alive.has(tensor)) hand(tensor, outer);
        else tensor.dispose();
      }
    },
  };
}

/** Takes a tensor out of every scope: it lives until it is disposed of or nothing refers to it. */
export function keep<T extends Scoped>(tensor: T): T {
  tensor.leaveToCollector();
  return own(tensor);
}

/** Takes a tensor out of every scope for an owner who is sure to dispose of it. */
export function own<T extends Scoped>(tensor: T): T {
  tensor.isKept = true;
  return tensor;
}

/**
 * Runs `fn` and frees every tensor made inside, but for those it returns (alone, in arrays, in maps or in plain objects).
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

function tensorsIn(value: unknown, found: Scoped[] = []): Scoped[] {
  if (typeof value !== "object" || value === null) return found;
  if (value instanceof Scoped) found.push(value);
  else if (Array.isArray(value)) value.forEach((inner) => tensorsIn(inner, found));
  else if (value instanceof Map) value.forEach((inner) => tensorsIn(inner, found));
  else if (Object.getPrototypeOf(value) === Object.prototype) {
    Object.values(value).forEach((inner) => tensorsIn(inner, found));
  }
  return found;
}
