// Patterns of tokenizer.json are written for Oniguruma; npm:@huggingface/tokenizers rewrites them for JavaScript (what \s and
// \w mean differs, among others).
import { ReplaceNormalizer } from "@huggingface/tokenizers";
import type { Fields } from "../fields.ts";

/** An Oniguruma pattern as a global JavaScript one. @throws SyntaxError when it cannot be read. */
export function compileRegex(regex: string): RegExp {
  return compile({ Regex: regex });
}

/** The pattern of a `{ String }` or `{ Regex }` of tokenizer.json, global. */
export function readPattern(config: Fields): RegExp {
  return compile(config.has("Regex") ? { Regex: config.string("Regex") } : { String: config.string("String") });
}

function compile(pattern: { Regex: string } | { String: string }): RegExp {
  const compiled = new ReplaceNormalizer({ type: "Replace", pattern, content: "" }).pattern;
  if (compiled === null) throw new SyntaxError("The tokenizer package could not read a pattern.");
  return compiled;
}
