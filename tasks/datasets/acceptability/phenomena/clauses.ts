// Clauses inside clauses and the forms of their verbs: control and raising, complements, auxiliaries, tense.
import { framed, type Pair, type Phenomenon, type Template } from "../phenomenon.ts";
import { asks, simple } from "../verbs.ts";
import { be, have, type NounPhrase, type Speaker } from "../speaker.ts";
import { type Form, type Verb, words } from "../english.ts";
import { moods, states } from "../nouns.ts";

const someone = (s: Speaker) => s.somebody().text;

const raising = words("seemed, appeared, happened, was likely, was certain, was bound, was sure, was supposed");
const control = words(
  "tried, wanted, hoped, planned, was eager, was afraid, was keen, agreed, intended, was happy, pretended",
);
const weather = words("rain, snow, be too late, get dark, be a mistake, be very cold, be Sunday, be time to go");

/** "It" and "there" want nothing: only a raising verb may follow them. */
const dummy: Template = (s) => {
  const raise = s.pick(raising), hold = s.pick(control), end = s.adjunct(0.4);
  const seems = s.random();
  if (seems < 0.35) {
    const rest = s.pick(weather);
    return framed(s, `it ${raise} to ${rest} ${end}`, `it ${hold} to ${rest} ${end}`);
  }
  if (seems < 0.75) {
    const rest = `to be ${
      s.pick([
        s.anything("one", "a").text,
        s.person("one", { determiner: "a" }).text,
        "no way out",
        "a problem",
        "plenty of time",
      ])
    } ${s.place()}`;
    return framed(s, `there ${raise} ${rest}`, `there ${hold} ${rest}`);
  }
  const subject = s.person("one", { determiner: s.the() }).text,
    did = s.doing("past"),
    start = s.pick(["it seemed that", "it appeared that", "it was likely that"]);
  return framed(
    s,
    `${start} ${subject} ${did}`,
    `it ${s.pick(["tried", "wanted", "was eager", "managed", "planned"])} that ${subject} ${did}`,
  );
};
/** People may want; "that" clauses and infinitives divide the verbs the other way round. */
const peopleDo: Template = (s) => {
  const subject = s.chance(0.4) ? s.named().text : s.person("one").text, did = s.doing("base"), past = s.doing("past");
  const good = `${subject} ${s.pick([...control, ...raising])} to ${did}`;
  if (s.chance(0.5)) {
    return framed(
      s,
      good,
      `${subject} ${
        s.pick(["seemed", "appeared", "happened", "was likely", "was eager", "tried", "managed"])
      } that ${subject} ${past}`,
    );
  }
  return framed(
    s,
    `it ${s.pick(["seemed", "appeared"])} that ${subject} ${past}`,
    `${subject} ${s.pick(["seemed", "appeared", "tried"])} that ${subject} ${past}`,
  );
};
const someoneTo: Template = (s) => {
  const subject = someone(s), whom = s.person(s.count(), { determiner: s.the() }).text, rest = `to ${s.doing("base")}`;
  const force = s.word(asks.objectInfinitive).past, hope = s.word(asks.subjectInfinitive).past;
  return framed(
    s,
    ...s.pick<[string, string]>([
      [`${subject} ${force} ${whom} ${rest}`, `${subject} ${hope} ${whom} ${rest}`],
      [`${subject} ${hope} ${rest}`, `${subject} ${force} ${rest}`],
    ]),
  );
};
const expectedThere: Template = (s) => {
  const rest = `there to be ${s.anything("one", "a").text} ${s.place()}`, start = s.person("one").text;
  return framed(
    s,
    `${start} ${s.pick(["expected", "believed", "wanted"])} ${rest}`,
    `${start} ${s.pick(["persuaded", "forced", "convinced", "told"])} ${rest}`,
  );
};
const toughTo: Template = (s) => {
  const subject = s.thing(s.pick(["text", "art", "tool"]), "one", "the").text,
    verb = s.pick(["find", "describe", "keep", "sell", "remember"]);
  const start = `${subject} was ${s.pick(["easy", "hard", "impossible", "difficult", "pleasant"])} to ${verb}`;
  return framed(s, start, `${start} ${s.pick(["it", s.anything("one", "the").text])}`);
};

