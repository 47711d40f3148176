// What stands in files beside the generators: grammars and pairs written by hand.

/** Two texts that differ in what decides: [label 0, label 1]. */
export type HandWrittenPair = readonly [negative: string, positive: string];

export const readText = (url: URL): string => Deno.readTextFileSync(url);

/** Lines `negative | positive`; blank ones and those that begin with # say nothing. */
export function handWrittenPairs(url: URL): HandWrittenPair[] {
  return readText(url).split("\n").filter((line) => line.trim() && !line.startsWith("#")).map((line) => {
    const [negative, positive, ...more] = line.split(" | ");
    if (positive !== undefined && more.length === 0) return [negative.trim(), positive.trim()];
    throw new SyntaxError(`${url.pathname}: "${line}" is no pair; write it as "negative | positive".`);
  });
}
