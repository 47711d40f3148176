// What plans are made of: a run's settings, which of them a record is known by, and what the lessons' plans share.

import type { MeasuredRun, TrainingOptions } from "lib";
import { type Lesson, type LessonSettings, PROFILES } from "../../lib/notebook/profiles.ts";

/** Settings by the names of TrainingArguments that are written into the record. */
export type Recipe = Pick<
  TrainingOptions,
  "learningRate" | "numTrainEpochs" | "perDeviceTrainBatchSize" | "weightDecay" | "warmupRatio"
>;

export interface FineTuning {
  readonly variant: string;
  /** The arguments of `loadDataset`. */
  readonly dataset: readonly [path: string, name?: string];
  /** The column with the text. */
  readonly text: string;
  /** The column with 1 to n stars, where there is no `label`. */
  readonly stars?: string;
  /** The first rows of the shuffled training split; all where it is left out. */
  readonly trainRows?: number;
  /** Rows of the training split that stand in for a validation split, where the set has none. */
  readonly heldOut?: number;
  /** Tokens of a text that are read; as many as the model can where it is left out. */
  readonly maxLength?: number;
  readonly checkpoint: string;
  readonly recipe: Recipe;
  /** Trains what stands on the body only: the classifier, and the pooler below it where there is one. */
  readonly isFrozen?: boolean;
  /** Takes the checkpoint's sizes and tokenizer, and random weights. */
  readonly isRandom?: boolean;
  /** First goes on with masked language modelling, on the set's texts without labels. */
  readonly adaptation?: Recipe;
  readonly seed: number;
}

/** The fields of a record that say which run it is. */
export function identityOf(
  { variant, dataset, checkpoint, recipe, isFrozen = false, isRandom = false, seed, ...others }: FineTuning,
): Pick<MeasuredRun, "variant" | "checkpoint" | "recipe" | "seed"> & { dataset: string } {
  const { trainRows, heldOut, maxLength, adaptation = {} } = others;
  const ofAdaptation = Object.entries(adaptation).map(([name, value]) => [`adaptation.${name}`, value] as const);
  const given = [...Object.entries({ trainRows, heldOut, maxLength }), ...ofAdaptation]
    .flatMap(([name, value]) => value === undefined ? [] : [[name, value] as const]);
  const settings = { ...recipe, ...Object.fromEntries(given), isFrozen, isRandom };
  return { variant, dataset: dataset.join(", "), checkpoint, recipe: settings, seed };
}

/** The recipe of a lesson's profile. */
export function recipeOf(
  { epochs, learningRate, batchSize, warmupRatio }: LessonSettings,
  weightDecay: number,
): Required<Recipe> {
  return { learningRate, numTrainEpochs: epochs, perDeviceTrainBatchSize: batchSize, weightDecay, warmupRatio };
}

/** The set, checkpoint and recipe of a lesson's quick profile. */
export function ownSettings(
  lesson: Lesson,
  weightDecay: number,
): Pick<FineTuning, "dataset" | "checkpoint" | "recipe"> {
  const settings: LessonSettings = PROFILES[lesson].quick, { dataset, checkpoint } = settings;
  return { dataset, checkpoint, recipe: recipeOf(settings, weightDecay) };
}

/** Fine-tuning of all-MiniLM-L6-v2, small enough for a CPU. */
export function miniLm(numTrainEpochs: number): Pick<FineTuning, "checkpoint" | "recipe"> {
  return {
    checkpoint: "sentence-transformers/all-MiniLM-L6-v2",
    recipe: { learningRate: 5e-5, numTrainEpochs, perDeviceTrainBatchSize: 16, weightDecay: 0.01, warmupRatio: 0 },
  };
}

export const OWN_SEEDS = [1, 2, 3];
/** Those of Python's runs. */
export const REAL_SEEDS = [0, 1, 2];
