// Words that need a partner elsewhere in the sentence: ever and no, so and neither, more and than, both and and; and what "there is" allows.
import { framed, type Phenomenon, type Template } from "../phenomenon.ts";
import { type Auxiliary, auxiliary } from "../auxiliaries.ts";
import { gradable, moods, people, things } from "../nouns.ts";
import { be, type Count, have, type Speaker } from "../speaker.ts";
import { simple, type Transitive } from "../verbs.ts";

const someone = (s: Speaker) => s.somebody().text;

/** "No guest that the nurse met has ever …" against "The guest that no nurse met has ever …": the same words, another order. */
const scope: Template = (s) => {
  const count = s.count(),
    head = s.noun(people, count),
    inner = s.person(s.count(), { determiner: "", adjective: 0.2 }).text;
  const link = `${s.pick(["that", "who"])}`,
    met = s.pick(["met", "helped", "liked", "trusted", "invited", "praised", "admired", "saw"]);
  const rest = s.doing("participle"), adverb = s.pick(["often", "already", "always", "sometimes"]);
  const say = (a: string, b: string, when: string) =>
    `${a} ${head} ${link} ${b} ${inner} ${met} ${have(count)} ${when} ${rest}`;
  const good = say("no", "the", "ever"), bad = say("the", "no", "ever");
  return s.chance(0.5) ? framed(s, good, bad) : framed(s, say("the", "no", adverb), bad);
};
const hasEver: Template = (s) => {
  const who = s.noun(people, "one"),
    rest = s.doing("participle"),
    adverb = s.pick(["often", "already", "always", "just"]);
  const yes = s.pick([`every ${who}`, `the ${who}`, "everybody", `this ${who}`, s.named().text]),
    no = s.pick([`no ${who}`, "nobody", `not one ${who}`]);
  const say = (subject: string, when: string) => `${subject} has ${when} ${rest}`;
  return framed(
    s,
    ...s.pick<[string, string]>([[say(no, "ever"), say(yes, "ever")], [say(yes, adverb), say(yes, "ever")]]),
  );
};
const anyOrSome: Template = (s) => {
  const who = s.person("one", { determiner: s.the() }).text, verb: Transitive = s.transitive(), end = s.adjunct(0.4);
  const what = verb.objects[0] === "person"
    ? s.person("many", { determiner: "" }).text
    : s.object(verb, "many").text.replace(/^\S+ /, "");
  const denied = `${who} ${s.pick(["did not", "didn't", "could not", "never wanted to", "refused to"])} ${verb.base}`,
    stated = `${who} ${verb.past}`;
  return framed(
    s,
    ...s.pick<[string, string]>([[`${denied} any ${what} ${end}`, `${stated} any ${what} ${end}`], [
      `${stated} some ${what} ${end}`,
      `${stated} any ${what} ${end}`,
    ]]),
  );
};
const tooOrEither: Template = (s) => {
  const a = s.named().text, b = s.person("one").text, verb = s.word(simple), end = s.place();
  const denied = `${a} did not ${verb.base} ${end} , and ${b} did not ${verb.base} either`;
  const stated = (word: string) => `${a} ${verb.past} ${end} , and ${b} ${verb.past} ${word}`;
  return s.chance(0.5) ? { good: stated("too"), bad: stated("either") } : { good: denied, bad: stated("either") };
};
const withoutAny: Template = (s) => {
  const start = `${someone(s)} ${s.doing("past")}`,
    what = s.pick(["help", "trouble", "advice", "luck", "effort", "doubt", "music"]);
  return framed(
    s,
    ...s.pick<[string, string]>([[`${start} without any ${what}`, `${start} with any ${what}`], [
      `${start} with some ${what}`,
      `${start} with any ${what}`,
    ]]),
  );
};
const yetOrAlready: Template = (s) => {
  const who = s.person("one").text, rest = s.doing("participle");
  return framed(s, `${who} has not ${rest} yet`, `${who} has ${rest} yet`);
};

