// English word forms: plurals and verbs. Knows no sentence and no phenomenon.

/** "a, b c, d" as a list: the word lists of the grammar are written so, to be read at a glance. */
export const words = (text: string): string[] => text.trim().split(/\s*,\s*/);

export interface Noun {
  one: string;
  many: string;
}

export interface Verb {
  base: string;
  s: string;
  past: string;
  participle: string;
  ing: string;
}

export type Form = keyof Verb;

/** "box" -> one box, many boxes; "child/children" names its own plural. */
export function noun(entry: string): Noun {
  const [one, many] = entry.split("/");
  return { one, many: many ?? plural(one) };
}

function plural(word: string): string {
  if (/(s|x|z|ch|sh)$/.test(word)) return word + "es";
  if (/[^aeiou]y$/.test(word)) return word.slice(0, -1) + "ies";
  if (/[^aeou]fe$/.test(word)) return word.slice(0, -2) + "ves";
  return word + "s";
}

/** "walk", "write/wrote/written", "submit/submitted/submitted/submitting"; words after the first stay as they are ("look at"). */
export function verb(entry: string): Verb {
  const [head, ...rest] = entry.split(" ");
  const [base, past = regularPast(base), participle = past, ing = regularIng(base)] = head.split("/");
  const tail = (word: string) => [word, ...rest].join(" ");
  return {
    base: tail(base),
    s: tail(thirdPerson(base)),
    past: tail(past),
    participle: tail(participle),
    ing: tail(ing),
  };
}

const doubles = (word: string) => /^[^aeiou]*[aeiou][bdglmnprt]$/.test(word);

function regularPast(base: string): string {
  if (base.endsWith("e")) return base + "d";
  if (/[^aeiou]y$/.test(base)) return base.slice(0, -1) + "ied";
  return (doubles(base) ? base + base.at(-1) : base) + "ed";
}

function regularIng(base: string): string {
  if (base.endsWith("ie")) return base.slice(0, -2) + "ying";
  if (/[^eoy]e$/.test(base)) return base.slice(0, -1) + "ing";
  return (doubles(base) ? base + base.at(-1) : base) + "ing";
}

function thirdPerson(base: string): string {
  if (/(s|x|z|ch|sh|o)$/.test(base)) return base + "es";
  if (/[^aeiou]y$/.test(base)) return base.slice(0, -1) + "ies";
  return base + "s";
}