const toOrIng: Template = (s) => {
  const subject = someone(s), verb = s.act(), object = s.object(verb).text, end = s.adjunct(0.3);
  const enjoy = s.word(asks.gerund).past, want = s.word(asks.infinitive).past;
  const say = (head: string, rest: string) => `${subject} ${head} ${rest} ${object} ${end}`;
  const ing = verb.ing, to = `to ${verb.base}`;
  return framed(
    s,
    ...s.pick<[string, string]>([
      [say(enjoy, ing), say(enjoy, to)],
      [say(want, to), say(want, ing)],
      [say(enjoy, ing), say(want, ing)],
      [say(want, to), say(enjoy, to)],
    ]),
  );
};
const thatOrWhether: Template = (s) => {
  const subject = someone(s),
    rest = s.chance(0.7) ? s.clause() : `there was ${s.anything("one", "a").text} ${s.place()}`;
  const think = s.word(asks.that).past, wonder = s.pick(asks.whether).past;
  const say = (head: string, word: string) => `${subject} ${head} ${word} ${rest}`;
  return framed(
    s,
    ...s.pick<[string, string]>([
      [say(think, "that"), say(think, "whether")],
      [say(wonder, "whether"), say(wonder, "that")],
      [say(think, "that"), say(wonder, "that")],
      [say(wonder, "whether"), say(think, "whether")],
    ]),
  );
};
const afterIt: Template = (s) => {
  const start = `${someone(s)} ${s.word(simple).past}`, ing = s.doing("ing"), bare = s.doing("base");
  const before = s.pick(["before", "after", "without", "instead of"]), to = s.pick(["in order to", "so as to"]);
  if (s.chance(0.5)) return framed(s, `${start} ${before} ${ing}`, `${start} ${to} ${ing}`);
  return framed(s, `${start} ${to} ${bare}`, `${start} ${before} ${bare}`);
};
const madeDo: Template = (s) => {
  const start = s.named().text,
    whom = s.person("one", { determiner: s.the() }).text,
    verb = s.act(),
    object = s.object(verb).text;
  const make = s.pick(["made", "let"]), force = s.pick(["forced", "allowed", "wanted"]);
  const say = (head: string, form: string) => `${start} ${head} ${whom} ${form} ${object}`;
  return framed(
    s,
    ...s.pick<[string, string]>([
      [say(make, verb.base), say(make, `to ${verb.base}`)],
      [say(force, `to ${verb.base}`), say(force, verb.base)],
    ]),
  );
};

interface Helper {
  word: (who: NounPhrase) => string;
  right: Form;
  wrong: Form[];
}
const fixed = (word: string) => () => word;
const helpers: Helper[] = [
  ...["will", "can", "must", "should", "could", "would", "might"].map((word): Helper => ({
    word: fixed(word),
    right: "base",
    wrong: ["s", "past", "participle", "ing"],
  })),
  { word: (who) => have(who.count), right: "participle", wrong: ["base", "s", "past", "ing"] },
  { word: fixed("had"), right: "participle", wrong: ["base", "s", "past", "ing"] },
  { word: (who) => be(who.count), right: "ing", wrong: ["base", "s"] },
  { word: (who) => be(who.count, true), right: "ing", wrong: ["base", "s"] },
  { word: (who) => be(who.count, true), right: "ing", wrong: ["base", "s"] },
];
/** A wrong form that is spelled unlike the right one; after "be" it must not look like a passive either. */
function differing(s: Speaker, verb: Verb, right: Form, wrong: readonly Form[]): string {
  const taken = right === "ing" ? [verb.ing, verb.participle] : [verb[right]];
  return s.pick(wrong.map((form) => verb[form]).filter((word) => !taken.includes(word)));
}

function doing(s: Speaker): { verb: Verb; rest: string } {
  if (s.chance(0.35)) return { verb: s.word(simple), rest: s.adjunct() };
  const verb = s.act();
  return { verb, rest: `${s.object(verb).text} ${s.adjunct(0.25)}` };
}
const afterHelper: Template = (s) => {
  const who = s.somebody(), helper = s.pick(helpers), { verb, rest } = doing(s);
  const between = s.pick(["", "", "not", "probably", "already", "certainly", "also", "perhaps", "suddenly", "really"]);
  const say = (form: string) => `${who.text} ${helper.word(who)} ${between} ${form} ${rest}`;
  return framed(s, say(verb[helper.right]), say(differing(s, verb, helper.right, helper.wrong)));
};
const helperFirst: Template = (s) => {
  const who = s.somebody(), { verb, rest } = doing(s);
  const helper = s.pick([
    ...helpers,
    ...["did", "did", "did"].map((word): Helper => ({ word: fixed(word), right: "base", wrong: ["s", "past", "ing"] })),
  ]);
  const ask = (form: string) => `${helper.word(who)} ${who.text} ${form} ${rest} ?`;
  const why = s.pick(["", "", "", "why", "why", "how"]);
  return {
    good: `${why} ${ask(verb[helper.right])}`,
    bad: `${why} ${ask(differing(s, verb, helper.right, helper.wrong))}`,
  };
};
const wantsTo: Template = (s) => {
  const start = `${someone(s)} ${
      s.pick(["wanted to", "had to", "decided to", "did not", "didn't", "was ready to", "came to", "hoped to"])
    }`,
    { verb, rest } = doing(s);
  return framed(
    s,
    `${start} ${verb.base} ${rest}`,
    `${start} ${differing(s, verb, "base", ["s", "past", "ing"])} ${rest}`,
  );
};
const plainPast: Template = (s) => {
  const who = s.person(s.count(), { determiner: s.the() }).text,
    { verb, rest } = doing(s),
    time = s.pick(["yesterday", "last week", "two days ago", "last night", "in the evening"]);
  return { good: `${time} , ${who} ${verb.past} ${rest}`, bad: `${time} , ${who} ${verb.ing} ${rest}` };
};
const havingBeen: Template = (s) => {
  const who = s.somebody(), { verb, rest } = doing(s);
  const start = `${who.text} ${s.pick([have(who.count), "had", "must have", "may have", "would have"])} been`;
  return framed(s, `${start} ${verb.ing} ${rest}`, `${start} ${differing(s, verb, "ing", ["base", "s"])} ${rest}`);
};
const noNeed: Template = (s) => {
  const start = `${
      s.pick([
        "there was no need to",
        "it was time to",
        "nobody wanted to",
        "it is not hard to",
        "she was the first to",
      ])
    }`,
    { verb, rest } = doing(s);
  return {
    good: `${start} ${verb.base} ${rest}`,
    bad: `${start} ${differing(s, verb, "base", ["s", "past", "ing"])} ${rest}`,
  };
};

