// Names of metrics: camelCase, with the prefix of where they were measured (`evalLoss`, `testAccuracy`).

/** `matthews_correlation` under "eval" -> `evalMatthewsCorrelation`. A name that has the prefix already keeps it, once. */
export function prefixed(prefix: string, name: string): string {
  const bare = withoutPrefix(prefix, name);
  return prefix + bare.charAt(0).toUpperCase() + bare.slice(1);
}

/** `evalMatthewsCorrelation`, `eval_matthews_correlation` and `matthews_correlation` -> `matthewsCorrelation`. */
export function withoutPrefix(prefix: string, name: string): string {
  const camel = name.replace(/_+(.)/g, (_, letter: string) => letter.toUpperCase());
  const rest = camel.slice(prefix.length);
  const hasPrefix = camel.startsWith(prefix) && /^[A-Z]/.test(rest);
  return hasPrefix ? rest.charAt(0).toLowerCase() + rest.slice(1) : camel;
}

/** All values under their prefixed names. */
export function prefixAll(prefix: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefixed(prefix, name), value]));
}
