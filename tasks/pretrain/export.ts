// A checkpoint as the kit ships it: a folder that Python's Transformers opens too, with weights in 16 bits.

import { join } from "node:path";
import { writeFile } from "../../lib/hub/write.ts";
import type { ModelConfig, PreTrainedModel } from "../../lib/models/mod.ts";
import type { PreTrainedTokenizer } from "../../lib/tokenizers/mod.ts";

/** Writes model and tokenizer; `config` stands in config.json in place of the one that the model was pretrained with. */
export async function exportFolder(
  folder: string,
  { model, tokenizer, config = model.config }: {
    model: PreTrainedModel;
    tokenizer: PreTrainedTokenizer;
    config?: ModelConfig;
  },
): Promise<void> {
  await model.savePretrained(folder, { dtype: "float16" });
  await tokenizer.savePretrained(folder);
  const path = join(folder, "config.json");
  const written: ModelConfig = JSON.parse(await Deno.readTextFile(path));
  await writeFile(path, JSON.stringify({ ...written, ...config }, null, 2) + "\n");
}
