// The reference cases of Python's tokenizers: those of tests/fixtures, and all of ../shared/golden where it is.
import { fileURLToPath } from "node:url";
import { AutoTokenizer, type PreTrainedTokenizer } from "../../lib/tokenizers/mod.ts";
import { sharedPath } from "../shared.ts";

/** The reference files of one place: ours, or ../shared with the tokenizers that must not be copied. */
export interface Golden {
  tokenizer(name: string): Promise<PreTrainedTokenizer>;
  // deno-lint-ignore no-explicit-any -- reference JSON, whose shape the tests know
  json(name: string): any;
}

export const ours = goldenAt(fileURLToPath(new URL("../fixtures/tokenizers/", import.meta.url)));
export const shared = goldenAt(sharedPath("golden/tokenizers/"));

/** Each tokenizer with the place where it is. */
export const PLACES: readonly { name: string; golden: Golden }[] = [
  ...["bert-uncased", "bert-cased", "roberta", "unigram-nfkc"].map((name) => ({ name, golden: ours })),
  ...["albert", "xlm-roberta"].map((name) => ({ name, golden: shared })),
];

/** Offsets in code points, as Python counts, to UTF-16 units. */
export function toUnits(text: string, offsets: readonly [number, number][]): [number, number][] {
  const places = [0];
  for (const character of text) places.push((places.at(-1) ?? 0) + character.length);
  return offsets.map(([start, end]) => [places[start], places[end]]);
}

function goldenAt(folder: string): Golden {
  return {
    tokenizer: (name) => AutoTokenizer.fromPretrained(`${folder}${name}`),
    json: (name) => JSON.parse(Deno.readTextFileSync(`${folder}${name}`)),
  };
}
