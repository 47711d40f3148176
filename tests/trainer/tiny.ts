// A BERT small enough to train in a test, made-up rows it can learn, and a Trainer on both.

import { Dataset } from "../../lib/data/mod.ts";
import { AutoModelForSequenceClassification, type SequenceClassificationModel } from "../../lib/models/mod.ts";
import { setSeed } from "../../lib/tensor/mod.ts";
import { Trainer, type TrainerOptions, TrainingArguments, type TrainingOptions } from "../../lib/trainer/mod.ts";

/** The content of a config.json. */
export const config = {
  model_type: "bert",
  vocab_size: 100,
  hidden_size: 16,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  intermediate_size: 32,
  hidden_dropout_prob: 0.1,
  attention_probs_dropout_prob: 0.1,
  max_position_embeddings: 32,
  initializer_range: 0.02,
  num_labels: 2,
};

export function tinyModel(changes: Record<string, unknown> = {}): Promise<SequenceClassificationModel> {
  setSeed(7);
  return AutoModelForSequenceClassification.fromConfig({ ...config, ...changes });
}

/** Sequences of 3 to 14 tokens; the label says whether the first is odd. */
export function tinyRows(count: number): { input_ids: number[]; attention_mask: number[]; label: number }[] {
  return Array.from({ length: count }, (_, i) => {
    const input_ids = Array.from({ length: 3 + (i * 7) % 12 }, (_, j) => 5 + (i * 31 + j * 17) % 90);
    return { input_ids, attention_mask: input_ids.map(() => 1), label: input_ids[0] % 2 };
  });
}

export const tinySet = (count: number): Dataset => Dataset.fromList(tinyRows(count));

/** Pads with zeros, as DataCollatorWithPadding does, without a tokenizer. */
export function pad(rows: { input_ids: number[]; attention_mask: number[]; label: number }[]) {
  const longest = Math.max(...rows.map((row) => row.input_ids.length));
  const fill = (ids: number[]) => [...ids, ...Array<number>(longest - ids.length).fill(0)];
  return {
    input_ids: rows.map((row) => fill(row.input_ids)),
    attention_mask: rows.map((row) => fill(row.attention_mask)),
    labels: rows.map((row) => row.label),
  };
}

/** A Trainer on a tiny model; the run leaves nothing behind unless `outputDir` is given. */
export async function tinyTrainer(
  args: Partial<TrainingOptions> = {},
  options: Partial<TrainerOptions> = {},
): Promise<Trainer> {
  const settings = {
    saveStrategy: "no",
    learningRate: 1e-2,
    numTrainEpochs: 1,
    outputDir: "/nowhere",
    ...args,
  } as const;
  return new Trainer({
    model: await tinyModel(),
    args: new TrainingArguments(settings),
    trainDataset: tinySet(40),
    evalDataset: tinySet(16),
    dataCollator: pad,
    ...options,
  });
}

/** A folder that is gone after `use`. */
export async function inFolder<R>(use: (folder: string) => Promise<R>): Promise<R> {
  const folder = await Deno.makeTempDir();
  try {
    return await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** All parameters, one after the other. */
export async function parametersOf({ model }: Pick<Trainer, "model">): Promise<number[]> {
  const all: number[] = [];
  for (const parameter of model.parameters()) all.push(...await parameter.data());
  return all;
}
