// Which parameters are meant, by their names.

/**
 * A part's name, with all below it ("bert.embeddings", "classifier.weight"; * stands for one part, as in "bert.encoder.layer.*.output"),
 * or a regular expression on whole names.
 */
export type NamePattern = string | RegExp;

/** Whether a pattern means a parameter of that name. */
export function matchesName(pattern: NamePattern, name: string): boolean {
  if (pattern instanceof RegExp) return name.search(pattern) !== -1;
  const [wanted, parts] = [pattern.split("."), name.split(".")];
  return wanted.length <= parts.length && wanted.every((part, i) => part === "*" || part === parts[i]);
}

/** @throws RangeError naming the pattern, and what names there are */
export function assertMatches(caller: string, pattern: NamePattern, names: readonly string[]): void {
  if (names.some((name) => matchesName(pattern, name))) return;
  const begins = [...new Set(names.map((name) => name.split(".")[0]))].join(", ");
  throw new RangeError(`${caller}: no parameter is named ${pattern}; names begin with ${begins || "nothing"}.`);
}
