// Splits of labelled texts: as many of each class, no text twice, near-duplicates and pairs never in two splits.

import { type Random, shuffled } from "../random.ts";
import { type Grammar, Voice } from "./grammar.ts";
import { Neighbours, wordsOf } from "./neighbours.ts";
import type { HandWrittenPair } from "./sources.ts";

export type Split = "train" | "validation" | "test";
export const splits = ["train", "validation", "test"] as const;

export interface Labelled {
  readonly text: string;
  readonly label: number;
}

export interface LabelledOptions {
  readonly random: Random;
  readonly grammar: Grammar;
  readonly sizes: Readonly<Record<Split, number>>;
  readonly classes: number;
  /** A text of a class. */
  readonly say: (voice: Voice, label: number) => string;
  /** The fewest and most words of a text. */
  readonly words: readonly [least: number, most: number];
  readonly pairs?: readonly HandWrittenPair[];
}

/** Which split a hand-written pair goes to: most to training, a tenth each to the others. */
const splitOfPair = (i: number): Split => i % 10 === 3 ? "validation" : i % 10 === 8 ? "test" : "train";

/** Texts of two classes come in shuffled order; the two of a hand-written pair stand one after the other. */
export function labelled({ random, grammar, sizes, classes, say, words, pairs = [] }: LabelledOptions) {
  const others = new Neighbours(), seen = new Set<string>(pairs.flat());
  const isNew = (text: string) => {
    const { length } = wordsOf(text);
    return length >= words[0] && length <= words[1] && !seen.has(text) && !others.has(text);
  };
  const fill = (split: Split): Labelled[] => {
    const voice = new Voice(grammar, random, split === "train");
    const units = pairs.filter((_, i) => splitOfPair(i) === split)
      .map((pair): Labelled[] => pair.map((text, label) => ({ text, label })));
    const perClass = sizes[split] / classes - units.length;
    for (let label = 0; label < classes; label++) {
      for (let n = 0; n < perClass;) {
        const text = say(voice, label);
        if (!isNew(text)) continue;
        seen.add(text);
        units.push([{ text, label }]);
        n++;
      }
    }
    const rows = shuffled(units, random).flat();
    for (const { text } of rows) others.add(text);
    return rows;
  };
  return { train: fill("train"), validation: fill("validation"), test: fill("test") };
}
