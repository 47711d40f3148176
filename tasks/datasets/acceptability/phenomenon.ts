// What a phenomenon is: a name, and templates that each say a minimal pair.
import type { Speaker, Split } from "./speaker.ts";

/** An acceptable sentence and the same sentence broken in one place. Without capitals and full stop. */
export interface Pair {
  good: string;
  bad: string;
}

export type Template = (s: Speaker) => Pair;

export interface Phenomenon {
  name: string;
  /** Said in every split. A template may stand here twice to be said twice as often. */
  everywhere: Template[];
  /** Said in that split only, so that validation and test hold constructions which training never shows. */
  validation: Template[];
  test: Template[];
}

const before = [
  "I think that",
  "we all know that",
  "it is clear that",
  "the newspaper reported that",
  "when the rain stopped ,",
  "although it was late ,",
  "in the end ,",
  "everybody knows that",
  "it is no secret that",
  "as far as I know ,",
  "according to the mayor ,",
  "to be honest ,",
  "I am sure that",
  "you can see that",
  "for some reason ,",
  "it is a pity that",
  "as you may have heard ,",
  "by now",
];
const after = [
  ", but nobody noticed",
  ", as everybody knows",
  ", if I remember correctly",
  ", and that was that",
  ", which surprised us",
  ", or so they say",
  "and I do not know why",
  ", and nobody minded",
  "in those days",
  ", believe it or not",
];
const frames: Record<Split, { before: string[]; after: string[] }> = {
  train: { before, after },
  validation: {
    before: [...before, "rumour has it that", "to my surprise ,", "there is no doubt that", "as luck would have it ,"],
    after: [...after, ", as it turned out", ", much to our delight"],
  },
  test: {
    before: [...before, "strangely enough ,", "the truth is that", "nobody denies that", "on closer inspection ,"],
    after: [...after, ", sad to say", ", for what it is worth"],
  },
};

/** Sets both sentences into the same surroundings, or leaves them as they are. */
export function framed(s: Speaker, good: string, bad: string, p = 0.12): Pair {
  if (!s.chance(p)) return { good, bad };
  const put = s.chance(0.65)
    ? `${s.pick(frames[s.split].before)} {}`
    : s.chance(0.7)
    ? `{} ${s.pick(frames[s.split].after)}`
    : `{} because ${s.clause()}`;
  return { good: put.replace("{}", good), bad: put.replace("{}", bad) };
}
