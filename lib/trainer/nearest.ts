// The known name that a mistyped one was probably meant to be.

/** The candidate with the fewest edits from `name`, case and underscores aside. Throws where there are no candidates. */
export function nearestName(name: string, candidates: readonly string[]): string {
  const plain = (text: string) => text.replaceAll("_", "").toLowerCase();
  const distances = candidates.map((candidate) => editDistance(plain(name), plain(candidate)));
  if (distances.length === 0) throw new RangeError("nearestName: no candidates were given.");
  return candidates[distances.indexOf(Math.min(...distances))];
}

/** Insertions, deletions and substitutions that turn one text into the other (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(a[i - 1] !== b[j - 1]));
    }
    row = next;
  }
  return row[b.length];
}
