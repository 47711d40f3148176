// What a verb takes with it: objects, two objects, places and stuff, passives, prepositions.
import { framed, type Phenomenon, type Template } from "../phenomenon.ts";
import { change, giving, governing, lone, moving, needy } from "../verbs.ts";
import { be, type Speaker } from "../speaker.ts";
import { mass, things } from "../nouns.ts";
import type { Verb } from "../english.ts";

const someone = (s: Speaker) => s.somebody().text;

const objectOrNot: Template = (s) => {
  const subject = someone(s), end = s.chance(0.6) ? s.adjunct(1) : s.manner();
  if (s.chance(0.5)) {
    const verb = s.word(needy), object = s.object(verb).text;
    return framed(s, `${subject} ${verb.past} ${object} ${end}`, `${subject} ${verb.past} ${end}`);
  }
  const verb = s.word(lone), object = s.chance(0.5) ? s.anything().text : s.person().text;
  return framed(s, `${subject} ${verb.past} ${end}`, `${subject} ${verb.past} ${object} ${end}`);
};
/** The same object, a verb that takes it and a verb that does not. */
const swapped: Template = (s) => {
  const subject = someone(s),
    aux = s.pick([["", "past"], ["", "past"], ["will", "base"], ["had", "participle"], ["could", "base"]] as const);
  const verb = s.word(needy), without = s.word(lone), end = s.adjunct(0.6);
  const say = (v: string, object: string) => `${subject} ${aux[0]} ${v} ${object} ${end}`;
  const object = s.object(verb).text;
  if (s.chance(0.5)) return framed(s, say(verb[aux[1]], object), say(without[aux[1]], object));
  return framed(s, say(without[aux[1]], ""), say(verb[aux[1]], ""));
};
const infinitive: Template = (s) => {
  const start = `${someone(s)} ${
      s.pick(["wanted to", "decided to", "had to", "was asked to", "forgot to", "tried to"])
    }`,
    end = s.adjunct(0.5);
  const verb = s.word(needy), object = s.object(verb).text, without = s.word(lone).base;
  if (s.chance(0.5)) return framed(s, `${start} ${verb.base} ${object} ${end}`, `${start} ${verb.base} ${end}`);
  return framed(s, `${start} ${without} ${end}`, `${start} ${without} ${object} ${end}`);
};
const byDoing: Template = (s) => {
  const start = `${someone(s)} ${
    s.pick(["surprised everybody", "made a mistake", "broke the rules", "pleased the crowd", "lost the game"])
  } by`;
  const verb = s.word(needy), object = s.object(verb).text, without = s.word(lone).ing;
  if (s.chance(0.5)) return { good: `${start} ${verb.ing} ${object}`, bad: `${start} ${verb.ing}` };
  return { good: `${start} ${without}`, bad: `${start} ${without} ${object}` };
};

const receiver = (s: Speaker) => s.chance(0.3) ? s.named().text : s.person(s.count(), { determiner: s.the() }).text;

type Verbs = { both: Verb; onlyTo: Verb; what: string };
/** What is given and how: a thing changes hands, or a thought is told. */
function given(s: Speaker): Verbs {
  const hands = s.chance(0.6), count = s.count(), verbs = hands ? giving.hands : giving.words;
  const determiner = count === "one" ? s.pick(["a", "the", "the", "his", "her"]) : s.pick(["some", "the", "two"]);
  const kind = hands ? s.pick(["text", "tool", "art"] as const) : "abstract";
  return { both: s.word(verbs.both), onlyTo: s.word(verbs.onlyTo), what: s.thing(kind, count, determiner).text };
}

/** "gave the nurse a key", "gave a key to the nurse", "donated a key to the museum" and never "donated the museum a key". */
const giveTo: Template = (s) => {
  const subject = s.named().text, { both, onlyTo, what } = given(s), whom = receiver(s), end = s.adjunct(0.4);
  const [aux, form] = s.pick([["", "past"], ["", "past"], ["will", "base"], ["has", "participle"]] as const);
  const start = aux === "" ? someone(s) : subject;
  const two = (v: Verb) => `${start} ${aux} ${v[form]} ${whom} ${what} ${end}`;
  const to = (v: Verb) => `${start} ${aux} ${v[form]} ${what} to ${whom} ${end}`;
  return framed(s, ...s.pick<[string, string]>([[two(both), two(onlyTo)], [to(onlyTo), two(onlyTo)]]));
};
const costs: Template = (s) => {
  const whom = receiver(s), somebody = s.person("one").text;
  const [subject, verb, what] = s.pick([
    [
      s.anything("one", "the").text,
      s.pick(["cost", "will cost"]),
      s.pick(["a fortune", "a lot of money", "a month of work", "two hours"]),
    ],
    [
      somebody,
      s.pick(["charged", "fined", "bet"]),
      s.pick(["ten pounds", "five dollars", "a small fortune", "twenty euros"]),
    ],
    [somebody, "envied", s.pick(["the success", "the prize", "all the attention", "the many victories"])],
    [somebody, "forgave", s.pick(["the mistake", "the delay", "every insult", "the broken window"])],
  ]);
  return framed(s, `${subject} ${verb} ${whom} ${what}`, `${subject} ${verb} ${what} to ${whom}`);
};
const wasGiven: Template = (s) => {
  const whom = s.person("one", { determiner: s.the() }).text, { both, onlyTo, what } = given(s), end = s.adjunct(0.5);
  const say = (v: Verb) => `${whom} was ${v.participle} ${what} ${end}`;
  return framed(s, say(both), say(onlyTo));
};
const whatTo: Template = (s) => {
  const whom = receiver(s), what = s.noun(things[s.pick(["text", "tool", "art"] as const)], "one");
  const start = `which ${what} did ${someone(s)} ${s.word(giving.hands.onlyTo).base}`;
  return { good: `${start} to ${whom} ?`, bad: `${start} ${whom} ?` };
};

