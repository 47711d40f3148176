// Verbs by the company they keep. A line reads "verb, verb … : object classes".
import { type Verb, verb } from "./english.ts";
import type { ThingClass } from "./nouns.ts";

export type ObjectClass = ThingClass | "person" | "animal";
export interface Transitive extends Verb {
  objects: ObjectClass[];
}

const verbs = (text: string) => text.trim().split(/\s*,\s*/).map(verb);

function transitives(lines: string): Transitive[] {
  return lines.trim().split("\n").flatMap((line) => {
    const [left, right] = line.split(" : ");
    const objects = right.trim().split(" ") as ObjectClass[];
    return verbs(left).map((v) => ({ ...v, objects }));
  });
}

/** Acts that need their object: "she repaired" is no sentence. The object may stand after the verb and nowhere else. */
export const needy = transitives(`
repair, inspect, examine, damage, design, replace, own, use, need : vehicle furniture tool
borrow, mention, fetch, carry, find/found, buy/bought, keep/kept : text clothing tool art
destroy, demolish, restore, renovate, construct, lock, abandon, avoid : building
devour, taste, peel, fry, slice : food
polish, smash, fill, wrap, handle : breakable
wear/wore/worn, mend, fold, remove : clothing
summarise, ignore, sign, destroy, publicise : text
praise, greet, blame, invite, scold, rescue, thank, comfort, ignore, accompany, warn, insult, reward : person
chase, tame, frighten, catch/caught, stroke : animal
admire, like, love, hate, adore, despise, value : art person animal
reject, propose, support, defend, question, invent, mention : abstract
water, trim, uproot, prune : plant
describe, recognise, photograph, praise, examine, mention : person art building
deliver, lift, drop, grab, throw/threw/thrown, hold/held, bring/brought, take/took/taken, send/sent, guard, bury : tool text
make/made, own, use, need, want, get/got : furniture vehicle tool
hand over, tear/tore/torn up, throw/threw/thrown away, put/put/put/putting away, pick up : text clothing tool
look after, laugh at, listen to, talk to, care for, wait for, rely on : person`);

/** Acts that can drop their object, or do so for some readers. */
export const easy = transitives(`
study, copy, finish, translate, publish, notice, remember, read/read, write/wrote/written, revise, lose/lost : text
eat/ate/eaten, cook, bake, order, choose/chose/chosen, swallow : food
sing/sang/sung, play, film, sketch : art
drive/drove/driven, park, steer, ride/rode/ridden : vehicle
clean, wash, move, paint, sell/sold : furniture vehicle
pack, hide/hid/hidden, collect, steal/stole/stolen : tool text clothing
help, follow, call, visit, watch, teach/taught, obey, answer, remember, interview : person
explain, forget/forgot/forgotten/forgetting, understand/understood, discuss, remember : abstract
open, enter, leave/left, visit : building
break/broke/broken, shatter, crack, rinse : breakable`);

/** States: no manner, no "-ing". */
const states =
  /^(own|need|want|like|love|hate|adore|despise|value|understand|remember|recognise|forget|notice|keep|mention|get|rely)\b/;
export const isAct = (v: Verb) => !states.test(v.base);

/** Acts of people and animals that take no object at all. */
export const lone = verbs(
  `sleep/slept, laugh, smile, arrive, cough, sneeze, faint, yawn, shiver, giggle, sigh, disappear, hesitate, tremble, blush,
  stumble, limp, snore, kneel/knelt, complain, rejoice, emerge, wander, vanish, chuckle, doze, daydream, squirm, linger, shudder, wince,
  frown, sulk, grin, swoon`,
);

/** Acts of people that need no object and suit most sentences. */
export const simple = verbs(
  `laugh, wait, smile, dance, work, arrive, complain, sleep/slept, cry, swim/swam/swum, cough, rest, leave/left,
  apologise, sneeze, return, run/ran/run/running, yawn, escape, listen, shout, relax, whisper, retire, stumble, kneel/knelt, giggle, travel/travelled/travelled/travelling,
  argue, sigh, gossip, wander, hesitate, faint, celebrate, sing/sang/sung, whistle, protest, stay, stammer, limp, vote, snore, meditate`,
);

export const animalActs = verbs(
  `sleep/slept, bark at the moon, run/ran/run/running, eat/ate/eaten, hide/hid/hidden, escape, rest, jump, drink/drank/drunk, play, wait,
  shiver, growl, vanish, sniff, roam, limp`,
);

