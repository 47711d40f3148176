// Long-distance relations: a question word and its gap, islands, relative pronouns, tags.
import { framed, type Pair, type Phenomenon, type Template } from "../phenomenon.ts";
import { needy, type Transitive } from "../verbs.ts";
import { type NounPhrase, pronoun, type Speaker } from "../speaker.ts";
import { animals, people, things } from "../nouns.ts";
import { auxiliaries, type Auxiliary, auxiliary } from "../auxiliaries.ts";

/** A verb that needs its object, the object, and the question word that asks for it. */
function gapped(s: Speaker): { verb: Transitive; object: string; wh: string } {
  const verb = s.word(needy), object = s.object(verb).text;
  return { verb, object, wh: verb.objects.includes("person") && verb.objects.length === 1 ? "who" : "what" };
}

const knows = [
  "knew",
  "remembered",
  "forgot",
  "discovered",
  "noticed",
  "heard",
  "explained",
  "guessed",
  "found out",
  "realised",
  "learned",
  "revealed",
];

/** that + object, what + gap; never that + gap, never what + object. */
const embedded: Template = (s) => {
  const { verb, object, wh } = gapped(s),
    end = s.adjunct(0.6),
    start = `${s.somebody().text} ${s.pick(knows)}`,
    subject = s.somebody().text;
  const say = (word: string, what: string) => `${start} ${word} ${subject} ${verb.past} ${what} ${end}`;
  const full = say("that", object), gap = say(wh, "");
  return framed(
    s,
    ...s.pick<[string, string]>([[full, say(wh, object)], [full, say("that", "")], [gap, say(wh, object)], [
      gap,
      say("that", ""),
    ]]),
  );
};
const asked: Template = (s) => {
  const { verb, object, wh } = gapped(s), end = s.adjunct(0.6), subject = s.somebody().text;
  const auxiliary = s.pick(["did", "did", "did", "will", "can", "should"]);
  const ask = (word: string, what: string) => `${word} ${auxiliary} ${subject} ${verb.base} ${what} ${end} ?`;
  const [good, bad] = s.pick([[ask("", object), ask(wh, object)], [ask("", object), ask("", "")], [
    ask(wh, ""),
    ask(wh, object),
  ], [ask(wh, ""), ask("", "")]]);
  return { good, bad };
};
const whichOne: Template = (s) => {
  const { verb, object } = gapped(s), end = s.adjunct(0.5), subject = s.somebody().text;
  const which = `which ${
    s.noun(
      verb.objects[0] === "person" ? people : verb.objects[0] === "animal" ? animals : things[verb.objects[0]],
      s.count(),
    )
  }`;
  const say = (what: string) => `${which} did ${subject} ${verb.base} ${what} ${end} ?`;
  return { good: say(""), bad: say(object) };
};
const relative: Template = (s) => {
  const { verb, object } = gapped(s), kind = verb.objects[0];
  const head = kind === "person"
    ? s.person("one", { determiner: "the" })
    : kind === "animal"
    ? s.animal("one", "the")
    : s.thing(kind, "one", "the");
  const start = `${head.text} that ${s.named().text} ${verb.past}`,
    end = `was ${s.pick(["famous", "old", "very small", "not there", "lovely", "gone"])}`;
  return framed(s, `${start} ${end}`, `${start} ${s.chance(0.5) ? "it" : object} ${end}`);
};
const cleft: Template = (s) => {
  const { verb, object } = gapped(s), kind = verb.objects[0];
  const head = kind === "person"
    ? s.person("one", { determiner: "the" })
    : kind === "animal"
    ? s.animal("one", "the")
    : s.thing(kind, "one", "the");
  const start = `it was ${head.text} that ${s.somebody().text} ${verb.past}`, end = s.adjunct();
  return { good: `${start} ${end}`, bad: `${start} ${object} ${end}` };
};

const bridges = ["say", "think", "claim", "believe", "hope", "know"];
const lonely = ["laugh", "smile", "leave", "cry", "wait", "complain", "celebrate", "yawn"];
const links = ["because", "when", "after", "before", "while", "although"];
const fuss = ["the rumour", "the story", "the claim", "the report", "the news"];

