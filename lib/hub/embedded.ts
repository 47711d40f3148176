// What the kit ships itself, under `attend/…` names. Adding a set or a checkpoint is one line here and its folder in datasets/.

import type { RepoType } from "./repo.ts";

const EMBEDDED: Readonly<Record<RepoType, Readonly<Record<string, string>>>> = {
  dataset: {
    "attend/acceptability": "datasets/acceptability",
    "attend/snippets": "datasets/snippets",
    "attend/reviews": "datasets/reviews",
    "attend/headlines": "datasets/headlines",
    "attend/comics": "datasets/comics",
  },
  model: {
    "attend/acceptability": "datasets/acceptability/tokenizer",
    "attend/tiny": "datasets/attend-tiny",
    "attend/tiny-albert": "datasets/attend-tiny-albert",
    "attend/tiny-distilbert": "datasets/attend-tiny-distilbert",
    "attend/tiny-roberta": "datasets/attend-tiny-roberta",
    "attend/tiny-sentiment": "datasets/attend-tiny-sentiment",
  },
};

/** True for every name that is ours and never asked for on the network, whether there is such a thing or not. */
export function isEmbeddedName(reference: string): boolean {
  return reference.startsWith("attend/");
}

/** The `attend/…` names of one kind. */
export function embeddedNames(type: RepoType): string[] {
  return Object.keys(EMBEDDED[type]);
}

/** The folder of an embedded name, found from this file and not from the working directory. @throws RangeError for a name that is not shipped */
export function embeddedFolder(type: RepoType, name: string): URL {
  const folder = EMBEDDED[type][name];
  if (folder === undefined) {
    const names = embeddedNames(type);
    throw new RangeError(
      `"${name}" is not shipped with the kit; its embedded ${type}s: ${names.length ? names.join(", ") : "none"}.`,
    );
  }
  return new URL(`../../${folder}/`, import.meta.url);
}
