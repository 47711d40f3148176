// A checkpoint as the kit ships it: a folder that Python's Transformers opens too, with weights in 16 bits.

import type { PreTrainedModel } from "../../lib/models/mod.ts";
import type { PreTrainedTokenizer } from "../../lib/tokenizers/mod.ts";

/** Writes model and tokenizer into one folder. */
export async function exportFolder(
  folder: string,
  { model, tokenizer }: { model: PreTrainedModel; tokenizer: PreTrainedTokenizer },
): Promise<void> {
  await model.savePretrained(folder, { dtype: "float16" });
  await tokenizer.savePretrained(folder);
}
