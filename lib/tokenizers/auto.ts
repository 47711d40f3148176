// AutoTokenizer: finds a tokenizer's files in a folder, on the hub or among those shipped with the kit.
import { type Folder, openFolder } from "../hub/mod.ts";
import { Fields } from "./fields.ts";
import { PreTrainedTokenizer } from "./tokenizer.ts";

export const AutoTokenizer = {
  /**
   * Loads the tokenizer of a folder, of a hub name such as `bert-base-uncased`, or of an `attend/…` name.
   * @throws Error when there is no tokenizer, or a file of it is damaged.
   */
  async fromPretrained(reference: string): Promise<PreTrainedTokenizer> {
    const folder = await openFolder("model", reference);
    const tokenizerJson = await readText(folder, "tokenizer.json");
    if (tokenizerJson === undefined) {
      throw new Error(`AutoTokenizer: "${folder.name}" has no tokenizer.json; choose a model that comes with one.`);
    }
    return new PreTrainedTokenizer({ tokenizerJson, config: await readConfig(folder) });
  },
};

/** tokenizer_config.json, completed by what older folders keep in special_tokens_map.json. */
async function readConfig(folder: Folder): Promise<Record<string, unknown>> {
  const [config, special] = await Promise.all(["tokenizer_config.json", "special_tokens_map.json"].map(async (name) => {
    const text = await readText(folder, name);
    return text === undefined ? {} : Fields.parse(text, name).raw;
  }));
  return { ...special, ...config };
}

async function readText(folder: Folder, path: string): Promise<string | undefined> {
  const bytes = await folder.read(path);
  return bytes && new TextDecoder().decode(bytes);
}
