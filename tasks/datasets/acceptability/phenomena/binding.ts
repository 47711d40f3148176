// Pronouns and what they stand for: himself, each other, he and him.
import { framed, type Pair, type Phenomenon, type Template } from "../phenomenon.ts";
import { be, type Gender, type NounPhrase, type Speaker } from "../speaker.ts";
import { mutual, selfish, selfishAbout, simple } from "../verbs.ts";
import { moods, things } from "../nouns.ts";

const selves = ["himself", "herself", "themselves"] as const;

function self({ count, gender }: NounPhrase): (typeof selves)[number] {
  return count === "many" ? "themselves" : gender === "f" ? "herself" : "himself";
}
const wrongSelf = (s: Speaker, who: NounPhrase) => s.pick(selves.filter((word) => word !== self(who)));

const opposite = (gender: Gender): "f" | "m" => gender === "f" ? "m" : "f";

/** Somebody of a known gender, or several people. */
function who(s: Speaker, { gender = s.pick(["f", "m"] as const), many = 0.25, names = 0.3 } = {}): NounPhrase {
  if (s.chance(many)) return s.person("many", { determiner: s.the() });
  return s.chance(names) ? s.named(gender) : s.person("one", { gender, determiner: s.the() });
}
const another = (s: Speaker, to: NounPhrase) => who(s, { gender: opposite(to.gender), many: 0 });

/** "blamed", "talked about", "bought a picture of": what one can do to oneself. */
function toSelf(s: Speaker): string {
  if (s.chance(0.6)) return s.word(selfish).past;
  return s.word(selfishAbout).past;
}

function selfPair(s: Speaker, subject: string, antecedent: NounPhrase, wrong = wrongSelf(s, antecedent)): Pair {
  const did = toSelf(s), end = s.adjunct(0.35);
  return framed(s, `${subject} ${did} ${self(antecedent)} ${end}`, `${subject} ${did} ${wrong} ${end}`);
}

const direct: Template = (s) => {
  const subject = who(s);
  return selfPair(s, subject.text, subject);
};
const persons: Template = (s) => {
  const table = [["I", "myself"], ["you", "yourself"], ["we", "ourselves"], ["they", "themselves"], ["he", "himself"], [
    "she",
    "herself",
  ]];
  const [subject, right] = s.pick(table);
  const wrong = s.pick(table.filter(([, word]) => word !== right))[1];
  const did = toSelf(s), end = s.adjunct(0.5);
  return framed(s, `${subject} ${did} ${right} ${end}`, `${subject} ${did} ${wrong} ${end}`);
};
const withSomebody: Template = (s) => {
  const subject = who(s, { names: 0, many: 0.15 }), near = another(s, subject);
  const link = s.chance(0.5)
    ? s.pick(["next to", "behind", "beside", "with"])
    : `who ${s.pick(["met", "helped", "knew", "saw", "called", "liked"])}`;
  return selfPair(s, `${subject.text} ${link} ${near.text}`, subject, subject.count === "one" ? self(near) : undefined);
};
const together: Template = (s) => {
  const a = who(s, { many: 0 }),
    both: NounPhrase = { ...a, text: `${a.text} and ${another(s, a).text}`, count: "many" };
  return selfPair(s, both.text, both);
};
const wanted: Template = (s) => {
  const subject = who(s), end = s.adjunct();
  const start = `${subject.text} ${
    s.pick(["wanted to", "tried to", "decided to", "refused to", "had to", "could not", "did not", "would never"])
  } ${s.word(selfish).base}`;
  return framed(s, `${start} ${self(subject)} ${end}`, `${start} ${wrongSelf(s, subject)} ${end}`);
};
const boughtSelf: Template = (s) => {
  const subject = who(s), gift = s.thing(s.pick(["food", "clothing", "text"]), "one", "a").text;
  const start = `${subject.text} ${s.pick(["bought", "made", "ordered", "got", "found"])}`, end = s.adjunct(0.3);
  return framed(s, `${start} ${self(subject)} ${gift} ${end}`, `${start} ${wrongSelf(s, subject)} ${gift} ${end}`);
};
const pictureOf: Template = (s) => {
  const subject = who(s),
    kind = s.pick(["a picture of", "a film about", "an old photograph of", "a song about", "a story about"]),
    end = s.adjunct();
  const start = `${subject.text} ${s.pick(["found", "lost", "kept", "made", "finished"])} ${kind}`;
  return framed(s, `${start} ${self(subject)} ${end}`, `${start} ${wrongSelf(s, subject)} ${end}`);
};

