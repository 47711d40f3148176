// The set "headlines": notices of a harbour town's newspaper in four sections, and unlabelled notes with all of the trades' words.

import { seeded, shuffled } from "../random.ts";
import { Grammar, Voice } from "../text/grammar.ts";
import { type Labelled, labelled, type Split } from "../text/labelled.ts";
import { readText } from "../text/sources.ts";

/** The name of each class, and how the grammar calls it. */
export const sections = { shipping: "ship", fishing: "fish", racing: "race", science: "lab" } as const;
const prefixes = Object.values(sections);
const sizes: Readonly<Record<Split, number>> = { train: 4000, validation: 500, test: 500 };
const unlabelledSize = 3000;
const NO_LABEL = -1;

/** Three labelled splits, as many texts of each section, and the unlabelled texts. */
export function headlines(): Record<Split | "unsupervised", Labelled[]> {
  const stories = readText(new URL("./stories.txt", import.meta.url));
  const words = readText(new URL("./words.txt", import.meta.url));
  const grammar = new Grammar(words, ...prefixes.map((own) => storiesOf(stories, own)));
  const random = seeded(47);
  const rows = labelled({
    random,
    grammar,
    sizes,
    classes: prefixes.length,
    say: (voice, label) => voice.say(prefixes[label]),
    words: [4, 40],
  });
  const voice = new Voice(grammar, random, false);
  const seen = new Set(Object.values(rows).flat().map(({ text }) => text)), texts: string[] = [];
  while (texts.length < unlabelledSize) {
    const text = voice.say(`${prefixes[texts.length % prefixes.length]}-note`);
    if (!seen.has(text)) texts.push(text);
    seen.add(text);
  }
  return { ...rows, unsupervised: shuffled(texts, random).map((text) => ({ text, label: NO_LABEL })) };
}

/** The stories of one section: in "own", "a", "b" and "c" stand the names of this section and of the other three. */
function storiesOf(stories: string, own: string): string {
  const [a, b, c] = prefixes.filter((prefix) => prefix !== own);
  const names: Record<string, string> = { own, a, b, c };
  return stories.replace(/(= |\{)(own|a|b|c)(?=[-}\n])/g, (_, before, name) => before + names[name]);
}
