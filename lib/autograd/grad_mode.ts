// Whether ops are recorded. Off inside noGrad and while gradients are computed.

let enabled = true;

export function isGradEnabled(): boolean {
  return enabled;
}

/** Runs `fn` without recording: for evaluation and updates. An async `fn` keeps recording off until its promise settles. */
export function noGrad<R>(fn: () => R): R {
  const before = enabled;
  enabled = false;
  const restore = () => {
    enabled = before;
  };
  let result: R;
  try {
    result = fn();
  } catch (error) {
    restore();
    throw error;
  }
  if (result instanceof Promise) return result.finally(restore) as R;
  restore();
  return result;
}
