// The voice that says every generated sentence: draws words that its split may use and builds noun phrases, verb phrases,
// adjuncts and plain clauses from them. All of what it says is acceptable; breaking a sentence is the templates' business.
import type { Random } from "../random.ts";
import { type Noun, type Verb, words } from "./english.ts";
import { adjectives, animals, men, names, people, relatives, type ThingClass, things, women } from "./nouns.ts";
import { animalActs, easy, isAct, needy, type ObjectClass, simple, type Transitive } from "./verbs.ts";

export type Split = "train" | "validation" | "test";
export type Count = "one" | "many";
export type Gender = "f" | "m" | "n";

/** A noun phrase with what the rest of the sentence has to agree with. */
export interface NounPhrase {
  text: string;
  count: Count;
  gender: Gender;
}

/** Every tenth word of an open list is kept for validation, another tenth for test. */
const every = 10;
const kept: Record<Split, number> = { train: -1, validation: 4, test: 9 };

const times = words(
  `yesterday, last week, last night, this morning, after lunch, before dawn, in the evening, on Monday, during the storm, after the concert, two days ago, in spring, at midnight, before the meeting, on the first day`,
);
const places = words(
  `in the garden, at the station, in the kitchen, near the river, at home, in the park, on the beach, behind the church, at school, in the village, outside the museum, at the market, in the old town, under the bridge, beside the lake, next to the fountain, at the airport, in the attic, by the fire, across the street`,
);
const manners = words(
  `slowly, quietly, carefully, quickly, happily, proudly, nervously, politely, calmly, secretly, gladly, reluctantly, eagerly, patiently, bravely, cheerfully, gracefully, angrily, awkwardly, hastily`,
);
const frequencies = words(
  `often, always, sometimes, usually, frequently, regularly, occasionally, still, constantly, normally`,
);

const possessives = words("my, our, his, her, their, your");
const single = words("a, a, a, a, a, one, this, that");
const several = words("some, some, two, three, several, these, many, a few");

export class Speaker {
  constructor(readonly split: Split, readonly random: Random) {}

