// Number: between subject and verb (often with another noun in between), determiner and noun, quantifier and mass or count noun.
import { framed, type Phenomenon, type Template } from "../phenomenon.ts";
import { adjectives, animals, mass, moods, people, states, type ThingClass, things } from "../nouns.ts";
import { be, type Count, have, other, type Speaker } from "../speaker.ts";
import { verb, words } from "../english.ts";
import { simple } from "../verbs.ts";

type Predicate = (count: Count) => string;
const belong = verb("belong"), look = verb("look"), seem = verb("seem"), cost = verb("cost");
const present = (v: { s: string; base: string }) => (count: Count) => count === "one" ? v.s : v.base;

/** What is said of people, in either number and with all other words the same. */
function ofPeople(s: Speaker): Predicate {
  const mood = s.word(moods), adverb = s.chance(0.3) ? s.frequency() : "", rest = s.adjunct();
  const way = s.random();
  if (way < 0.25) return (count) => `${be(count)} ${adverb} ${mood}`;
  if (way < 0.45) return (count) => `${be(count, true)} ${mood} ${rest}`;
  if (way < 0.6) {
    const done = s.doing("participle");
    return (count) => `${have(count)} ${done}`;
  }
  if (way < 0.75) {
    const doing = s.doing("ing");
    return (count) => `${be(count)} ${doing}`;
  }
  if (way < 0.8) return (count) => `${present(look)(count)} ${mood}`;
  if (way < 0.85) return (count) => `${present(seem)(count)} ${mood}`;
  return lexical(s, adverb);
}

function lexical(s: Speaker, adverb: string): Predicate {
  if (s.chance(0.5)) {
    const v = s.word(simple), rest = s.place();
    return (count) => `${adverb} ${present(v)(count)} ${rest}`;
  }
  const v = s.transitive(), object = s.object(v).text;
  return (count) => `${adverb} ${present(v)(count)} ${object}`;
}

function ofThings(s: Speaker): Predicate {
  const state = s.word(states), owner = s.named().text;
  const way = s.random();
  if (way < 0.35) return (count) => `${be(count)} ${state}`;
  if (way < 0.65) return (count) => `${be(count, true)} ${state}`;
  if (way < 0.75) return (count) => `${present(look)(count)} ${state}`;
  if (way < 0.85) return (count) => `${present(belong)(count)} to ${owner}`;
  if (way < 0.93) return (count) => `${have(count)} disappeared`;
  return (count) => `${present(cost)(count)} a fortune`;
}

const disagree = (s: Speaker, subject: string, count: Count, predicate: Predicate) =>
  framed(s, `${subject} ${predicate(count)}`, `${subject} ${predicate(other(count))}`);

const person = (s: Speaker, count: Count) => s.person(count, { determiner: s.the() });
const kinds: ThingClass[] = ["text", "breakable", "vehicle", "clothing", "furniture", "tool", "art"];
const thing = (s: Speaker, count: Count) => s.thing(s.pick(kinds), count, s.the());
/** Mostly of the other number, as that is what tempts. */
const attractor = (s: Speaker, count: Count) => s.chance(0.75) ? other(count) : count;

const peopleNear: Template = (s) => {
  const count = s.count();
  const place = s.pick(["near", "behind", "next to", "with", "in front of", "beside"]);
  return disagree(s, `${person(s, count).text} ${place} ${person(s, attractor(s, count)).text}`, count, ofPeople(s));
};
const thingsNear: Template = (s) => {
  const count = s.count();
  const place = s.pick(["on", "near", "behind", "under", "beside", "from"]);
  const where = s.thing(s.pick(["furniture", "building", "vehicle"]), attractor(s, count), s.the());
  return disagree(s, `${thing(s, count).text} ${place} ${where.text}`, count, ofThings(s));
};
const whomSomebody: Template = (s) => {
  const count = s.count(), inner = attractor(s, count);
  const meets = s.pick(["admire", "trust", "know", "remember", "like", "avoid", "help", "visit"].map(verb));
  const subject = `${person(s, count).text} ${s.pick(["that", "who"])} ${person(s, inner).text} ${
    present(meets)(inner)
  }`;
  return disagree(s, subject, count, ofPeople(s));
};
const thatSomebody: Template = (s) => {
  const count = s.count(), v = s.pick(["bought", "found", "borrowed", "wanted", "repaired", "mentioned", "lost"]);
  return disagree(s, `${thing(s, count).text} that ${person(s, attractor(s, count)).text} ${v}`, count, ofThings(s));
};
const whoDid: Template = (s) => {
  const count = s.count();
  const verbs = ["met", "helped", "saw", "followed", "called", "visited", "praised"];
  return disagree(
    s,
    `${person(s, count).text} who ${s.pick(verbs)} ${person(s, attractor(s, count)).text}`,
    count,
    ofPeople(s),
  );
};
const plainly: Template = (s) => {
  const count = s.count();
  return disagree(s, s.person(count).text, count, s.chance(0.5) ? lexical(s, s.frequency()) : ofPeople(s));
};
const animalsToo: Template = (s) => {
  const count = s.count(), animal = s.animal(count, s.the()).text;
  return disagree(
    s,
    `${animal} ${s.pick(["near", "behind", "in"])} ${thing(s, attractor(s, count)).text}`,
    count,
    lexical(s, s.frequency()),
  );
};
const joined: Template = (s) =>
  disagree(s, `${person(s, "one").text} and ${person(s, "one").text}`, "many", ofPeople(s));