/** Acts one can do to oneself. */
export const selfish = verbs(
  `hurt/hurt, blame, admire, introduce, describe, defend, cut/cut/cut/cutting, trust, praise, teach/taught, convince, burn, prepare, wash,
  encourage, protect, photograph, criticise, forgive/forgave/forgiven, remind, calm, injure, insult, punish, weigh, embarrass, congratulate`,
);
export const selfishAbout = verbs(
  `talk about, think/thought about, laugh at, look at, worry about, complain about, write/wrote/written about, rely on, joke about, sing/sang/sung about,
  vote for, argue with, dream about, boast about`,
);
export const mutual = verbs(
  `hug, praise, blame, trust, avoid, insult, greet, tease, admire, help, envy, thank, visit, ignore, meet/met, shake/shook/shaken hands with,
  wave at, smile at, argue with, write/wrote/written to, wait for, look at, support, comfort`,
);

/** Verbs of giving, by hand or in words: in both frames, or only with "to". */
export const giving = {
  hands: {
    both: verbs(
      "give/gave/given, send/sent, show/showed/shown, lend/lent, offer, hand, sell/sold, mail, loan, award, pass",
    ),
    onlyTo: verbs(
      "donate, return, surrender, entrust, transfer, contribute, submit/submitted/submitted/submitting, describe, dedicate, reveal, relinquish",
    ),
  },
  words: {
    both: verbs("tell/told, teach/taught, show/showed/shown, send/sent, read/read, offer, promise"),
    onlyTo: verbs(
      "explain, describe, reveal, mention, announce, confess, disclose, repeat, demonstrate, suggest, report, communicate",
    ),
  },
};

/** Verbs of moving stuff: "pour the stuff into the place" against "fill the place with the stuff". */
export const moving = {
  stuff: verbs("pour, spill, drip, tip, drop, dump, throw/threw/thrown, drizzle, ladle, trickle, slop"),
  place: verbs("fill, cover, soak, flood, coat, drench, line, clog, contaminate, surround, smother"),
};

/** Changes: things that break by themselves or are broken; those that only happen; those that somebody must do. */
export const change = {
  both: verbs("break/broke/broken, crack, move, burn, shatter, roll, sink/sank/sunk, tip over, explode, spin/spun"),
  alone: verbs(
    "vanish, disappear, arrive, appear, emerge, exist, rust away, fall/fell/fallen, come/came/come back, remain, deteriorate",
  ),
  caused: verbs(
    "destroy, damage, repair, buy/bought, hide/hid/hidden, polish, examine, steal/stole/stolen, lift, fetch, carry, design, replace, bring/brought",
  ),
};

/** What a verb or adjective asks of the verb after it. */
export const asks = {
  gerund: verbs(
    `enjoy, finish, avoid, keep/kept, deny, give/gave/given up, postpone, imagine, dislike, suggest, quit/quit/quit/quitting, risk,
    miss, resent, admit/admitted/admitted/admitting, consider, put/put/put/putting off`,
  ),
  infinitive: verbs(
    `want, decide, hope, plan, refuse, agree, promise, offer, expect, pretend, wish, hesitate, threaten, long, seek/sought`,
  ),
  that: verbs(
    "think/thought, believe, claim, hope, insist, complain, pretend, suppose, swear/swore/sworn, assume, conclude",
  ),
  whether: verbs("wonder, inquire, investigate, debate"),
  objectInfinitive: verbs(
    "force, persuade, order, allow, encourage, tell/told, advise, convince, warn, invite, urge, permit/permitted/permitted/permitting, remind",
  ),
  subjectInfinitive: verbs(
    "try, hope, decide, agree, plan, manage, refuse, attempt, pretend, learn, fail, aim, struggle, hesitate",
  ),
};

/** "verb, its preposition, a wrong one"; the adjectives stand after "be". */
const triples = (text: string) =>
  text.trim().split(/\s*,\s*/).map((entry) => {
    const [head, right, wrong] = entry.split(" ");
    return { head, right, wrong };
  });
export const governing = {
  verbs: triples(
    `depend on of, rely on of, insist on to, concentrate on of, approve of on, dispose of with, dream of to, listen to of, object to of,
    suffer from on, recover from of, differ from of, benefit from to, believe in to, succeed in with, specialise in to, participate in on,
    sympathise with of, disagree with on, cope with for, collide with of, long for with, stare at of, glance at from, cater for in, allude to for,
    rejoice in at, yearn for from, consist of in, react to in, refer to at, focus on at, comment on for, care for of`,
  )
    .map(({ head, right, wrong }) => ({
      verb: verb(head === "refer" ? "refer/referred/referred/referring" : head),
      right,
      wrong,
    })),
  adjectives: triples(
    `afraid of on, fond of to, proud of with, aware of in, jealous of at,  interested in at,
    keen on of, famous for of, responsible for at, ready for of, similar to from, married to with,
    loyal to for, polite to in, angry with of, happy with to, satisfied with from, familiar with for, different from with,  safe from at,
    ashamed of on, dependent on from, allergic to of, eager for on`,
  ),
};
