// The set "reviews": what buyers of five kinds of things write, with one to five stars.

import { seeded } from "../random.ts";
import { Grammar, type Voice } from "../text/grammar.ts";
import { type Labelled, labelled, type Split } from "../text/labelled.ts";
import { readText } from "../text/sources.ts";

const kinds = ["gadget", "wear", "kitchen", "home", "travel"] as const;
const sizes: Readonly<Record<Split, number>> = { train: 5000, validation: 1000, test: 1000 };
const seed = 59;

/** All three splits; label 0 is one star, label 4 is five. */
export function reviews(): Record<Split, Labelled[]> {
  const sentences = readText(new URL("./sentences.txt", import.meta.url));
  const words = readText(new URL("./words.txt", import.meta.url));
  const grammar = new Grammar(words, ...kinds.map((kind) => sentences.replace(/(= |\{)own-/g, `$1${kind}-`)));
  return labelled({ random: seeded(seed), grammar, sizes, classes: 5, say: review, words: [10, 200] });
}

function review(voice: Voice, label: number): string {
  const kind = kinds[Math.floor(voice.random() * kinds.length)];
  const verdict = label === 2 ? "even" : label === 0 || label === 4 ? "strong" : "mild";
  const isPraise = label === 2 ? voice.chance(0.5) : label > 2;
  return voice.say(`${kind}-${verdict}`, isPraise ? "+" : "-");
}
