// The set "acceptability", from the templates and the hand-written pairs: draws sentences until every split is full, keeps
// minimal pairs together and near-duplicates apart.
import { type Random, seeded, shuffled } from "../random.ts";
import { Neighbours, wordsOf } from "../text/neighbours.ts";
import { written } from "../text/spelling.ts";
import type { Pair, Phenomenon } from "./phenomenon.ts";
import { agreement } from "./phenomena/agreement.ts";
import { argumentsOf } from "./phenomena/arguments.ts";
import { binding } from "./phenomena/binding.ts";
import { clauses } from "./phenomena/clauses.ts";
import { logic } from "./phenomena/logic.ts";
import { order } from "./phenomena/order.ts";
import { questions } from "./phenomena/questions.ts";
import { Speaker, type Split } from "./speaker.ts";

export interface Row {
  sentence: string;
  label: number;
  idx: number;
  phenomenon: string;
}
export type HandWritten = Pair & { phenomenon: string };
/** Sentences that stay together: a minimal pair, the good one first, or one good sentence. */
type Unit = HandWritten | { phenomenon: string; good: string; bad?: undefined };

export const phenomena: readonly Phenomenon[] = [
  ...agreement,
  ...binding,
  ...questions,
  ...argumentsOf,
  ...clauses,
  ...logic,
  ...order,
];
export const sizes: Record<Split, number> = { train: 6000, validation: 700, test: 700 };
const splits = ["train", "validation", "test"] as const;
const badShare = 0.3;
const seed = 20;

/** Which split a hand-written pair goes to: most to training, a tenth each to the others. */
const handSplit = (i: number): Split => i % 10 === 3 ? "validation" : i % 10 === 8 ? "test" : "train";

/** Of `total` sentences, how many units of each phenomenon: pairs until 30 % are bad, single good sentences for the rest. */
function quota(total: number): { name: string; pairs: number; singles: number }[] {
  const badTotal = Math.round(total * badShare);
  const cut = (n: number) =>
    phenomena.map((_, i) => Math.floor(n / phenomena.length) + Number(i < n % phenomena.length));
  const pairs = cut(badTotal), singles = cut(total - 2 * badTotal).reverse();
  return phenomena.map(({ name }, i) => ({ name, pairs: pairs[i], singles: singles[i] }));
}

function say(phenomenon: Phenomenon, s: Speaker): Pair {
  const own = s.split === "train" ? [] : phenomenon[s.split];
  const template = own.length > 0 && s.chance(0.15) ? s.pick(own) : s.pick(phenomenon.everywhere);
  const { good, bad } = template(s);
  return { good: written(good), bad: written(bad) };
}

/** A length a reader can take in, and no word said twice in a row. */
function isReadable(sentence: string): boolean {
  const words = wordsOf(sentence);
  return words.length >= 3 && words.length <= 20 && words.every((word, i) => word !== words[i - 1]);
}

function fill(
  { split, handWritten, others, seen, random }: {
    split: Split;
    handWritten: HandWritten[];
    others: Neighbours;
    seen: Set<string>;
    random: Random;
  },
): Unit[] {
  const s = new Speaker(split, random), units: Unit[] = [...handWritten];
  for (const { name, pairs, singles } of quota(sizes[split])) {
    const phenomenon = phenomena.find((p) => p.name === name)!;
    let missingPairs = pairs - handWritten.filter((unit) => unit.phenomenon === name).length, missing = singles;
    while (missingPairs > 0 || missing > 0) {
      const pair = say(phenomenon, s);
      if (
        ![pair.good, pair.bad].every((x) => isReadable(x) && !seen.has(x) && !others.has(x)) || pair.good === pair.bad
      ) continue;
      seen.add(pair.good);
      if (missingPairs > 0) {
        seen.add(pair.bad);
        units.push({ phenomenon: name, ...pair });
        missingPairs--;
      } else {
        units.push({ phenomenon: name, good: pair.good });
        missing--;
      }
    }
  }
  return shuffled(units, random);
}

function rows(units: readonly Unit[]): Row[] {
  return units.flatMap(({ phenomenon, good, bad }) => [
    { sentence: good, label: 1, phenomenon },
    ...(bad === undefined ? [] : [{ sentence: bad, label: 0, phenomenon }]),
  ]).map(({ sentence, label, phenomenon }, idx) => ({ sentence, label, idx, phenomenon }));
}

/** All three splits, every phenomenon about as often. In each, a bad sentence stands directly after its good one. */
export function acceptability(handWritten: readonly HandWritten[]): Record<Split, Row[]> {
  const random = seeded(seed), neighbours = new Neighbours(), seen = new Set<string>();
  const result = {} as Record<Split, Row[]>;
  for (const split of splits) {
    const byHand = handWritten.filter((_, i) => handSplit(i) === split);
    for (const { good, bad } of byHand) [good, bad].forEach((x) => seen.add(x));
    result[split] = rows(fill({ split, handWritten: byHand, others: neighbours, seen, random }));
    for (const { sentence } of result[split]) neighbours.add(sentence);
  }
  return result;
}

const moreSeed = 21;

/**
 * Acceptable sentences in training's words and templates, as many of each phenomenon, for pretraining: none stands among `others`, shares
 * more than 75 % of its words with one of them, or comes twice. The same call gives the same ones.
 */
export function moreAcceptable(count: number, others: Iterable<string>): string[] {
  const s = new Speaker("train", seeded(moreSeed)), neighbours = new Neighbours(), said = new Set<string>();
  for (const sentence of others) neighbours.add(sentence);
  for (let i = 0; said.size < count; i++) {
    const { good } = say(phenomena[i % phenomena.length], s);
    if (isReadable(good) && !said.has(good) && !neighbours.has(good)) said.add(good);
  }
  return [...said];
}
