// The set "snippets": one-liners about films, most said by the grammar, some written by hand as minimal pairs.

import { seeded } from "../random.ts";
import { Grammar } from "../text/grammar.ts";
import { type Labelled, labelled, type Split } from "../text/labelled.ts";
import { handWrittenPairs, readText } from "../text/sources.ts";

const sizes: Readonly<Record<Split, number>> = { train: 4000, validation: 500, test: 500 };

/** All three splits, half of each praise (1) and half of it blame (0). */
export function snippets(): Record<Split, Labelled[]> {
  const grammar = new Grammar(readText(new URL("./grammar.txt", import.meta.url)));
  const pairs = handWrittenPairs(new URL("./handwritten.txt", import.meta.url));
  return labelled({
    random: seeded(31),
    grammar,
    sizes,
    pairs,
    classes: 2,
    say: (voice, label) => voice.say("snippet", label === 1 ? "+" : "-"),
    words: [4, 30],
  });
}
