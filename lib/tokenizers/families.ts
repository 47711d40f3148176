// What Transformers' tokenizer classes know by themselves: the special tokens of a family. Many folders of the hub rely on it
// and name none (bert-base-uncased's tokenizer_config.json holds do_lower_case and model_max_length only).
import type { ConfigEntries } from "./tokenizer_files.ts";

const BERT = {
  unk_token: "[UNK]",
  sep_token: "[SEP]",
  pad_token: "[PAD]",
  cls_token: "[CLS]",
  mask_token: "[MASK]",
};

const ROBERTA = {
  bos_token: "<s>",
  eos_token: "</s>",
  unk_token: "<unk>",
  sep_token: "</s>",
  pad_token: "<pad>",
  cls_token: "<s>",
  mask_token: "<mask>",
};

const ALBERT = { ...BERT, bos_token: "[CLS]", eos_token: "[SEP]", unk_token: "<unk>", pad_token: "<pad>" };

/** By the `model_type` of config.json. */
const FAMILIES: Readonly<Record<string, ConfigEntries>> = {
  "bert": { tokenizer_class: "BertTokenizer", ...BERT },
  "distilbert": { tokenizer_class: "DistilBertTokenizer", ...BERT },
  "electra": { tokenizer_class: "ElectraTokenizer", ...BERT },
  "roberta": { tokenizer_class: "RobertaTokenizer", ...ROBERTA },
  "xlm-roberta": { tokenizer_class: "XLMRobertaTokenizer", ...ROBERTA },
  "albert": { tokenizer_class: "AlbertTokenizer", ...ALBERT },
};

/** The entries of tokenizer_config.json that go without saying for a tokenizer class, with or without `Fast`. */
export function entriesOfClass(tokenizerClass: string): ConfigEntries {
  const name = tokenizerClass.replace(/Fast$/, "");
  const { tokenizer_class: _, ...tokens } =
    Object.values(FAMILIES).find((family) => family["tokenizer_class"] === name) ?? {};
  return tokens;
}

/** The entries that go without saying for a model. */
export function entriesOfModel(modelType: string): ConfigEntries {
  return Object.hasOwn(FAMILIES, modelType) ? FAMILIES[modelType] : {};
}