  chance(p: number): boolean {
    return this.random() < p;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)];
  }

  /** A word of an open list: the front ones more often, as in any text; in validation and test often one that training never shows. */
  word<T>(items: readonly T[]): T {
    if (items.length < every) return this.pick(items);
    const own = items.filter((_, i) => i % every === kept[this.split]);
    if (own.length > 0 && this.chance(0.12)) return this.pick(own);
    const shared = items.filter((_, i) => i % every !== kept.validation && i % every !== kept.test);
    return shared[Math.floor(shared.length * this.random() ** 2.6)];
  }

  count(): Count {
    return this.chance(0.5) ? "one" : "many";
  }

  noun(items: readonly Noun[], count: Count): string {
    return this.word(items)[count];
  }

  name(gender: "f" | "m" = this.pick(["f", "m"])): string {
    return this.word(names[gender]);
  }

  /** A determiner that says nothing about number. */
  the(): string {
    return this.chance(0.72) ? "the" : this.pick(possessives);
  }

  /** "the", "a", "some", "two" …: whatever suits the number. */
  determiner(count: Count): string {
    return this.chance(0.55) ? this.the() : this.pick(count === "one" ? single : several);
  }

  adjective(list: readonly string[], p = 0.35): string {
    return this.chance(p) ? this.word(list) : "";
  }

  /** A person (or, rarely, an animal) by noun. */
  person(count: Count = "one", { gender, determiner = this.determiner(count), adjective = 0.3 }: {
    gender?: Gender;
    determiner?: string;
    adjective?: number;
  } = {}): NounPhrase {
    const which = gender ?? this.pick(["f", "m", "n", "n", "n", "n"]);
    const list = which === "f" ? women : which === "m" ? men : people;
    const text = [determiner, this.adjective(adjectives.person, adjective), this.noun(list, count)].join(" ");
    return { text, count, gender: which };
  }

  animal(count: Count = "one", determiner = this.determiner(count)): NounPhrase {
    return {
      text: [determiner, this.adjective(adjectives.animal), this.noun(animals, count)].join(" "),
      count,
      gender: "n",
    };
  }

  /** "Clara's brother", "the king's niece". */
  relative(gender: "f" | "m" = this.pick(["f", "m"])): NounPhrase {
    const owner = this.chance(0.6) ? this.name() : this.person("one", { determiner: this.the(), adjective: 0 }).text;
    const possessive = owner.endsWith("s") ? `${owner}'` : `${owner}'s`;
    return { text: `${possessive} ${this.noun(relatives[gender], "one")}`, count: "one", gender };
  }

  /** Somebody who does something: a name, a person with or without more words, a pronoun. */
  somebody({ pronouns = 0.1 } = {}): NounPhrase {
    if (this.chance(pronouns)) {
      return this.pick<NounPhrase>([
        { text: "she", count: "one", gender: "f" },
        { text: "he", count: "one", gender: "m" },
        { text: "they", count: "many", gender: "n" },
      ]);
    }
    if (this.chance(0.3)) return this.named();
    if (this.chance(0.12)) return this.relative();
    const base = this.person(this.chance(0.65) ? "one" : "many");
    return this.chance(0.1) ? { ...base, text: `${base.text} ${this.trait()}` } : base;
  }

  named(gender: "f" | "m" = this.pick(["f", "m"])): NounPhrase {
    return { text: this.name(gender), count: "one", gender };
  }

  /** Tells one person from another: "in the blue coat". */
  trait(): string {
    const clothing = `${this.word(adjectives.thing)} ${this.noun(things.clothing, "one")}`;
    return this.pick([
      `in the ${clothing}`,
      `with the ${clothing}`,
      "from the village",
      "on the left",
      "next door",
      "by the window",
    ]);
  }

  thing(
    kind: ThingClass,
    count: Count = this.count(),
    determiner = this.determiner(count),
    adjective = 0.35,
  ): NounPhrase {
    const special: Partial<Record<ThingClass, readonly string[]>> = adjectives;
    const text = [
      determiner,
      this.adjective(special[kind] ?? adjectives.thing, adjective),
      this.noun(things[kind], count),
    ].join(" ");
    return { text, count, gender: "n" };
  }

  anything(count?: Count, determiner?: string): NounPhrase {
    return this.thing(
      this.pick(["text", "food", "breakable", "vehicle", "clothing", "furniture", "tool", "art", "plant"]),
      count,
      determiner,
    );
  }

  object(verb: Transitive, count: Count = this.chance(0.6) ? "one" : "many"): NounPhrase {
    const kind: ObjectClass = this.pick(verb.objects);
    if (kind === "animal") return this.animal(count);
    if (kind !== "person") return this.thing(kind, count);
    return this.chance(0.3) ? this.named() : this.person(count);
  }

  /** A verb that cannot do without its object. */
  needy(): Transitive {
    return this.word(needy);
  }

  transitive(): Transitive {
    return this.chance(0.6) ? this.word(needy) : this.word(easy);
  }

  act(): Transitive {
    for (;;) {
      const verb = this.transitive();
      if (isAct(verb)) return verb;
    }
  }

  /** What people do, in the form asked for: "opened the letter", "sleeping". */
  doing(form: keyof Verb, p = 0.65): string {
    if (!this.chance(p)) return this.word(simple)[form];
    const verb = form === "ing" || form === "base" ? this.act() : this.transitive();
    return withObject(verb[form], this.object(verb).text);
  }

  animalDoing(form: keyof Verb): string {
    return this.word(animalActs)[form];
  }

  manner(): string {
    return this.word(manners);
  }

  frequency(): string {
    return this.pick(frequencies);
  }

  place(): string {
    return this.word(places);
  }

  time(): string {
    return this.word(times);
  }

  /** Nothing, a place or a time. */
  adjunct(p = 0.4): string {
    return this.chance(p) ? this.chance(0.55) ? this.place() : this.time() : "";
  }

  /** A plain sentence in the past: "the nurse found a key". */
  clause(): string {
    if (this.chance(0.12)) return `${this.animal(this.count()).text} ${this.animalDoing("past")}`;
    return `${this.somebody().text} ${this.doing("past")}`;
  }
}

/** "tore up" + "the letter" -> "tore up the letter". */
export const withObject = (verb: string, object: string): string => `${verb} ${object}`;

export const be = (count: Count, past = false): string => count === "one" ? past ? "was" : "is" : past ? "were" : "are";
export const have = (count: Count): string => count === "one" ? "has" : "have";
export const does = (count: Count): string => count === "one" ? "does" : "do";
export const other = (count: Count): Count => count === "one" ? "many" : "one";
export const pronoun = ({ count, gender }: NounPhrase): string =>
  count === "many" ? "they" : gender === "f" ? "she" : gender === "m" ? "he" : "they";