const says = ["said", "thought", "believed", "claimed", "hoped", "heard", "knew", "dreamed"];
const theOuterOne: Template = (s) => {
  const outer = who(s, { many: 0 }), inner = another(s, outer);
  return selfPair(s, `${outer.text} ${s.pick(says)} that ${inner.text}`, inner, self(outer));
};
const herOrHerself: Template = (s) => {
  const outer = who(s, { many: 0 }), inner = another(s, outer), end = s.adjunct();
  const start = `${outer.text} ${s.pick(says)} that ${inner.text} ${s.word(selfish).past}`;
  return framed(s, `${start} ${outer.gender === "f" ? "her" : "him"} ${end}`, `${start} ${self(outer)} ${end}`);
};
const owner: Template = (s) => {
  const gender = s.pick(["f", "m"] as const);
  const holder = who(s, { gender: opposite(gender), many: 0 });
  const kin = s.pick(gender === "f" ? ["sister", "mother", "aunt", "daughter"] : ["brother", "father", "uncle", "son"]);
  const possessive = holder.text.endsWith("s") ? `${holder.text}'` : `${holder.text}'s`;
  return selfPair(s, `${possessive} ${kin}`, { text: "", count: "one", gender }, self(holder));
};
const toldTo: Template = (s) => {
  const outer = who(s, { many: 0 }), inner = another(s, outer), end = s.adjunct();
  const start = `${outer.text} ${s.pick(["told", "asked", "persuaded", "helped", "encouraged"])} ${inner.text} to ${
    s.word(selfish).base
  }`;
  return framed(s, `${start} ${self(inner)} ${end}`, `${start} ${self(outer)} ${end}`);
};
const sawThem: Template = (s) => {
  const outer = who(s, { many: 0 }), inner = another(s, outer), end = s.adjunct();
  const start = `${outer.text} ${s.pick(["heard", "saw", "let", "watched", "made"])} ${inner.text} ${
    s.word(selfish).base
  }`;
  return framed(s, `${start} ${self(inner)} ${end}`, `${start} ${self(outer)} ${end}`);
};

/** "each other" needs several people; "himself" needs one. */
const eachOther: Template = (s) => {
  const gender = s.pick(["f", "m"] as const);
  const seed = s.person("one", { gender, determiner: s.the() });
  const one = seed.text, many = s.person("many", { gender, determiner: s.the() }).text;
  const near = s.chance(0.6)
    ? `${s.pick(["near", "behind", "next to", "who knew", "who met"])} ${
      s.person(s.count(), { determiner: s.the() }).text
    }`
    : "";
  const did = s.word(mutual).past, end = s.adjunct(0.5), alone = self(seed);
  const say = (subject: string, object: string) => `${subject} ${near} ${did} ${object} ${end}`;
  const [good, bad] = s.pick(
    [[many, "each other", many, alone], [one, alone, one, "each other"], [many, "each other", one, "each other"]].map((
      [a, b, c, d],
    ) => [say(a, b), say(c, d)]),
  );
  return framed(s, good, bad);
};
const bothOfThem: Template = (s) => {
  const a = who(s, { many: 0 }), b = another(s, a), end = s.adjunct(0.4), did = s.word(mutual).past;
  const say = (link: string) => `${a.text} ${link} ${b.text} ${did} each other ${end}`;
  return framed(s, say("and"), say(s.pick(["near", "without", "beside", "behind"])));
};
const theirOthers: Template = (s) => {
  const several = who(s, { many: 1 }).text,
    single = who(s, { many: 0 }).text,
    gift = s.noun(things[s.pick(["text", "clothing", "tool"] as const)], "many");
  const end = `${s.pick(["sent", "gave", "showed", "lent"])} each other ${gift} ${s.adjunct()}`;
  return framed(s, `${several} ${end}`, `${single} ${end}`);
};
const toEachOther: Template = (s) => {
  const guide = who(s, { many: 0 }).text, end = s.adjunct();
  const start = `${guide} introduced`,
    several = s.person("many", { determiner: s.the() }).text,
    one = s.person("one", { determiner: s.the() }).text;
  return framed(s, `${start} ${several} to each other ${end}`, `${start} ${one} to each other ${end}`);
};

