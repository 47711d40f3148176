// AutoTokenizer: finds a tokenizer's files in a folder, on the hub or among those shipped with the kit.
import { openFolder } from "../hub/mod.ts";
import { entriesOfClass, entriesOfModel } from "./families.ts";
import { Fields } from "./fields.ts";
import { type LoadOptions, toConfigEntries } from "./load_options.ts";
import { filesFromVocabulary, type ReadText } from "./old_folders.ts";
import { PreTrainedTokenizer } from "./tokenizer.ts";
import type { ConfigEntries } from "./tokenizer_files.ts";

export const AutoTokenizer = {
  /**
   * Loads the tokenizer of a folder, of a hub name such as `bert-base-uncased`, or of an `attend/…` name. Folders without
   * tokenizer.json may have a `vocab.txt` (BERT's kind) or a `vocab.json` with `merges.txt` (RoBERTa's kind).
   * @throws Error when there is no tokenizer, or a file of it is damaged.
   */
  async fromPretrained(reference: string, options: LoadOptions = {}): Promise<PreTrainedTokenizer> {
    const folder = await openFolder("model", reference, options);
    const read: ReadText = async (path) => {
      const bytes = await folder.read(path);
      return bytes && new TextDecoder().decode(bytes);
    };
    const [tokenizerJson, found] = await Promise.all([read("tokenizer.json"), readConfig(read)]);
    const config = { ...await familyEntries(read, found), ...found, ...toConfigEntries(options) };
    return new PreTrainedTokenizer(
      tokenizerJson === undefined ? await filesFromVocabulary(folder.name, read, config) : { tokenizerJson, config },
    );
  },
};

/** What the tokenizer's class, or else the model's type, adds to the configuration. */
async function familyEntries(read: ReadText, config: ConfigEntries): Promise<ConfigEntries> {
  const tokenizerClass = config["tokenizer_class"];
  if (typeof tokenizerClass === "string") return entriesOfClass(tokenizerClass);
  const model = await read("config.json");
  return model === undefined ? {} : entriesOfModel(Fields.parse(model, "config.json").string("model_type", ""));
}

/** tokenizer_config.json, completed by what older folders keep in special_tokens_map.json. */
async function readConfig(read: ReadText): Promise<ConfigEntries> {
  const [special, config] = await Promise.all(["special_tokens_map.json", "tokenizer_config.json"].map(async (name) => {
    const text = await read(name);
    return text === undefined ? {} : Fields.parse(text, name).raw;
  }));
  return { ...special, ...config };
}
