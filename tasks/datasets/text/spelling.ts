// English spelling of finished texts: blanks, commas, a or an, capitals, full stops.

const soundsLikeVowel = (word: string) =>
  /^(hour|honest|heir)/i.test(word) || (/^[aeiou]/i.test(word) && !/^(uni|use|eu|one|once|ukulele)/i.test(word));

/** Joins the words of sentences: single blanks, marks to the left, a or an by sound, capitals, a full stop if nothing else ends it. */
export function written(words: string): string {
  const parts = words.replace(/\s+/g, " ").replace(/ ([,;:?.!])/g, "$1").trim().split(" ");
  const spelled = parts.map((word, i) => /^a$/i.test(word) && soundsLikeVowel(parts[i + 1] ?? "") ? `${word}n` : word);
  const text = spelled.join(" ").replace(
    /((?:^|[.?!] |\." )"?)([a-z])/g,
    (_, start, letter) => start + letter.toUpperCase(),
  );
  return text + (/[.?!]"?$/.test(text) ? "" : ".");
}
