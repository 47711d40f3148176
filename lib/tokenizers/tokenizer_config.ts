// Reading tokenizer_config.json, with the defaults of Transformers' tokenizer classes.
import { type Fields, show } from "./fields.ts";
import type { Side } from "./truncation.ts";

// Transformers' VERY_LARGE_INTEGER: no limit is known.
const UNLIMITED = 1e30;

/** Families whose models know no token types. */
const WITHOUT_TOKEN_TYPES = /^(DistilBert|Roberta|XLMRoberta|Bart|GPT2|Camembert)Tokenizer/;

export function readMaxLength(config: Fields): number {
  const length = config.raw["model_max_length"] ?? UNLIMITED;
  if (typeof length === "number" && length > 0) return length;
  throw new Error(`${config.where}.model_max_length is ${show(length)}; expected a number above 0.`);
}

export function readSide(config: Fields, name: "padding_side" | "truncation_side"): Side {
  const side = config.string(name, "right");
  if (side === "right" || side === "left") return side;
  throw new Error(`${config.where}.${name} is ${show(side)}; expected "right" or "left".`);
}

/** The columns a model takes: those the file lists, else those of the tokenizer's class. */
export function readInputNames(config: Fields): string[] {
  if (config.has("model_input_names")) return config.list("model_input_names").map(String);
  const hasTypes = !WITHOUT_TOKEN_TYPES.test(config.string("tokenizer_class", ""));
  return hasTypes ? ["input_ids", "token_type_ids", "attention_mask"] : ["input_ids", "attention_mask"];
}
