// The set "comics": what readers say of comics that never were.

import { seeded } from "../random.ts";
import { Grammar } from "../text/grammar.ts";
import { type Labelled, labelled, type Split } from "../text/labelled.ts";
import { readText } from "../text/sources.ts";

const sizes: Readonly<Record<Split, number>> = { train: 2000, validation: 400, test: 400 };

/** All three splits, half of each praise (1) and half of it blame (0). */
export function comics(): Record<Split, Labelled[]> {
  return labelled({
    random: seeded(71),
    grammar: new Grammar(readText(new URL("./grammar.txt", import.meta.url))),
    sizes,
    classes: 2,
    say: (voice, label) => voice.say("comment", label === 1 ? "+" : "-"),
    words: [4, 32],
  });
}