/** "… and so can the nurse": be answers be, the others answer each other too freely to be called wrong. */
const soDoes: Template = (s) => {
  const be = s.chance(0.5),
    aux = auxiliary(s, be ? s.pick(["be", "was"]) : s.pick(["have", "can", "will", "should", "does", "did"]));
  const wrong = auxiliary(s, be ? s.pick(["have", "can", "will", "does", "did"]) : s.pick(["be", "was"]));
  const a = s.somebody({ pronouns: 0 }), b = s.somebody({ pronouns: 0 }), negative = s.chance(0.4);
  const start = `${a.text} ${negative ? aux.denied(a.count) : aux.stated(a.count)} , and`;
  const say = (word: string, x: Auxiliary) => `${start} ${word} ${x.plain(b.count)} ${b.text}`;
  const [right, other] = negative ? ["neither", "so"] : ["so", "neither"];
  return { good: say(right, aux), bad: s.chance(0.5) ? say(right, wrong) : say(other, aux) };
};
const butDoesNot: Template = (s) => {
  const be = s.chance(0.5),
    aux = auxiliary(s, be ? s.pick(["be", "was"]) : s.pick(["have", "can", "will", "does", "did"]));
  const wrong = auxiliary(s, be ? s.pick(["have", "can", "does", "did"]) : s.pick(["be", "was"]));
  const a = s.somebody({ pronouns: 0 }), b = s.somebody({ pronouns: 0 });
  const say = (x: Auxiliary) =>
    s.split === "train" || a.count === "one"
      ? `, but ${b.text} ${x.not(b.count)}`
      : `, although ${b.text} ${x.not(b.count)}`;
  return {
    good: `${aux.stated(a.count)} ${say(aux)}`.replace(/^/, `${a.text} `),
    bad: `${a.text} ${aux.stated(a.count)} ${say(wrong)}`,
  };
};
const thanDoes: Template = (s) => {
  const be = s.chance(0.5),
    a = s.person(s.count(), { determiner: s.the() }),
    b = s.person(s.count(), { determiner: s.the() });
  const aux = auxiliary(s, be ? s.pick(["be", "was"]) : s.pick(["can", "does", "did"])),
    wrong = auxiliary(s, be ? s.pick(["can", "does", "did"]) : s.pick(["be", "was"]));
  const start = `${a.text} ${aux.stated(a.count)} more often than ${b.text}`;
  return { good: `${start} ${aux.plain(b.count)}`, bad: `${start} ${wrong.plain(b.count)}` };
};
const didToo: Template = (s) => {
  const be = s.chance(0.5), a = s.named(), b = s.person(s.count(), { determiner: s.the() });
  const aux = auxiliary(s, be ? "was" : s.pick(["does", "did"])),
    wrong = auxiliary(s, be ? s.pick(["does", "did"]) : "was");
  const start = `${a.text} ${aux.stated(a.count)} because ${b.text}`;
  return { good: `${start} ${aux.plain(b.count)} too`, bad: `${start} ${wrong.plain(b.count)} too` };
};