const vessels = [
  "bucket",
  "bottle",
  "jug",
  "bowl",
  "bath",
  "box",
  "basket",
  "barrel",
  "sink",
  "drawer",
  "bag",
  "kettle",
  "suitcase",
  "trough",
  "trunk",
  "hole",
  "teapot",
  "jar",
  "pot",
  "tank",
];
const pourInto: Template = (s) => {
  const stuff = s.word(s.pick([mass.liquid, mass.grain])),
    vessel = `${s.the()} ${s.adjective(["old", "small", "big", "empty", "blue", "dirty", "wooden"])} ${
      s.word(vessels)
    }`;
  const subject = someone(s), end = s.adjunct(0.4), determiner = s.pick(["the", "some", "", "her", "his"]);
  const pour = s.word(moving.stuff), fill = s.word(moving.place);
  const form = s.pick(
    [["", "past"], ["", "past"], ["will", "base"], ["wanted to", "base"], ["had", "participle"]] as const,
  );
  const into = (v: Verb) =>
    `${subject} ${form[0]} ${v[form[1]]} ${determiner} ${stuff} ${
      s.split === "test" ? "onto" : "into"
    } ${vessel} ${end}`;
  const withStuff = (v: Verb) => `${subject} ${form[0]} ${v[form[1]]} ${vessel} with ${determiner} ${stuff} ${end}`;
  return framed(s, ...s.pick<[string, string]>([[into(pour), into(fill)], [withStuff(fill), withStuff(pour)]]));
};
const filledWas: Template = (s) => {
  const stuff = s.word(s.pick([mass.liquid, mass.grain])), vessel = `the ${s.word(vessels)}`, end = s.adjunct(0.4);
  const pour = s.word(moving.stuff), fill = s.word(moving.place);
  const into = (v: Verb) => `the ${stuff} was ${v.participle} into ${vessel} ${end}`;
  const full = (v: Verb) => `${vessel} was ${v.participle} with ${stuff} ${end}`;
  return framed(s, ...s.pick<[string, string]>([[into(pour), into(fill)], [full(fill), full(pour)]]));
};

/** The vase broke, somebody broke it; it vanished, nobody vanishes it; somebody destroyed it, it did not destroy. */
const broke: Template = (s) => {
  const thing = s.thing(s.pick(["breakable", "vehicle", "tool"]), s.count(), s.the()).text,
    end = s.adjunct(0.6),
    actor = s.somebody({ pronouns: 0.05 }).text;
  const both = s.word(change.both).past, alone = s.word(change.alone).past, caused = s.word(change.caused).past;
  const by = (v: string) => `${actor} ${v} ${thing} ${end}`, itself = (v: string) => `${thing} ${v} ${end}`;
  return framed(
    s,
    ...s.pick<[string, string]>([[by(both), by(alone)], [by(caused), by(alone)], [itself(both), itself(caused)], [
      itself(alone),
      itself(caused),
    ]]),
  );
};
const madeIt: Template = (s) => {
  const thing = s.thing(s.pick(["breakable", "vehicle", "tool"]), "one", "the").text,
    alone = s.word(change.alone),
    end = s.adjunct(0.4);
  const start = s.pick(["the magician", "the storm", "the explosion", "the accident", "the wizard", "nobody"]);
  return framed(s, `${start} made ${thing} ${alone.base} ${end}`, `${start} ${alone.past} ${thing} ${end}`);
};
const whenIt: Template = (s) => {
  const thing = s.thing(s.pick(["breakable", "vehicle", "tool"]), "one", "the").text, end = s.doing("past");
  return {
    good: `when ${thing} ${s.word(change.both).past} , ${s.named().text} ${end}`,
    bad: `when ${thing} ${s.word(change.caused).past} , ${s.named().text} ${end}`,
  };
};

/** Verbs with a second passive ("the clerk was sent a letter") would make the broken sentence a good one. */
const onePassive = needy.filter((v) =>
  !/^(send|bring|take|throw|hand|get|make|fetch|find|buy|keep|deliver)/.test(v.base)
);

