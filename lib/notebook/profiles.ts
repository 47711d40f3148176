// What each lesson trains on, in its two profiles. `quick` needs no network and runs in minutes on two cores; `full` takes
// a data set and a checkpoint from the hub. Times are for two cores of a server CPU with BLAS.

import type { ModelConfig } from "../models/mod.ts";

interface Settings {
  /** The arguments of `loadDataset`. */
  readonly dataset: readonly [path: string, name?: string];
  readonly epochs: number;
  readonly learningRate: number;
  /** Share of all steps over which the learning rate rises from 0. */
  readonly warmupRatio: number;
  readonly batchSize: number;
  readonly seed: number;
  /** For all epochs, evaluation included. */
  readonly expectedMinutes: number;
}

/** A model that starts from pretrained weights. */
interface Pretrained {
  /** What `fromPretrained` takes: a hub id, a folder or an `attend/…` name. */
  readonly checkpoint: string;
  /** The same for the tokenizer. */
  readonly tokenizer: string;
  readonly config: null;
}

/** A model that starts from random weights. */
interface RandomStart {
  readonly checkpoint: null;
  readonly tokenizer: string;
  /** What `fromConfig` takes; the vocabulary's size is the tokenizer's. */
  readonly config: ModelConfig;
}

export type LessonSettings = Settings & (Pretrained | RandomStart);

export const PROFILE_NAMES = ["quick", "full"] as const;
export type ProfileName = typeof PROFILE_NAMES[number];

/** One epoch is one pass over the largest of the lesson's sets, 1,600 rows; it trains fifteen times. */
const anatomy: Record<ProfileName, LessonSettings> = {
  quick: {
    dataset: ["attend/snippets"],
    checkpoint: "attend/tiny",
    tokenizer: "attend/tiny",
    config: null,
    epochs: 1,
    learningRate: 5e-4,
    warmupRatio: 0.1,
    batchSize: 16,
    seed: 42,
    expectedMinutes: 2,
  },
  full: {
    dataset: ["cornell-movie-review-data/rotten_tomatoes"],
    checkpoint: "distilbert/distilbert-base-uncased",
    tokenizer: "distilbert/distilbert-base-uncased",
    config: null,
    epochs: 1,
    learningRate: 5e-5,
    warmupRatio: 0.1,
    batchSize: 16,
    seed: 42,
    expectedMinutes: 30,
  },
};

const cola: Record<ProfileName, LessonSettings> = {
  quick: {
    dataset: ["attend/acceptability"],
    checkpoint: "attend/tiny",
    tokenizer: "attend/tiny",
    config: null,
    epochs: 4,
    learningRate: 3e-4,
    warmupRatio: 0.1,
    batchSize: 16,
    seed: 42,
    expectedMinutes: 1,
  },
  full: {
    dataset: ["nyu-mll/glue", "cola"],
    checkpoint: "distilbert/distilbert-base-uncased",
    tokenizer: "distilbert/distilbert-base-uncased",
    config: null,
    epochs: 5,
    learningRate: 2e-5,
    warmupRatio: 0,
    batchSize: 16,
    seed: 42,
    expectedMinutes: 25,
  },
};

/** By lesson, named as its notebook is without the number. */
export const PROFILES = { anatomy, cola };
export type Lesson = keyof typeof PROFILES;