const partOf: Template = (s) => {
  const [quantity, count] = s.pick<[string, Count]>([["one", "one"], ["each", "one"], ["both", "many"], [
    "many",
    "many",
  ], ["several", "many"]]);
  return disagree(s, `${quantity} of ${person(s, "many").text}`, count, ofPeople(s));
};
const asked: Template = (s) => {
  const count = s.count(),
    subject = `${thing(s, count).text} ${s.pick(["near", "from", "behind"])} ${thing(s, attractor(s, count)).text}`;
  const state = s.word(states), start = s.chance(0.5) ? "why " : "";
  const say = (c: Count) => `${start} ${be(c, true)} ${subject} ${state} ?`;
  return { good: say(count), bad: say(other(count)) };
};
const lying: Template = (s) => {
  const count = s.count(), where = `${s.pick(["lying", "standing", "hidden"])} ${s.pick(["near", "behind", "beside"])}`;
  return disagree(s, `${thing(s, count).text} ${where} ${thing(s, attractor(s, count)).text}`, count, ofThings(s));
};

const singular = ["this", "each", "every", "a", "one", "another", "either", "that"];
const several = ["these", "those", "several", "many", "two", "three", "both", "all", "a few"];
const determiners: Record<Count, string[]> = { one: singular, many: several };

/** A noun phrase whose determiner and noun agree, and one where they do not: now the noun is changed, now the determiner. */
function mismatched(s: Speaker, items: typeof people, list: readonly string[]) {
  const count = s.count(), entry = s.word(items);
  const middle = `${s.adjective(list, 0.75)} ${s.adjective(["nice", "new", "famous", "lovely"], 0.1)}`;
  const determiner = s.pick(determiners[count]);
  const good = `${determiner} ${middle} ${entry[count]}`;
  if (s.chance(0.5)) return { good, bad: `${determiner} ${middle} ${entry[other(count)]}` };
  return { good, bad: `${s.pick(determiners[other(count)])} ${middle} ${entry[count]}` };
}
const mismatchedThing = (s: Speaker) => mismatched(s, things[s.pick(kinds)], adjectives.thing);

const boughtThese: Template = (s) => {
  const kind = s.pick<ThingClass>(["text", "clothing", "tool", "art"]);
  const start = `${s.somebody().text} ${
    s.pick(["found", "bought", "borrowed", "carried", "lost", "wanted", "kept", "noticed", "sold"])
  }`;
  const { good, bad } = mismatched(s, things[kind], kind === "text" ? adjectives.text : adjectives.thing),
    end = s.adjunct();
  return framed(s, `${start} ${good} ${end}`, `${start} ${bad} ${end}`);
};
const metThese: Template = (s) => {
  const start = `${s.somebody().text} ${
    s.pick(["met", "helped", "invited", "photographed", "thanked", "scolded", "rescued"])
  }`;
  const { good, bad } = mismatched(s, people, adjectives.person), end = s.adjunct();
  return framed(s, `${start} ${good} ${end}`, `${start} ${bad} ${end}`);
};
const theseDid: Template = (s) => {
  const human = s.chance(0.75), did = human ? s.doing("past") : `${s.animalDoing("past")} ${s.place()}`;
  const { good, bad } = human ? mismatched(s, people, adjectives.person) : mismatched(s, animals, adjectives.animal);
  return framed(s, `${good} ${did}`, `${bad} ${did}`);
};
const nearThese: Template = (s) => {
  const start = `${s.somebody().text} ${s.word(simple).past} ${s.pick(["near", "behind", "beside", "in front of"])}`;
  const { good, bad } = mismatchedThing(s);
  return framed(s, `${start} ${good}`, `${start} ${bad}`);
};
const oneOfThese: Template = (s) => {
  const start = `${s.somebody().text} ${s.pick(["found", "bought", "kept", "mentioned"])} ${
    s.pick(["one", "some", "most", "none"])
  } of ${s.pick(["these", "those"])}`;
  const entry = s.word(things[s.pick(kinds)]), middle = s.adjective(adjectives.thing, 0.75);
  return framed(s, `${start} ${middle} ${entry.many}`, `${start} ${middle} ${entry.one}`);
};
const whoseWere: Template = (s) => {
  const { good, bad } = mismatchedThing(s), owner = s.somebody({ pronouns: 0 }).text;
  return { good: `did ${owner} really sell ${good} ?`, bad: `did ${owner} really sell ${bad} ?` };
};

