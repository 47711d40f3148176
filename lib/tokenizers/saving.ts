// A tokenizer's files, written so that Python's from_pretrained opens them.
import { join } from "node:path";
import { Fields } from "./fields.ts";
import { readAddedToken } from "./pipeline/added_tokens.ts";
import { toSpecialTokensFile } from "./special_tokens.ts";
import type { TokenizerFiles } from "./tokenizer_files.ts";

/** Writes all files of a tokenizer into a folder, which is made if it is not there. */
export async function writeTokenizerFiles(folder: string, { tokenizerJson, config }: TokenizerFiles): Promise<void> {
  const json = Fields.parse(tokenizerJson, "tokenizer.json"), model = json.section("model");
  const added = json.has("added_tokens") ? json.objects("added_tokens").map(readAddedToken) : [];
  const special = toSpecialTokensFile(new Fields(config, "tokenizer_config.json"), added);
  await Deno.mkdir(folder, { recursive: true });
  await write(folder, "tokenizer.json", tokenizerJson);
  await write(folder, "tokenizer_config.json", pretty(config));
  await write(folder, "special_tokens_map.json", pretty(special));
  if (model.raw["type"] === "WordPiece") await write(folder, "vocab.txt", toVocabTxt(model.section("vocab")));
  if (model.raw["type"] === "BPE") {
    await write(folder, "vocab.json", JSON.stringify(model.raw["vocab"]));
    await write(folder, "merges.txt", toMergesTxt(model.list("merges")));
  }
}

/** One token a line, in the order of their ids. */
function toVocabTxt(vocab: Fields): string {
  const tokens = Object.entries(vocab.raw).sort(([, a], [, b]) => Number(a) - Number(b));
  return tokens.map(([token]) => `${token}\n`).join("");
}

/** One merge a line, below the line that names the format. */
function toMergesTxt(merges: readonly unknown[]): string {
  const lines = merges.map((merge) => Array.isArray(merge) ? merge.join(" ") : String(merge));
  return ["#version: 0.2", ...lines, ""].join("\n");
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
