// GPT-2's words (Radford et al. 2019): contractions ('s, 't, …), then letters, digits or other signs with the blank before
// them, then blanks. Their pattern, 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+, overflows
// JavaScript's stack on a word of some megabytes, so it is spelled out.

const LETTER = 1, NUMBER = 2, BLANK = 3, OTHER = 4;

/** The class of each code point met so far; 0 where it has not been met. */
const classes = new Uint8Array(0x110000);

/** Where each word of a text starts; the first starts at 0, and each ends where the next one starts. */
export function wordStarts(text: string): number[] {
  const starts: number[] = [];
  for (let at = 0; at < text.length; at = endOfWord(text, at)) starts.push(at);
  return starts;
}

function endOfWord(text: string, start: number): number {
  const contraction = text[start] === "'" ? contractionAt(text, start) : 0;
  if (contraction > 0) return start + contraction;
  if (classAt(text, start) !== BLANK) return endOfRun(text, start);
  if (text[start] === " " && start + 1 < text.length && classAt(text, start + 1) !== BLANK) {
    return endOfRun(text, start + 1);
  }
  const end = endOfRun(text, start);
  // The last of several blanks is left to the word after them. (Blanks are one unit each.)
  return end < text.length && end - start > 1 ? end - 1 : end;
}

/** The end of the stretch of one class that begins at `start`. */
function endOfRun(text: string, start: number): number {
  const wanted = classAt(text, start);
  let at = start;
  while (at < text.length && classAt(text, at) === wanted) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}

function contractionAt(text: string, start: number): number {
  const two = text.slice(start + 1, start + 3);
  if (two === "re" || two === "ve" || two === "ll") return 3;
  return /^[stmd]/.test(two) ? 2 : 0;
}

function classAt(text: string, at: number): number {
  const code = text.codePointAt(at) ?? 0;
  return classes[code] || (classes[code] = classify(String.fromCodePoint(code)));
}

function classify(character: string): number {
  if (/\p{L}/u.test(character)) return LETTER;
  if (/\p{N}/u.test(character)) return NUMBER;
  return /\p{White_Space}/u.test(character) ? BLANK : OTHER;
}