const counting = words("too many, so many, a few, very few, several, a large number of");
const measuring = words("too much, so much, a little, very little, a bit of, a large amount of");
const stuff = (s: Speaker) => s.word(mass[s.pick(["liquid", "grain", "other", "other"] as const)]);
const items = (s: Speaker) => s.noun(things[s.pick<ThingClass>(["food", "clothing", "tool", "text"])], "many");
const hadMuch: Template = (s) => {
  const i = Math.floor(s.random() * counting.length),
    middle = s.adjective(["old", "new", "cheap", "expensive", "good"], 0.4);
  const start = s.chance(0.7)
    ? `${s.somebody().text} ${s.pick(["bought", "needed", "wanted", "found", "brought", "had", "used", "got"])}`
    : "there was hardly any time , and they had";
  const end = s.adjunct(), many = s.chance(0.5), what = many ? items(s) : stuff(s);
  const say = (quantity: string) => `${start} ${quantity} ${middle} ${what} ${end}`;
  return many ? framed(s, say(counting[i]), say(measuring[i])) : framed(s, say(measuring[i]), say(counting[i]));
};
const pieceOf: Template = (s) => {
  const what = s.word([
    "advice",
    "information",
    "luggage",
    "furniture",
    "evidence",
    "equipment",
    "homework",
    "jewellery",
    "music",
    "research",
  ]);
  const good = s.adjective(["good", "old", "useful", "new", "important", "strange"], 0.6), end = s.adjunct();
  const start = `${s.somebody().text} ${
    s.pick(["needed", "found", "wanted", "lost", "received", "discovered", "mentioned"])
  }`;
  if (s.chance(0.5)) {
    return framed(
      s,
      `${start} ${s.pick(["some", "no", "enough"])} ${good} ${what} ${end}`,
      `${start} ${s.pick(["a", "two", "many"])} ${good} ${what} ${end}`,
    );
  }
  return framed(
    s,
    `${start} ${s.pick(["a", "another"])} ${good} piece of ${what} ${end}`,
    `${start} ${s.pick(["a", "another"])} ${good} ${what} ${end}`,
  );
};
const howMuch: Template = (s) => {
  const many = s.chance(0.5), what = many ? items(s) : stuff(s);
  const end = `${what} did ${s.somebody({ pronouns: 0.2 }).text} ${
    s.pick(["buy", "need", "bring", "use", "find"])
  } ${s.adjunct()} ?`;
  const [right, wrong] = many ? ["many", "much"] : ["much", "many"];
  return { good: `how ${right} ${end}`, bad: `how ${wrong} ${end}` };
};
const asMuchAs: Template = (s) => {
  const many = s.chance(0.5), what = many ? items(s) : stuff(s), than = s.named().text;
  const start = `${s.somebody().text} ${s.pick(["bought", "needed", "brought", "used", "found"])} as`;
  const [right, wrong] = many ? ["many", "much"] : ["much", "many"];
  return framed(s, `${start} ${right} ${what} as ${than}`, `${start} ${wrong} ${what} as ${than}`);
};

export const agreement: Phenomenon[] = [
  {
    name: "subject_verb_agreement",
    everywhere: [
      peopleNear,
      peopleNear,
      thingsNear,
      thingsNear,
      whomSomebody,
      thatSomebody,
      whoDid,
      plainly,
      plainly,
      animalsToo,
      joined,
      partOf,
    ],
    validation: [asked],
    test: [lying],
  },
  {
    name: "determiner_noun_agreement",
    everywhere: [boughtThese, metThese, theseDid, nearThese],
    validation: [oneOfThese],
    test: [whoseWere],
  },
  {
    name: "mass_and_count",
    everywhere: [hadMuch, hadMuch, pieceOf],
    validation: [howMuch],
    test: [asMuchAs],
  },
];
