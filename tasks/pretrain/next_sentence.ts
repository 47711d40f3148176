// BERT's pretraining as it was first published: masked words, and whether one text follows another (Devlin et al. 2019, section 3.1). An
// option, as one of the course's texts teaches it; attend/tiny is made without.

import { join } from "node:path";
import { DataCollatorForLanguageModeling, nextSentencePairs } from "../../lib/data/mod.ts";
import { AutoModelForPreTraining } from "../../lib/models/mod.ts";
import { setSeed } from "../../lib/tensor/mod.ts";
import { Trainer, TrainingArguments } from "../../lib/trainer/mod.ts";
import type { Workshop } from "./build.ts";
import { MAX_LENGTH } from "./encoded.ts";
import { exportFolder } from "./export.ts";
import { type Recipe, SEED } from "./recipes.ts";

/** Pairs of a step; most are as long as they may be. */
const PAIRS_PER_BATCH = 16;

/** Trains a BERT with both heads on the texts of two sentences or more, from the last checkpoint where there is one. */
export async function buildNextSentence(recipe: Recipe, workshop: Workshop): Promise<void> {
  const texts = workshop.parts.flatMap(({ texts }) => texts), folder = `${recipe.folder}-next-sentence`;
  const tokenizer = recipe.trainTokenizer(texts);
  const sentences = new Intl.Segmenter("en", { granularity: "sentence" });
  const documents = texts.map((text) => Array.from(sentences.segment(text), ({ segment }) => segment.trim()))
    .filter(({ length }) => length > 1);
  setSeed(SEED);
  const model = await AutoModelForPreTraining.fromConfig(recipe.config(tokenizer));
  const trainer = new Trainer({
    model,
    args: new TrainingArguments({
      outputDir: join(workshop.workFolder, folder),
      maxSteps: workshop.maxSteps ?? recipe.maxSteps,
      perDeviceTrainBatchSize: PAIRS_PER_BATCH,
      learningRate: recipe.learningRate,
      warmupRatio: 0.05,
      weightDecay: 0.01,
      saveSteps: 0.05,
      saveTotalLimit: 1,
      loggingSteps: 0.01,
      seed: SEED,
    }),
    trainDataset: nextSentencePairs(documents, tokenizer, { maxLength: MAX_LENGTH }),
    dataCollator: new DataCollatorForLanguageModeling(tokenizer),
    processingClass: tokenizer,
  });
  const { globalStep, trainingLoss } = await trainer.train({ resumeFromCheckpoint: true });
  await exportFolder(join(workshop.exportFolder, folder), { model, tokenizer });
  workshop.log(`${folder}: written after ${globalStep} steps, mean training loss ${trainingLoss.toFixed(3)}`);
}
