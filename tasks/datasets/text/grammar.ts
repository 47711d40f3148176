// Grammars as text files, and the voice that speaks them. A section holds the ways to say one thing:
//
//   = film ~10              a name; "~10": a tenth of the ways is kept out of training
//   the film | the movie    ways, by lines or by " | "
//   ~ this [small/] gem     a way that is kept out of training; "[a/b/]" is one of a, b and nothing
//   {name} is {good=}       "{name}" says another section
//
// Polarity: "{x=}" says section x, or x+ or x- where there are two, with the polarity of the text, "{x!}" with the opposite one,
// "{x+}" and "{x-}" with a fixed one. "{x@}" repeats what section x said last in this text.

import { type Random, shuffled } from "../random.ts";
import { written } from "./spelling.ts";

export type Polarity = "+" | "-";

interface Way {
  readonly text: string;
  readonly isKeptOut: boolean;
}

const opposite = (polarity: Polarity): Polarity => polarity === "+" ? "-" : "+";

export class Grammar {
  readonly #sections: ReadonlyMap<string, readonly Way[]>;

  /** @throws SyntaxError where a slot names no section */
  constructor(...texts: readonly string[]) {
    this.#sections = sectionsOf(texts.join("\n"));
    for (const [name, ways] of this.#sections) {
      for (const [, slot] of ways.flatMap(({ text }) => [...text.matchAll(/\{([^{}]+)\}/g)])) {
        const section = slot.replace(/[=!@+-]$/, "");
        if (["", "+", "-"].every((end) => !this.#sections.has(section + end))) {
          throw new SyntaxError(`Grammar: "${name}" says {${slot}}, and there is no such section.`);
        }
      }
    }
  }

  /** The ways of a section, those kept out of training only where asked for. */
  ways(name: string, polarity: Polarity, isTraining: boolean): readonly Way[] {
    const ways = this.#sections.get(name) ?? this.#sections.get(name + polarity);
    if (!ways) throw new SyntaxError(`Grammar: there is no section "${name}" or "${name}${polarity}".`);
    return isTraining ? ways.filter(({ isKeptOut }) => !isKeptOut) : ways;
  }
}

function sectionsOf(text: string): Map<string, Way[]> {
  const sections = new Map<string, Way[]>();
  let ways: Way[] = [], keptOut = 0;
  for (const line of text.split("\n").map((line) => line.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const [, name, percent] = line.match(/^= (\S+)(?: ~(\d+))?$/) ?? [];
    if (name !== undefined) {
      if (sections.has(name)) throw new SyntaxError(`Grammar: section "${name}" stands there twice.`);
      sections.set(name, ways = []);
      keptOut = Number(percent ?? 0) / 100;
      continue;
    }
    for (const way of line.split(" | ")) {
      const isEvery = Math.floor((ways.length + 1) * keptOut) > Math.floor(ways.length * keptOut);
      ways.push({ text: way.replace(/^~ /, "").trim(), isKeptOut: isEvery || way.startsWith("~ ") });
    }
  }
  return sections;
}

/** What a way is about: its first two words, such as "the plot". */
const topicOf = ({ text }: Way): string => text.split(" ", 2).join(" ");

/** Says texts of a grammar. Within a text nothing is said twice, and nothing else about the same topic, where another way is left. */
export class Voice {
  readonly #said = new Map<string, string>();
  readonly #used = new Set<string>();
  /** What is left to say of each section before any way of it is said again: all are heard about equally often. */
  readonly #decks = new Map<string, Way[]>();

  constructor(
    readonly grammar: Grammar,
    readonly random: Random,
    readonly isTraining: boolean,
  ) {}

  /** A text, spelled. */
  say(section: string, polarity: Polarity = "+"): string {
    this.#said.clear();
    this.#used.clear();
    return written(this.#expand(`{${section}}`, polarity));
  }

  chance(p: number): boolean {
    return this.random() < p;
  }

  #expand(text: string, polarity: Polarity): string {
    let chosen = text;
    while (/\[[^[\]]*\]/.test(chosen)) {
      chosen = chosen.replace(/\[([^[\]]*)\]/, (_, inside) => {
        const options = inside.split("/");
        return options[Math.floor(this.random() * options.length)];
      });
    }
    return chosen.replace(/\{([^{}]+?)([=!@+-]?)\}/g, (_, name, mark) => {
      if (mark === "@") return this.#said.get(name) ?? this.#section(name, polarity);
      if (mark === "+" || mark === "-") return this.#section(name, mark);
      return this.#section(name, mark === "!" ? opposite(polarity) : polarity);
    });
  }

  #section(name: string, polarity: Polarity): string {
    const way = this.#draw(name + polarity, this.grammar.ways(name, polarity, this.isTraining));
    this.#used.add(topicOf(way));
    const said = this.#expand(way.text, polarity);
    this.#said.set(name, said);
    return said;
  }

  #draw(key: string, ways: readonly Way[]): Way {
    for (let tries = 0;; tries++) {
      const left = this.#decks.get(key) ?? [];
      if (left.length === 0) this.#decks.set(key, left.concat(shuffled(ways, this.random)));
      const deck = this.#decks.get(key)!;
      const at = deck.findLastIndex((way) => !this.#used.has(topicOf(way)));
      if (at >= 0) return deck.splice(at, 1)[0];
      if (tries > 0) return deck.pop()!;
      this.#decks.delete(key);
    }
  }
}
