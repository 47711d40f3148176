// The order of words: all words are there, one of them in the wrong place.
import { framed, type Phenomenon, type Template } from "../phenomenon.ts";
import { adjectives, people, things } from "../nouns.ts";
import { simple } from "../verbs.ts";
import { be, does, have, type Speaker } from "../speaker.ts";
import { verb } from "../english.ts";

const someone = (s: Speaker) => s.somebody().text;

const adjectiveAfter: Template = (s) => {
  const person = s.chance(0.6),
    count = s.count(),
    determiner = s.determiner(count),
    degree = s.pick(["", "", "very", "rather"]);
  const adjective = `${degree} ${s.word(person ? adjectives.person : adjectives.thing)}`,
    noun = person ? s.noun(people, count) : s.noun(things[s.pick(["tool", "vehicle", "clothing"] as const)], count);
  if (person) {
    const did = s.doing("past");
    return framed(s, `${determiner} ${adjective} ${noun} ${did}`, `${determiner} ${noun} ${adjective} ${did}`);
  }
  const start = `${someone(s)} ${s.pick(["bought", "found", "repaired", "lost", "sold", "described", "wanted"])}`,
    end = s.adjunct();
  return framed(
    s,
    `${start} ${determiner} ${adjective} ${noun} ${end}`,
    `${start} ${determiner} ${noun} ${adjective} ${end}`,
  );
};
const verbLast: Template = (s) => {
  const subject = someone(s),
    v = s.transitive(),
    object = s.object(v).text,
    end = s.adjunct(0.5),
    aux = s.pick([["", "past"], ["", "past"], ["will", "base"], ["can", "base"], ["had", "participle"]] as const);
  const good = `${subject} ${aux[0]} ${v[aux[1]]} ${object} ${end}`;
  const bad = s.chance(0.6)
    ? `${subject} ${aux[0]} ${object} ${v[aux[1]]} ${end}`
    : `${subject} ${v[aux[1]]} ${aux[0] || "yesterday"} ${object} ${end}`;
  return framed(s, aux[0] || bad.includes(`${object} ${v[aux[1]]}`) ? good : `${good} yesterday`, bad);
};
const adverbInside: Template = (s) => {
  const subject = someone(s),
    v = s.act(),
    object = s.object(v).text,
    adverb = s.manner(),
    [aux, form] = s.pick([["", "past"], ["will", "base"], ["had", "participle"], ["", "past"]] as const);
  const good = s.chance(0.5)
    ? `${subject} ${aux} ${adverb} ${v[form]} ${object}`
    : `${subject} ${aux} ${v[form]} ${object} ${adverb}`;
  return framed(s, good, `${subject} ${aux} ${v[form]} ${adverb} ${object}`);
};
const questionOrder: Template = (s) => {
  const who = s.somebody(),
    wh = s.pick(["why", "when", "how", "where"]),
    known = s.chance(0.5),
    v = s.transitive(),
    object = s.object(v).text;
  const [aux, form] = s.pick(
    [[have(who.count), "participle"], ["will", "base"], ["can", "base"], [be(who.count, true), "ing"], [
      "should",
      "base",
    ]] as const,
  );
  const turned = `${wh} ${aux} ${who.text} ${v[form]} ${object}`,
    straight = `${wh} ${who.text} ${aux} ${v[form]} ${object}`;
  if (!known) return { good: `${turned} ?`, bad: `${straight} ?` };
  const start = `${s.named().text} ${s.pick(["knew", "wondered", "explained", "forgot", "found out", "remembered"])}`;
  return { good: `${start} ${straight}`, bad: `${start} ${turned}` };
};
const notPlaced: Template = (s) => {
  const who = s.somebody(),
    v = s.transitive(),
    object = s.object(v).text,
    [aux, form] = s.pick(
      [[have(who.count), "participle"], ["will", "base"], ["could", "base"], [does(who.count), "base"], [
        be(who.count, true),
        "ing",
      ]] as const,
    );
  const word = s.pick(["not", "not", "never", "always"]), used = aux === "do" || aux === "does" ? "not" : word;
  const good = `${who.text} ${aux} ${used} ${v[form]} ${object}`;
  return framed(
    s,
    good,
    s.chance(0.5)
      ? `${who.text} ${aux} ${v[form]} ${used} ${object}`
      : used === "not"
      ? `${who.text} not ${aux} ${v[form]} ${object}`
      : `${who.text} ${aux} ${v[form]} ${used} ${object}`,
  );
};
const particles = [
  "pick/picked up",
  "put/put/put/putting away",
  "throw/threw/thrown away",
  "switch off",
  "hand over",
  "take/took/taken out",
  "tear/tore/torn up",
  "give/gave/given back",
  "write/wrote/written down",
  "bring/brought back",
].map(verb);
const pickItUp: Template = (s) => {
  const subject = someone(s),
    count = s.count(),
    full = s.thing(s.pick(["tool", "text", "clothing"]), count, s.the()).text,
    word = count === "one" ? "it" : "them",
    end = s.adjunct(0.5);
  const v = s.pick(particles),
    [head, particle] = v.past.split(" "),
    light = `${subject} ${head} ${word} ${particle} ${end}`;
  const heavy = s.chance(0.5)
    ? `${subject} ${head} ${particle} ${full} ${end}`
    : `${subject} ${head} ${full} ${particle} ${end}`;
  return s.chance(0.7)
    ? framed(s, light, `${subject} ${head} ${particle} ${word} ${end}`)
    : framed(s, heavy, `${subject} ${particle} ${head} ${full} ${end}`);
};
const prepositionAfter: Template = (s) => {
  const start = `${someone(s)} ${s.word(simple).past}`, place = s.place().split(" "), end = s.time();
  if (place.length < 3 || place[0] === "next") {
    return framed(s, `${start} with ${s.named().text} ${end}`, `${start} ${s.named().text} with ${end}`);
  }
  return framed(s, `${start} ${place.join(" ")} ${end}`, `${start} ${[...place.slice(1), place[0]].join(" ")} ${end}`);
};
const degree: Template = (s) => {
  const who = s.somebody(),
    adjective = s.word(adjectives.person),
    word = s.pick(["very", "rather", "extremely", "quite", "so"]),
    start = `${who.text} ${be(who.count, true)}`,
    end = s.adjunct(0.6);
  return framed(s, `${start} ${word} ${adjective} ${end}`, `${start} ${adjective} ${word} ${end}`);
};
const numberFirst: Template = (s) => {
  const start = `${someone(s)} ${s.pick(["found", "sold", "kept", "lost"])}`,
    size = s.pick(["two", "three", "several", "many"]),
    adjective = s.word(adjectives.thing),
    noun = s.noun(things[s.pick(["tool", "vehicle", "text"] as const)], "many");
  return framed(
    s,
    `${start} the ${size} ${adjective} ${noun}`,
    s.chance(0.5) ? `${start} ${size} the ${adjective} ${noun}` : `${start} the ${adjective} ${noun} ${size}`,
  );
};

export const order: Phenomenon[] = [
  {
    name: "word_order",
    everywhere: [
      adjectiveAfter,
      adjectiveAfter,
      verbLast,
      verbLast,
      adverbInside,
      questionOrder,
      questionOrder,
      notPlaced,
      pickItUp,
      prepositionAfter,
    ],
    validation: [degree],
    test: [numberFirst],
  },
];
