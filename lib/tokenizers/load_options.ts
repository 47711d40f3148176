// Options of fromPretrained, and how tokenizer_config.json overrules tokenizer.json, as Transformers' tokenizer classes have it.
import type { HubOptions } from "../hub/mod.ts";
import { Fields } from "./fields.ts";
import type { ConfigEntries } from "./tokenizer_files.ts";
import type { Side } from "./truncation.ts";

/** What `AutoTokenizer.fromPretrained` may be told; the rest comes from the folder. */
export interface LoadOptions extends HubOptions {
  /** Whether the text is lowercased (BERT's kind). */
  doLowerCase?: boolean;
  /** Whether accents are stripped; with lowercasing unless given (BERT's kind). */
  stripAccents?: boolean;
  /** Whether the first word is treated as if a blank stood before it (byte-level). */
  addPrefixSpace?: boolean;
  modelMaxLength?: number;
  paddingSide?: Side;
  truncationSide?: Side;
}

/** The entries of tokenizer_config.json that options stand for. */
export function toConfigEntries(options: LoadOptions): ConfigEntries {
  const entries = {
    do_lower_case: options.doLowerCase,
    strip_accents: options.stripAccents,
    add_prefix_space: options.addPrefixSpace,
    model_max_length: options.modelMaxLength,
    padding_side: options.paddingSide,
    truncation_side: options.truncationSide,
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

// Which field of which section of tokenizer.json an entry of tokenizer_config.json overrules.
const OVERRULED = [
  { section: "normalizer", types: ["BertNormalizer"], field: "lowercase", entry: "do_lower_case" },
  { section: "normalizer", types: ["BertNormalizer"], field: "strip_accents", entry: "strip_accents" },
  { section: "normalizer", types: ["BertNormalizer"], field: "handle_chinese_chars", entry: "tokenize_chinese_chars" },
  { section: "pre_tokenizer", types: ["ByteLevel"], field: "add_prefix_space", entry: "add_prefix_space" },
  { section: "post_processor", types: ["RobertaProcessing"], field: "add_prefix_space", entry: "add_prefix_space" },
];

/** tokenizer.json with what tokenizer_config.json says differently; the same object where nothing differs. */
export function agreeWithConfig(json: Fields, config: Fields): Fields {
  // The class that takes tokenizer.json as it is.
  if (config.raw["tokenizer_class"] === "PreTrainedTokenizerFast") return json;
  let raw = json.raw;
  for (const { section, types, field, entry } of OVERRULED) {
    const part = new Fields(raw, json.where).optional(section), value = config.raw[entry];
    if (!part || value === undefined || !types.includes(part.type) || part.raw[field] === value) continue;
    raw = { ...raw, [section]: { ...part.raw, [field]: value } };
  }
  return raw === json.raw ? json : new Fields(raw, json.where);
}