function er(word: string): string {
  if (/[aeiou][bgtn]$/.test(word) && word.length < 5) return `${word}${word.at(-1)}er`;
  if (/[^aeiou]y$/.test(word) && word !== "shy") return `${word.slice(0, -1)}ier`;
  return word.endsWith("e") ? `${word}r` : `${word}er`;
}
/** Two people or two things, and what they are compared in. */
function compared(s: Speaker): { start: string; end: string; short: string; long: string } {
  const kind = s.pick(["person", "person", "thing"] as const), people = kind === "person";
  const a = people ? s.somebody({ pronouns: 0 }) : s.anything(undefined, s.the());
  const b = people ? s.somebody({ pronouns: 0 }) : s.anything(undefined, s.the());
  const start = `${a.text} ${be(a.count, s.chance(0.5))} ${
    s.pick(["", "", "probably", "never", "often", "just", "still"])
  }`;
  const end = `${b.text} ${s.pick(["", "", s.place(), "these days", "last year"])}`;
  return { start, end, short: s.word(gradable[kind].short), long: s.word(gradable[kind].long) };
}
const moreThan: Template = (s) => {
  const { start, end, long, short } = compared(s),
    more = s.pick(["more", "less", "far more", "much more", "even less"]);
  const say = (degree: string, adjective: string, than: string) => `${start} ${degree} ${adjective} ${than} ${end}`;
  const any = s.chance(0.3) ? short : long;
  return framed(
    s,
    ...s.pick<[string, string]>([
      [say(more, long, "than"), say(more, long, "as")],
      [say(more, long, "than"), say("as", long, "than")],
      [say("as", any, "as"), say("as", any, "than")],
      [say("as", long, "as"), say(more, long, "as")],
    ]),
  );
};
/** The same with nouns and adverbs: "more keys than", "as many keys as". */
const moreKeys: Template = (s) => {
  const verb = s.transitive(),
    count = s.chance(0.7),
    end = s.somebody({ pronouns: 0 }).text,
    start = `${s.somebody().text} ${verb.past}`;
  const what = verb.objects[0] === "person"
    ? s.noun(people, "many")
    : s.object(verb, "many").text.replace(/^(a few|\S+) /, "");
  const whole = count ? start : `${start} ${s.object(verb).text}`;
  const item = count ? what : s.pick(["often", "quickly", "carefully", "quietly", "happily", "slowly", "eagerly"]);
  const say = (degree: string, than: string) => `${whole} ${degree} ${item} ${than} ${end}`;
  const as = count ? "as many" : "as",
    more = count ? s.pick(["more", "more", "far more"]) : s.pick(["more", "more", "less"]);
  return framed(
    s,
    ...s.pick<[string, string]>([[say(more, "than"), say(more, "as")], [say(as, "as"), say(as, "than")], [
      say(more, "than"),
      say(as, "than"),
    ], [say(as, "as"), say(more, "as")]]),
  );
};
const older: Template = (s) => {
  const { start, end, short } = compared(s), adverb = s.pick(["", "", "much", "a little", "far"]);
  const shorter = `${start} ${adverb} ${er(short)}`;
  return framed(
    s,
    ...s.pick<[string, string]>([
      [`${shorter} than ${end}`, `${shorter} as ${end}`],
      [`${start} as ${short} as ${end}`, `${start} as ${er(short)} as ${end}`],
      [`${shorter} than ${end}`, `${start} ${short} than ${end}`],
    ]),
  );
};
const soThat: Template = (s) => {
  const who = s.somebody(),
    mood = s.word(moods),
    be1 = be(who.count, true),
    that = `that ${someone(s)} ${s.doing("past")}`,
    to = `to ${s.doing("base")}`;
  const say = (word: string, rest: string) => `${who.text} ${be1} ${word} ${mood} ${rest}`;
  return framed(
    s,
    ...s.pick<[string, string]>([[say("so", that), say("too", that)], [say("too", to), say("so", to)], [
      say("so", that),
      say("very", that),
    ]]),
  );
};
const mostOf: Template = (s) => {
  const short = s.word(gradable.person.short),
    noun = s.word(people),
    group = s.pick(["of all", "in the whole village", "in the world", "of the three"]);
  const superlative = er(short).replace(/er$/, "est"), start = `${s.named().text} was the`;
  return framed(
    s,
    `${start} ${superlative} ${noun.one} ${group}`,
    `${start} ${s.pick([short, `more ${short}`, `most ${superlative}`])} ${noun.many} ${group}`.replace(
      noun.many,
      noun.one,
    ),
  );
};
const enough: Template = (s) => {
  const who = s.somebody(),
    adjective = s.word(gradable.person.short),
    rest = `to ${s.doing("base")}`,
    start = `${who.text} ${be(who.count, true)}`;
  return framed(
    s,
    `${start} ${adjective} enough ${rest}`,
    s.chance(0.5) ? `${start} enough ${adjective} ${rest}` : `${start} ${er(adjective)} enough ${rest}`,
  );
};

