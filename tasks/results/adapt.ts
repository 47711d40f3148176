// Domain adaptation as a measurement needs it: more masked language modelling on a set's texts without labels.

import {
  AutoModelForMaskedLM,
  AutoTokenizer,
  DataCollatorForLanguageModeling,
  loadDataset,
  type Row,
  setSeed,
  Trainer,
  TrainingArguments,
} from "lib";
import type { FineTuning, Recipe } from "./plan.ts";

/** Trains on the split `unsupervised` of the set and gives the folder of the adapted checkpoint. */
export async function adapt({ dataset, text, checkpoint, seed }: FineTuning, recipe: Recipe): Promise<string> {
  const tokenizer = await AutoTokenizer.fromPretrained(checkpoint);
  const texts = (await loadDataset(...dataset)).get("unsupervised");
  const tokenize = (rows: Row) => tokenizer(rows[text], { truncation: true });
  setSeed(seed);
  const outputDir = `out/results/adapted-${seed}`;
  const trainer = new Trainer({
    model: await AutoModelForMaskedLM.fromPretrained(checkpoint),
    args: new TrainingArguments({ ...recipe, outputDir, saveStrategy: "no", seed }),
    trainDataset: await texts.map(tokenize, { batched: true, removeColumns: texts.columnNames }),
    dataCollator: new DataCollatorForLanguageModeling(tokenizer),
    processingClass: tokenizer,
  });
  await trainer.train();
  await trainer.saveModel(outputDir);
  return outputDir;
}