const cases = [["they", "them"], ["he", "him"], ["she", "her"], ["we", "us"], ["I", "me"]] as const;
const were = (nominative: string) =>
  nominative === "I" || nominative === "he" || nominative === "she" ? be("one", true) : be("many", true);

const knewThem: Template = (s) => {
  const [nominative, accusative] = s.pick(cases.filter(([word]) => word !== "she"));
  const wellKnown = s.chance(0.5), subject = s.somebody({ pronouns: 0 }).text;
  const start = `${subject} ${
    s.pick(wellKnown ? ["remembered", "knew", "recognised"] : ["heard", "understood", "saw", "noticed", "believed"])
  }`;
  if (s.chance(0.5)) {
    const end = s.chance(0.5) ? `${were(nominative)} ${s.word(moods)}` : `had ${s.doing("participle")}`;
    return framed(s, `${start} ${nominative} ${end}`, `${start} ${accusative} ${end}`);
  }
  const ends = wellKnown
    ? ["very well", "from school", "from the old days", "quite well"]
    : ["straight away", "in the end", "from the start", s.place()];
  const end = s.pick([...ends, "at once", s.time()]);
  return framed(s, `${start} ${accusative} ${end}`, `${start} ${nominative} ${end}`);
};
const theyDid: Template = (s) => {
  const [nominative, accusative] = s.pick(cases);
  const did = s.doing("past"), start = s.pick([s.time(), s.place(), "perhaps", "in the end", ""]);
  return { good: `${start} ${nominative} ${did}`, bad: `${start} ${accusative} ${did}` };
};
const didToThem: Template = (s) => {
  const [nominative, accusative] = s.pick(cases), end = s.adjunct();
  const start = `${s.somebody({ pronouns: 0 }).text} ${s.chance(0.5) ? s.word(simple).past : s.doing("past")} ${
    s.pick(["with", "near", "behind", "without", "for"])
  }`;
  return framed(s, `${start} ${accusative} ${end}`, `${start} ${nominative} ${end}`);
};
const theyBought: Template = (s) => {
  const [nominative, accusative] = s.pick(cases.filter(([word]) => word !== "she"));
  const kind = s.thing(s.pick(["text", "tool", "art", "clothing"]), "one", "the").text;
  const end = `${s.pick(["bought", "found", "lost", "borrowed", "wanted"])} ${s.pick(["was", "looked"])} ${
    s.pick(["old", "expensive", "strange", "beautiful"])
  }`;
  return framed(s, `${kind} that ${nominative} ${end}`, `${kind} that ${accusative} ${end}`);
};
const gaveThem: Template = (s) => {
  const [nominative, accusative] = s.pick(cases.filter(([word]) => word !== "she"));
  const gift = s.thing(s.pick(["text", "tool", "art"]), "one", "a").text, end = s.adjunct();
  const start = `${s.somebody({ pronouns: 0 }).text} ${s.pick(["gave", "sent", "showed", "offered", "handed"])}`;
  return framed(s, `${start} ${accusative} ${gift} ${end}`, `${start} ${nominative} ${gift} ${end}`);
};

export const binding: Phenomenon[] = [
  {
    name: "reflexive_agreement",
    everywhere: [direct, persons, persons, persons, persons, withSomebody, together, wanted],
    validation: [boughtSelf],
    test: [pictureOf],
  },
  {
    name: "reflexive_locality",
    everywhere: [theOuterOne, theOuterOne, herOrHerself, owner],
    validation: [toldTo],
    test: [sawThem],
  },
  {
    name: "reciprocals",
    everywhere: [eachOther, eachOther, bothOfThem],
    validation: [theirOthers],
    test: [toEachOther],
  },
  {
    name: "pronoun_case",
    everywhere: [knewThem, knewThem, theyDid, didToThem],
    validation: [theyBought],
    test: [gaveThem],
  },
];