const partners = [["both", "and"], ["either", "or"], ["neither", "nor"]] as const;
function partnered(s: Speaker, say: (first: string, second: string) => string) {
  const right = s.pick(partners), wrong = s.pick(partners.filter((p) => p !== right));
  const good = say(right[0], right[1]);
  return s.chance(0.5) ? framed(s, good, say(right[0], wrong[1])) : framed(s, good, say(wrong[0], right[1]));
}
const bothObjects: Template = (s) => {
  const verb = s.transitive(),
    a = s.object(verb).text,
    b = s.object(verb).text,
    start = `${someone(s)} ${verb.past}`,
    end = s.adjunct(0.4);
  return partnered(s, (x, y) => `${start} ${x} ${a} ${y} ${b} ${end}`);
};
const bothSubjects: Template = (s) => {
  const a = s.somebody({ pronouns: 0 }).text, b = s.somebody({ pronouns: 0 }).text, did = s.doing("past");
  return partnered(s, (x, y) => `${x} ${a} ${y} ${b} ${did}`);
};
const bothPlaces: Template = (s) => {
  const start = `${someone(s)} ${s.word(simple).past}`, a = s.place(), b = s.place();
  return partnered(s, (x, y) => `${start} ${x} ${a} ${y} ${b}`);
};
const bothWays: Template = (s) => {
  const who = s.named().text, a = s.doing("past"), b = s.doing("past");
  return partnered(s, (x, y) => `${who} ${x} ${a} ${y} ${b}`);
};

const strong: Record<Count, string[]> = { one: ["every", "each"], many: ["most", "both", "all the"] };
const weak: Record<Count, string[]> = { one: ["a", "another", "no"], many: ["some", "several", "many", "two", "no"] };
const thereIs: Template = (s) => {
  const count = s.count(), past = s.chance(0.6), human = s.chance(0.4);
  const what = `${s.adjective(["old", "new", "small", "young", "big", "strange"])} ${
    human ? s.noun(people, count) : s.noun(things[s.pick(["tool", "vehicle", "text", "breakable"] as const)], count)
  } ${s.place()}`;
  const there = (d: string) => `there ${be(count, past)} ${d} ${what}`;
  const a = s.pick(weak[count]), every = s.pick(strong[count]);
  if (s.chance(0.55)) return framed(s, there(a), there(every));
  const split = what.split(/ (?=in |at |near |on |behind |outside |under |beside |next |by |across )/),
    good = `${every} ${split[0]} ${be(count, past)} ${split[1]}`;
  return framed(s, good, there(every));
};
const thereSeems: Template = (s) => {
  const count = s.count(),
    what = `${s.noun(people, count)} ${s.place()}`,
    start = `there ${s.pick(["seemed", "appeared", "happened", "had"])} to be`;
  return framed(s, `${start} ${s.pick(weak[count])} ${what}`, `${start} ${s.pick(strong[count])} ${what}`);
};

export const logic: Phenomenon[] = [
  {
    name: "negative_polarity",
    everywhere: [scope, scope, hasEver, anyOrSome, tooOrEither],
    validation: [withoutAny],
    test: [yetOrAlready],
  },
  { name: "ellipsis", everywhere: [soDoes, soDoes, butDoesNot], validation: [didToo], test: [thanDoes] },
  {
    name: "comparison",
    everywhere: [moreThan, moreThan, moreThan, moreKeys, moreKeys, moreKeys, older, soThat],
    validation: [enough],
    test: [mostOf],
  },
  {
    name: "correlatives",
    everywhere: [bothObjects, bothSubjects],
    validation: [bothPlaces],
    test: [bothWays],
  },
  { name: "existential_there", everywhere: [thereIs], validation: [thereSeems], test: [] },
];