/** Between the question word and the gap: a bridge that a question may cross, or an island that it may not. */
function between(s: Speaker, subject: string, inner: string): { open: string; closed: string } {
  const closed = s.pick([
    `${s.pick(lonely)} ${s.pick(links)} ${inner}`,
    `${s.pick(lonely)} ${s.pick(links)} ${inner}`,
    `${s.pick(["believe", "hear", "repeat", "deny"])} ${s.pick(fuss)} that ${inner}`,
    `${s.pick(["wonder", "ask"])} whether ${inner}`,
    `${s.pick(["know", "meet", "thank"])} ${inner} who`,
  ]);
  return { open: `${subject} ${s.pick(bridges)} that ${inner}`, closed: `${subject} ${closed}` };
}
const island: Template = (s) => {
  const { verb, object, wh } = gapped(s), end = s.adjunct(0.5);
  const { open, closed } = between(s, s.somebody().text, s.somebody({ pronouns: 0 }).text);
  const ask = (word: string, way: string, what: string) => `${word} did ${way} ${verb.past} ${what} ${end} ?`;
  const crossing = ask(wh, closed, "");
  const [good, bad] = s.pick([
    [ask(wh, open, ""), crossing],
    [ask("", closed, object), crossing],
    [ask("", closed, object), crossing],
    [ask("", open, object), ask(wh, open, object)],
    [ask("", open, object), ask("", open, "")],
    [ask("", closed, object), ask("", closed, "")],
  ]);
  return { good, bad };
};
const inPairs: Template = (s) => {
  const { verb, object, wh } = gapped(s),
    end = s.adjunct(0.4),
    second = s.object(verb).text,
    subject = s.somebody().text;
  const ask = (word: string, what: string) => `${word} did ${subject} ${verb.base} ${what} ${end} ?`;
  const [good, bad] = s.pick([[ask("", `${object} and ${second}`), ask(wh, `${object} and`)], [
    ask(wh, ""),
    ask(wh, `${object} and`),
  ]]);
  return { good, bad };
};
const knowIsland: Template = (s) => {
  const { verb, object, wh } = gapped(s), end = s.adjunct(0.4), subject = s.somebody().text, inner = s.somebody().text;
  const start = `${s.pick(["nobody", s.named().text])} ${s.pick(["knew", "remembered", "forgot", "asked"])}`;
  const crossing = `${start} ${wh} ${subject} laughed ${s.pick(links)} ${inner} ${verb.past} ${end}`;
  if (s.chance(0.5)) return { good: `${start} ${wh} ${subject} said that ${inner} ${verb.past} ${end}`, bad: crossing };
  return { good: `${start} whether ${subject} laughed because ${inner} ${verb.past} ${object} ${end}`, bad: crossing };
};
const relativeIsland: Template = (s) => {
  const { verb } = gapped(s),
    kind = verb.objects[0],
    subject = s.somebody().text,
    inner = s.somebody().text,
    end = s.pick(["was lost", "was gone", "looked old"]);
  const head = kind === "person"
    ? s.person("one", { determiner: "the" })
    : kind === "animal"
    ? s.animal("one", "the")
    : s.thing(kind, "one", "the");
  const say = (way: string) => `${head.text} that ${subject} ${way} ${inner} ${verb.past} ${end}`;
  return {
    good: say(s.pick(["said", "thought", "claimed"])),
    bad: say(`${s.pick(["laughed", "smiled", "left"])} ${s.pick(["because", "when", "after"])}`),
  };
};

