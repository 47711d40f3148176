// How well a masked LM finds hidden words of texts that it has not learned from. The masks are the same at each measurement.

import { noGrad } from "../../lib/autograd/mod.ts";
import { DataCollatorForLanguageModeling } from "../../lib/data/mod.ts";
import type { MaskedLMModel } from "../../lib/models/mod.ts";
import { functional, selectRows } from "../../lib/nn/mod.ts";
import { scope, tensor } from "../../lib/tensor/mod.ts";
import type { PreTrainedTokenizer } from "../../lib/tokenizers/mod.ts";
import { MAX_LENGTH } from "./encoded.ts";
import { countedRows } from "./student.ts";

export interface HeldOut {
  readonly texts: readonly string[];
  readonly tokenizer: PreTrainedTokenizer;
}

const TEXTS_AT_ONCE = 64;
const SEED = 17;

/** The share of hidden tokens that the model finds, and its mean loss on them. */
export async function maskedScores(
  model: MaskedLMModel,
  { texts, tokenizer }: HeldOut,
): Promise<{ maskedAccuracy: number; maskedLoss: number }> {
  const collate = new DataCollatorForLanguageModeling(tokenizer, { seed: SEED });
  const wasTraining = model.training;
  let found = 0, hidden = 0, loss = 0;
  model.eval();
  for (let at = 0; at < texts.length; at += TEXTS_AT_ONCE) {
    const { input_ids } = tokenizer(texts.slice(at, at + TEXTS_AT_ONCE), { truncation: true, maxLength: MAX_LENGTH });
    await scope(async () => {
      const batch = collate(input_ids.map((ids) => ({ input_ids: ids, attention_mask: ids.map(() => 1) })));
      const { guesses, values, mean } = noGrad(() => {
        const { hidden, packing } = model.baseModel.encode(batch, {});
        const { rows, values } = countedRows(batch, "labels", packing.places);
        const logits = model.logitsOf(selectRows(hidden, tensor(rows)));
        return { guesses: logits.argmax(-1), values, mean: functional.crossEntropy(logits, tensor(values)) };
      });
      const right = await guesses.data();
      found += values.filter((value, i) => value === right[i]).length;
      hidden += values.length;
      loss += await mean.item() * values.length;
    });
  }
  model.train(wasTraining);
  return { maskedAccuracy: found / hidden, maskedLoss: loss / hidden };
}
