// A predicate with its auxiliary, stated and denied, and the auxiliary alone as tags and elliptical clauses repeat it.
import { be, type Count, does, have, type Speaker } from "./speaker.ts";
import { moods } from "./nouns.ts";

export const auxiliaries = ["be", "was", "have", "can", "will", "should", "does", "did"] as const;
export type AuxiliaryKind = (typeof auxiliaries)[number];

export interface Auxiliary {
  kind: AuxiliaryKind;
  /** "has opened the letter" */
  stated: (count: Count) => string;
  /** "hasn't opened the letter" */
  denied: (count: Count) => string;
  /** "has" */
  plain: (count: Count) => string;
  /** "hasn't" */
  not: (count: Count) => string;
}

const alone: Record<AuxiliaryKind, (count: Count) => string> = {
  be: (count) => be(count),
  was: (count) => be(count, true),
  have,
  can: () => "can",
  will: () => "will",
  should: () => "should",
  does,
  did: () => "did",
};
const contracted = (word: string) => word === "can" ? "can't" : word === "will" ? "won't" : `${word}n't`;

export function auxiliary(s: Speaker, kind: AuxiliaryKind = s.pick(auxiliaries)): Auxiliary {
  const plain = alone[kind], not = (count: Count) => contracted(plain(count));
  const rest = predicate(s, kind);
  const stated = (count: Count) =>
    kind === "does"
      ? rest[count === "one" ? "s" : "base"]
      : kind === "did"
      ? rest.past
      : `${plain(count)} ${rest.base}`;
  return { kind, stated, denied: (count) => `${not(count)} ${rest.base}`, plain, not };
}

/** What follows the auxiliary (base), and for do-support the forms that stand without it. */
function predicate(s: Speaker, kind: AuxiliaryKind): { base: string; s: string; past: string } {
  if (kind === "be" || kind === "was") {
    const mood = s.word(moods);
    return { base: mood, s: mood, past: mood };
  }
  if (kind === "have") {
    const done = s.doing("participle");
    return { base: done, s: done, past: done };
  }
  const verb = s.transitive(), object = s.object(verb).text;
  return { base: `${verb.base} ${object}`, s: `${verb.s} ${object}`, past: `${verb.past} ${object}` };
}
