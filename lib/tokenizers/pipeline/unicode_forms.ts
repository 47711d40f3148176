// Unicode normal forms (UAX 15) with alignment: String.prototype.normalize gives the text; where offsets are asked for, the
// steps are gone through one by one, to know which character came from which. Follows the crate behind the Rust tokenizers,
// unicode-normalization-alignments.
import type { AlignedText, Change } from "./aligned_text.ts";

export type NormalForm = "NFC" | "NFD" | "NFKC" | "NFKD";

/** The text in a Unicode normal form. */
export function normalizeForm(text: AlignedText, form: NormalForm): AlignedText {
  if (!hasManyMarks(text.text)) {
    const normal = text.text.normalize(form);
    if (normal === text.text) return text;
    if (!text.isTracked) return text.withText(normal);
  }
  const decomposed = decompose(text.text, form === "NFC" || form === "NFD" ? "NFD" : "NFKD");
  return text.rewrite(form === "NFC" || form === "NFKC" ? compose(decomposed) : decomposed);
}

// JavaScript engines sort the marks on one letter in quadratic time. A run of this many takes them a millisecond; ours takes over.
const MANY_MARKS = 2000;

function hasManyMarks(text: string): boolean {
  let run = 0, end = 0;
  for (const { index, 0: mark } of text.length < MANY_MARKS ? [] : text.matchAll(/\p{M}/gu)) {
    run = index === end ? run + 1 : 1;
    end = index + mark.length;
    if (run > MANY_MARKS) return true;
  }
  return false;
}

/** Characters taken apart; what a character gives beyond its first part counts as inserted. Marks are in canonical order. */
function decompose(text: string, form: "NFD" | "NFKD"): Change[] {
  const changes: Change[] = [];
  let firstMark = 0;
  const sortMarks = () => {
    if (changes.length - firstMark < 2) return;
    const marks = changes.splice(firstMark).sort((a, b) => compareClass(a.character, b.character));
    for (const mark of marks) changes.push(mark);
  };
  for (const source of text) {
    let change = 0;
    for (const character of source.normalize(form)) {
      if (isStarter(character)) {
        sortMarks();
        firstMark = changes.length + 1;
      }
      changes.push({ character, change });
      change = 1;
    }
  }
  sortMarks();
  return changes;
}

/** Puts characters together again where Unicode has one for both. */
function compose(decomposed: readonly Change[]): Change[] {
  const composed: Change[] = [], marks: Change[] = [];
  let starter: Change | undefined;
  const flush = () => {
    if (starter) composed.push(starter);
    for (const mark of marks) composed.push(mark);
    marks.length = 0;
  };
  for (const next of decomposed) {
    const starts = isStarter(next.character);
    if (starter === undefined) {
      if (starts) starter = next;
      else composed.push(next);
      continue;
    }
    const last = marks.at(-1);
    const isBlocked = last !== undefined && (starts || compareClass(last.character, next.character) >= 0);
    const character = isBlocked ? undefined : compositeOf(starter.character, next.character);
    if (character !== undefined) {
      starter = { character, change: starter.change + next.change - 1 };
    } else if (starts) {
      flush();
      starter = next;
    } else {
      marks.push(next);
    }
  }
  flush();
  return composed;
}

/** The one character that two make, if there is one. */
function compositeOf(first: string, second: string): string | undefined {
  const both = (first + second).normalize("NFC");
  return both.length === String.fromCodePoint(both.codePointAt(0) ?? 0).length ? both : undefined;
}

// JavaScript does not tell a character's combining class, but its NFD puts marks in the order of their classes: U+0334 has
// the lowest class, U+0345 the highest.
const LOWEST = "\u0334", HIGHEST = "\u0345";
const starters = new Map<string, boolean>();

/** Whether a character has combining class 0, that is, marks gather on it or stop at it. */
function isStarter(character: string): boolean {
  if (!/\p{M}/u.test(character)) return true;
  const known = starters.get(character);
  if (known !== undefined) return known;
  const moves = compareClass(character, LOWEST) !== 0 || compareClass(HIGHEST, character) !== 0;
  starters.set(character, !moves);
  return !moves;
}

/** Below 0 where the first mark's class is lower, 0 where they are equal (or one is a starter), above 0 where it is higher. */
function compareClass(first: string, second: string): number {
  if (first === second) return 0;
  const forward = first + second, backward = second + first;
  if (forward.normalize("NFD") === backward) return 1;
  return backward.normalize("NFD") === forward ? -1 : 0;
}