const gone = words(
  "yesterday, last week, last night, two days ago, last summer, a year ago, the day before yesterday, in 1990, last Monday, long ago",
);
const coming = words(
  "tomorrow, next week, next summer, tomorrow night, the day after tomorrow, next Monday, tomorrow morning, next year",
);
const lasting = ["since last year", "so far", "since Monday", "up to now", "since childhood"];
/** Each tense with its adverbs; the pair exchanges one of the two. */
function timed(s: Speaker, place: (adverb: string, clause: string) => string): Pair {
  const who = s.somebody(), verb = s.transitive(), object = s.object(verb).text;
  const past = s.pick([verb.past, `did not ${verb.base}`, `had to ${verb.base}`, verb.past, `wanted to ${verb.base}`]);
  const tenses = {
    past: [gone, `${past} ${object}`],
    future: [coming, `${s.pick(["will", "will", "will not", `${be(who.count)} going to`])} ${verb.base} ${object}`],
    perfect: [lasting, `${have(who.count)} ${s.pick(["often", "", "already", "never"])} ${verb.participle} ${object}`],
  } as const;
  const [a, b] = s.pick(
    [["past", "future"], ["future", "past"], ["past", "future"], ["future", "past"], ["perfect", "future"], [
      "past",
      "perfect",
    ]] as const,
  );
  const adverb = s.pick(tenses[a][0]), say = (adverb: string, clause: string) => place(adverb, `${who.text} ${clause}`);
  const good = say(adverb, tenses[a][1]);
  const keepsAdverb = b === "perfect" || s.chance(0.5); // "since Monday she left" is good for some readers
  return { good, bad: keepsAdverb ? say(adverb, tenses[b][1]) : say(s.pick(tenses[b][0]), tenses[a][1]) };
}
const timeFirst: Template = (s) => timed(s, (adverb, clause) => `${adverb} ${clause}`);
const timeLast: Template = (s) => {
  const { good, bad } = timed(s, (adverb, clause) => `${clause} ${adverb}`);
  return framed(s, good, bad, 0.2);
};
const stateThen: Template = (s) => {
  const past = s.chance(0.5),
    what = s.anything("one", "the").text,
    state = s.word(states),
    who = s.chance(0.4) ? s.word(moods) : "";
  const subject = who ? s.named().text : what,
    [right, wrong] = past ? ["was", "will be"] : ["will be", "was"],
    adverb = s.pick(past ? gone : coming);
  return {
    good: `${adverb} ${subject} ${right} ${who || state}`,
    bad: `${adverb} ${subject} ${wrong} ${who || state}`,
  };
};

export const clauses: Phenomenon[] = [
  {
    name: "control_and_raising",
    everywhere: [dummy, dummy, peopleDo, someoneTo, someoneTo],
    validation: [expectedThere],
    test: [toughTo],
  },
  {
    name: "complement_selection",
    everywhere: [toOrIng, toOrIng, thatOrWhether],
    validation: [afterIt],
    test: [madeDo],
  },
  {
    name: "verb_form",
    everywhere: [afterHelper, afterHelper, helperFirst, wantsTo],
    validation: [havingBeen],
    test: [noNeed, plainPast],
  },
  { name: "tense_concord", everywhere: [timeFirst, timeFirst, timeLast], validation: [stateThen], test: [] },
];
