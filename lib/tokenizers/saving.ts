// A tokenizer's files, written so that Python's from_pretrained opens them.
import { join } from "node:path";
import { Fields } from "./fields.ts";
import { toSpecialTokensFile } from "./special_tokens.ts";

/** The content of a tokenizer's files. */
export interface TokenizerFiles {
  /** The text of tokenizer.json. */
  readonly tokenizerJson: string;
  /** The content of tokenizer_config.json. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Writes all files of a tokenizer into a folder, which is made if it is not there. */
export async function writeTokenizerFiles(folder: string, { tokenizerJson, config }: TokenizerFiles): Promise<void> {
  const model = Fields.parse(tokenizerJson, "tokenizer.json").section("model");
  await Deno.mkdir(folder, { recursive: true });
  await write(folder, "tokenizer.json", tokenizerJson);
  await write(folder, "tokenizer_config.json", pretty(config));
  await write(
    folder,
    "special_tokens_map.json",
    pretty(toSpecialTokensFile(new Fields(config, "tokenizer_config.json"))),
  );
  if (model.raw["type"] === "WordPiece") await write(folder, "vocab.txt", toVocabTxt(model.section("vocab")));
}

/** One token a line, in the order of their ids. */
function toVocabTxt(vocab: Fields): string {
  const tokens = Object.entries(vocab.raw).sort(([, a], [, b]) => Number(a) - Number(b));
  return tokens.map(([token]) => `${token}\n`).join("");
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Writes beside the place and renames, so that a broken-off save leaves the old file. */
async function write(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, name), draft = `${path}.${crypto.randomUUID()}.part`;
  await Deno.writeTextFile(draft, text);
  await Deno.rename(draft, path);
}
