// Prose for pretraining: short paragraphs on everyday life, said anew on every run from the same seed and kept in no file.

import { seeded } from "../random.ts";
import { Grammar, Voice } from "../text/grammar.ts";
import { readText } from "../text/sources.ts";

const SENTENCE_END = /[.?!]["”]?(?= |$)/g;

/** Different paragraphs, at least so many sentences together. The same seed gives the same ones. */
export function prose({ sentences, seed = 83 }: { sentences: number; seed?: number }): string[] {
  const random = seeded(seed);
  const grammar = new Grammar(readText(new URL("./grammar.txt", import.meta.url)));
  const voice = new Voice(grammar, random, true);
  const paragraphs = new Set<string>();
  for (let said = 0; said < sentences;) {
    const paragraph = voice.say("paragraph", voice.chance(0.5) ? "+" : "-");
    if (paragraphs.has(paragraph)) continue;
    paragraphs.add(paragraph);
    said += paragraph.match(SENTENCE_END)?.length ?? 0;
  }
  return [...paragraphs];
}