const whoOrWhich: Template = (s) => {
  const human = s.chance(0.5);
  const head = human ? s.person(s.count(), { determiner: s.the() }) : s.anything(undefined, s.the());
  const clause = s.chance(0.5)
    ? `${s.somebody().text} ${s.pick(["admired", "mentioned", "photographed", "found", "described", "remembered"])}`
    : s.pick([
      "came from France",
      "caused the delay",
      "stood in the corner",
      "arrived too late",
      "was so old",
      "was in the way",
      "surprised everybody",
    ]).replace(/^was/, head.count === "one" ? "was" : "were");
  const end = human
    ? s.doing("past")
    : s.pick(["disappeared", "fell over", "vanished", `belonged to ${s.named().text}`, `pleased ${s.named().text}`]);
  const say = (word: string) => `${head.text} ${word} ${clause} ${end}`;
  const [right, wrong] = human ? ["who", "which"] : ["which", "who"];
  return framed(s, say(right), say(wrong));
};
const whereOrWhen: Template = (s) => {
  const place = s.chance(0.5), did = s.doing("past"), subject = s.somebody().text;
  const head = place
    ? s.thing("building", "one", "the").text
    : `the ${s.pick(["day", "year", "week", "night", "morning", "evening", "moment", "summer"])}`;
  const start = `${s.named().text} ${
    s.pick(["remembered", "forgot", "described", "mentioned", "never forgot"])
  } ${head}`;
  const [right, wrong] = place ? ["where", "when"] : ["when", "where"];
  return framed(s, `${start} ${right} ${subject} ${did}`, `${start} ${wrong} ${subject} ${did}`);
};
const whose: Template = (s) => {
  const head = s.person("one", { determiner: "the" }).text,
    owned = s.noun(things[s.pick(["vehicle", "clothing", "tool"] as const)], "one");
  const end = s.doing("past"), lost = s.pick(["disappeared", "was stolen", "was too old", "fell apart"]);
  const did = `${s.named().text} ${s.pick(["found", "borrowed", "lost"])} the ${owned}`;
  if (s.chance(0.5)) {
    return framed(
      s,
      `${head} whose ${owned} ${lost} ${end}`,
      `${head} ${s.pick(["who", "which"])} ${owned} ${lost} ${end}`,
    );
  }
  return framed(s, `${did} which ${s.pick(["disappeared", "vanished"])}`, `${did} whose disappeared`);
};
const withWhom: Template = (s) => {
  const human = s.chance(0.5),
    head = human
      ? s.person("one", { determiner: "the" }).text
      : s.thing(s.pick(["tool", "furniture"]), "one", "the").text;
  const start = `${head} ${human ? s.pick(["with", "for", "from"]) : s.pick(["from", "near", "beside"])}`;
  const end = `${s.somebody().text} ${s.pick(["waited", "stood", "worked", "sat"])} was ${
    s.pick(["old", "very tall", "gone", "from France"])
  }`;
  const [right, wrong] = human ? ["whom", "which"] : ["which", "whom"];
  return { good: `${start} ${right} ${end}`, bad: `${start} ${wrong} ${end}` };
};
const missing: Template = (s) => {
  const head = s.person("one", { determiner: "the" }).text, end = s.doing("past");
  const clause = s.pick([
    "lives next door",
    "sold the house",
    "works at the bank",
    "won the prize",
    "wrote the report",
    "came by train",
  ]);
  return framed(s, `${head} who ${clause} ${end}`, `${head} ${clause} ${end}`);
};

/** The tag repeats the auxiliary, turns its polarity, and names the subject by a pronoun. */
function tagPair(s: Speaker, subject: NounPhrase, aux: Auxiliary): Pair {
  const said = pronoun(subject), negative = s.chance(0.4);
  const start = `${subject.text} ${negative ? aux.denied(subject.count) : aux.stated(subject.count)} ,`;
  const word = (a: Auxiliary) => negative ? a.plain(subject.count) : a.not(subject.count);
  const good = `${start} ${word(aux)} ${said} ?`;
  const wrong = s.pick(auxiliaries.filter((kind) => kind !== aux.kind));
  const wrongWord = word(auxiliary(s, wrong)), wrongPronoun = s.pick(["he", "she", "they"].filter((p) => p !== said));
  const way = s.random();
  if (way < 0.45) return { good, bad: `${start} ${wrongWord} ${said} ?` };
  if (way < 0.7 && subject.gender !== "n") return { good, bad: `${start} ${word(aux)} ${wrongPronoun} ?` };
  if (negative) return { good, bad: `${start} ${aux.not(subject.count)} ${said} ?` };
  return { good, bad: `${start} ${wrongWord} ${said} ?` };
}
const tag: Template = (s) => {
  const subject = s.chance(0.4) ? s.named() : s.person(s.count(), { gender: s.pick(["f", "m"]), determiner: s.the() });
  return tagPair(s, subject, auxiliary(s));
};
const animalTag: Template = (s) => {
  const subject = { ...s.animal("many", s.the()) }, aux = auxiliary(s, s.pick(["be", "was"]));
  return tagPair(s, subject, aux);
};
const thereTag: Template = (s) => {
  const [is, isNot] = s.pick([["is", "isn't"], ["was", "wasn't"]]);
  const start = `there ${is} ${s.anything("one", "a").text} ${s.place()} ,`;
  return {
    good: `${start} ${isNot} there ?`,
    bad: `${start} ${s.pick(["doesn't there", "didn't there", "hasn't there", `${isNot} he`])} ?`,
  };
};

export const questions: Phenomenon[] = [
  {
    name: "filler_gap",
    everywhere: [embedded, embedded, asked, asked, whichOne],
    validation: [relative],
    test: [cleft],
  },
  {
    name: "islands",
    everywhere: [island, island, island, inPairs],
    validation: [knowIsland],
    test: [relativeIsland],
  },
  {
    name: "relative_pronouns",
    everywhere: [whoOrWhich, whoOrWhich, whereOrWhen, whose],
    validation: [withWhom],
    test: [missing],
  },
  { name: "tag_questions", everywhere: [tag], validation: [animalTag], test: [thereTag] },
];