const wasDone: Template = (s) => {
  const verb = s.word(onePassive), start = s.object(verb, "one").text, actor = s.person(s.count());
  const by = s.chance(0.6) ? `by ${actor.text}` : s.adjunct(1), way = s.random();
  const tense = s.pick(["was", "was", "has been", "will be", "is being", "had been"]);
  const good = `${start} ${tense} ${verb.participle} ${by}`;
  if (way < 0.35) return framed(s, good, `${start} ${tense} ${s.word(lone).participle} ${by}`);
  if (way < 0.6) {
    return framed(
      s,
      good,
      `${start} ${tense} ${s.pick([verb.base, verb.s].filter((v) => v !== verb.participle))} ${by}`,
    );
  }
  return framed(
    s,
    `${actor.text} ${verb.past} ${start}`,
    `${actor.text} ${be(actor.count, true)} ${verb.participle} ${start}`,
  );
};
const sleptOrSigned: Template = (s) => {
  const lonely = s.word(lone).past,
    verb = s.word(needy),
    subject = s.object(verb, "one").text,
    actor = s.person(s.count(), { determiner: s.the() }).text;
  const end = s.adjunct(0.6);
  if (s.chance(0.5)) return framed(s, `${actor} ${lonely} ${end}`, `${actor} ${be("one", true)} ${lonely} ${end}`);
  return framed(
    s,
    `${subject} was ${verb.participle} by ${actor} ${end}`,
    `${subject} ${verb.past} by ${actor} ${end}`,
  );
};
const wantsDone: Template = (s) => {
  const verb = s.word(needy),
    object = s.object(verb, "one").text,
    without = s.word(lone).participle,
    subject = s.person("one").text;
  const start = `${subject} ${s.pick(["wanted", "expected"])} ${object} to be`;
  return framed(s, `${start} ${verb.participle}`, `${start} ${without}`);
};
const being: Template = (s) => {
  const verb = s.word(needy),
    object = s.object(verb, "one").text,
    start = `after ${s.pick(["being", "having been"])}`,
    end = `${object} ${s.pick(["was sold", "disappeared", "was forgotten", "looked different"])}`;
  return {
    good: `${start} ${verb.participle} by ${s.named().text} , ${end}`,
    bad: `${start} ${s.word(lone).participle} by ${s.named().text} , ${end}`,
  };
};

const prepositions: Template = (s) => {
  const subject = s.somebody(),
    whom = s.chance(0.6) ? s.person(s.count()).text : s.thing("abstract").text,
    end = s.adjunct(0.25);
  if (s.chance(0.5)) {
    const { verb, right, wrong } = s.word(governing.verbs),
      aux = s.pick(
        [["", "past"], ["", "past"], ["will", "base"], ["could not", "base"], ["had never", "participle"]] as const,
      );
    const start = `${subject.text} ${aux[0]} ${verb[aux[1]]}`;
    return framed(s, `${start} ${right} ${whom} ${end}`, `${start} ${wrong} ${whom} ${end}`);
  }
  const { head, right, wrong } = s.word(governing.adjectives);
  const start = `${subject.text} ${be(subject.count, true)} ${s.pick(["", "very", "always", "not", "so"])} ${head}`;
  return framed(s, `${start} ${right} ${whom} ${end}`, `${start} ${wrong} ${whom} ${end}`);
};
const whichOn: Template = (s) => {
  const { verb, right, wrong } = s.word(governing.verbs),
    start = `who did ${someone(s)} ${verb.base}`,
    end = s.adjunct(0.5);
  return { good: `${start} ${right} ${end} ?`, bad: `${start} ${wrong} ${end} ?` };
};
const nobodyIs: Template = (s) => {
  const { head, right, wrong } = s.word(governing.adjectives), whom = s.person().text;
  const start = `${s.pick(["nobody", "everybody", "somebody"])} ${
    s.pick(["seemed", "became", "grew", "remained"])
  } ${head}`;
  return { good: `${start} ${right} ${whom}`, bad: `${start} ${wrong} ${whom}` };
};

export const argumentsOf: Phenomenon[] = [
  {
    name: "transitivity",
    everywhere: [objectOrNot, objectOrNot, swapped, swapped],
    validation: [infinitive],
    test: [byDoing],
  },
  {
    name: "dative_alternation",
    everywhere: [giveTo, giveTo, costs],
    validation: [wasGiven],
    test: [whatTo],
  },
  { name: "locative_alternation", everywhere: [pourInto], validation: [filledWas], test: [] },
  { name: "causative_alternation", everywhere: [broke], validation: [madeIt], test: [whenIt] },
  {
    name: "passive",
    everywhere: [wasDone, wasDone, sleptOrSigned],
    validation: [wantsDone],
    test: [being],
  },
  { name: "preposition_selection", everywhere: [prepositions], validation: [whichOn], test: [nobodyIs] },
];
