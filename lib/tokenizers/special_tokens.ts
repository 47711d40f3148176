// The special tokens by their role (pad, mask, …), as tokenizer_config.json and special_tokens_map.json name them.
import { type Fields, isObject } from "./fields.ts";
import type { AddedToken } from "./pipeline/added_tokens.ts";

const ROLES = [
  ["bosToken", "bos_token"],
  ["eosToken", "eos_token"],
  ["unkToken", "unk_token"],
  ["sepToken", "sep_token"],
  ["padToken", "pad_token"],
  ["clsToken", "cls_token"],
  ["maskToken", "mask_token"],
] as const;

export type SpecialTokenRole = (typeof ROLES)[number][0];

/** The special tokens a tokenizer has; a role it does not have is missing. */
export type SpecialTokensMap = Partial<Record<SpecialTokenRole, string>> & { additionalSpecialTokens: string[] };

/** Reads the roles from tokenizer_config.json (`tokens` may be text or `{ content }`). */
export function readSpecialTokens(config: Fields): SpecialTokensMap {
  const map: SpecialTokensMap = { additionalSpecialTokens: [] };
  for (const [role, entry] of ROLES) {
    const token = contentOf(config.raw[entry]);
    if (token !== undefined) map[role] = token;
  }
  for (const entry of config.list("additional_special_tokens", [])) {
    const token = contentOf(entry);
    if (token !== undefined) map.additionalSpecialTokens.push(token);
  }
  return map;
}

/** Every special token once, in Transformers' order. */
export function listSpecialTokens({ additionalSpecialTokens, ...roles }: SpecialTokensMap): string[] {
  return [...new Set([...Object.values(roles), ...additionalSpecialTokens])];
}

/** What special_tokens_map.json holds: tokens as text, or with their flags where those are not the usual ones. */
export function toSpecialTokensFile(config: Fields, added: readonly AddedToken[]): Record<string, unknown> {
  const flagsOf = new Map(added.map((token) => [token.content, token]));
  const write = (entry: unknown): unknown => {
    const content = contentOf(entry), token = content === undefined ? undefined : flagsOf.get(content);
    const isPlain = !token || !(token.isNormalized || token.stripsLeft || token.stripsRight || token.isSingleWord);
    return isPlain ? content ?? entry : {
      content,
      lstrip: token.stripsLeft,
      normalized: token.isNormalized,
      rstrip: token.stripsRight,
      single_word: token.isSingleWord,
    };
  };
  const names = ["additional_special_tokens", ...ROLES.map(([, entry]) => entry)].filter((name) => config.has(name))
    .sort();
  return Object.fromEntries(names.map((name) => {
    const value = config.raw[name];
    return [name, Array.isArray(value) ? value.map(write) : write(value)];
  }));
}

function contentOf(token: unknown): string | undefined {
  if (typeof token === "string") return token;
  return isObject(token) && typeof token["content"] === "string" ? token["content"] : undefined;
}
