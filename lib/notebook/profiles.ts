// What each lesson trains on, in its two profiles. `quick` needs no network and runs in minutes on two cores; `full` takes
// a data set and a checkpoint from the hub. Times are for two cores of a server CPU with BLAS.

export interface LessonSettings {
  /** The arguments of `loadDataset`. */
  readonly dataset: readonly [path: string, name?: string];
  /** What `fromPretrained` takes: a hub id, a folder or an `attend/…` name. */
  readonly checkpoint: string;
  /** The same for the tokenizer. */
  readonly tokenizer: string;
  readonly epochs: number;
  readonly learningRate: number;
  /** Share of all steps over which the learning rate rises from 0. */
  readonly warmupRatio: number;
  readonly batchSize: number;
  readonly seed: number;
  /** For all epochs, evaluation included. */
  readonly expectedMinutes: number;
  /** Checkpoints that the lesson holds against its own. */
  readonly comparedWith?: readonly string[];
}

/** A lesson that compares several checkpoints. */
interface Comparing {
  readonly comparedWith: readonly string[];
}

/** A lesson that writes the training loop itself. */
interface ByHand {
  /** Tokens of a text that the model reads. */
  readonly maxLength: number;
  /** Batches from one validation to the next. */
  readonly evalSteps: number;
}

export const PROFILE_NAMES = ["quick", "full"] as const;
export type ProfileName = typeof PROFILE_NAMES[number];

/** The start from a checkpoint, with the tokenizer that belongs to it. */
export function startFrom(checkpoint: string): Pick<LessonSettings, "checkpoint" | "tokenizer"> {
  return { checkpoint, tokenizer: checkpoint };
}

/** One epoch is one pass over the largest part that is drawn from the set, 1,600 rows; it trains fifteen times. */
const anatomy: Record<ProfileName, LessonSettings> = {
  quick: {
    dataset: ["attend/headlines"],
    ...startFrom("attend/tiny"),
    epochs: 1,
    learningRate: 5e-4,
    warmupRatio: 0.1,
    batchSize: 16,
    seed: 42,
    expectedMinutes: 2,
  },
  full: {
    dataset: ["fancyzhx/ag_news"],
    ...startFrom("distilbert/distilbert-base-uncased"),
    epochs: 1,
    learningRate: 5e-5,
    warmupRatio: 0.1,
    batchSize: 16,
    seed: 42,
    expectedMinutes: 60,
  },
};

const cola: Record<ProfileName, LessonSettings> = {
  quick: {
    dataset: ["attend/acceptability"],
    ...startFrom("attend/tiny"),
    epochs: 12, // Matthews correlation on validation: 0.54; after 4 or 8 in batches of 16 at 3e-4: 0.46, 0.47
    learningRate: 4e-4,
    warmupRatio: 0.1,
    batchSize: 32,
    seed: 42,
    expectedMinutes: 2,
  },
  full: {
    dataset: ["nyu-mll/glue", "cola"],
    ...startFrom("distilbert/distilbert-base-uncased"),
    epochs: 5,
    learningRate: 2e-5,
    warmupRatio: 0,
    batchSize: 16,
    seed: 42,
    expectedMinutes: 25,
  },
};

const rottenTomatoes: Record<ProfileName, LessonSettings & Comparing> = {
  quick: {
    dataset: ["attend/snippets"],
    ...startFrom("attend/tiny"),
    comparedWith: ["attend/tiny-distilbert", "attend/tiny-albert", "attend/tiny-roberta"],
    epochs: 4, // macro-F1 on validation: 0.91; after 3: 0.84; after 3 at 3e-4 in batches of 16: 0.83; after 4 at 1e-4: 0.64
    learningRate: 6e-4,
    warmupRatio: 0.1,
    batchSize: 32,
    seed: 42,
    expectedMinutes: 3,
  },
  full: {
    dataset: ["cornell-movie-review-data/rotten_tomatoes"],
    ...startFrom("google-bert/bert-base-uncased"),
    comparedWith: [
      "google-bert/bert-base-cased",
      "distilbert/distilbert-base-uncased",
      "albert/albert-base-v2",
      "FacebookAI/xlm-roberta-base",
    ],
    epochs: 3,
    learningRate: 5e-5,
    warmupRatio: 0,
    batchSize: 32,
    seed: 42,
    expectedMinutes: 240,
  },
};

const amazonReviews: Record<ProfileName, LessonSettings & Comparing & ByHand> = {
  quick: {
    dataset: ["attend/reviews"],
    ...startFrom("attend/tiny"),
    comparedWith: ["attend/tiny-distilbert"],
    epochs: 3, // accuracy on validation: 0.59; after 2: 0.53
    learningRate: 2e-4, // at 5e-4 in batches of 8 the side of a review is not learnt in this time
    warmupRatio: 0,
    batchSize: 8,
    maxLength: 128,
    evalSteps: 250,
    seed: 42,
    expectedMinutes: 3,
  },
  full: {
    dataset: ["mteb/amazon_reviews_multi", "en"],
    ...startFrom("distilbert/distilbert-base-uncased"),
    comparedWith: ["albert/albert-base-v2", "google-bert/bert-base-uncased", "FacebookAI/roberta-base"],
    epochs: 1,
    learningRate: 1e-5,
    warmupRatio: 0,
    batchSize: 8,
    maxLength: 512,
    evalSteps: 250,
    seed: 42,
    expectedMinutes: 400, // if early stopping does not end it sooner
  },
};

const agNews: Record<ProfileName, LessonSettings> = {
  quick: {
    dataset: ["attend/headlines"],
    ...startFrom("attend/tiny"),
    epochs: 5,
    learningRate: 3e-4,
    warmupRatio: 0.1,
    batchSize: 16,
    seed: 42,
    expectedMinutes: 3,
  },
  full: {
    dataset: ["fancyzhx/ag_news"],
    ...startFrom("google-bert/bert-base-uncased"),
    epochs: 5,
    learningRate: 5e-5,
    warmupRatio: 0,
    batchSize: 8,
    seed: 42,
    expectedMinutes: 600, // nearly all of it for the two runs over 120,000 rows
  },
};

const marvel: Record<ProfileName, LessonSettings> = {
  quick: {
    dataset: ["attend/comics"],
    ...startFrom("attend/tiny-sentiment"),
    epochs: 2,
    learningRate: 1e-4,
    warmupRatio: 0,
    batchSize: 8,
    seed: 42,
    expectedMinutes: 1,
  },
  full: {
    dataset: ["cornell-movie-review-data/rotten_tomatoes"],
    ...startFrom("distilbert/distilbert-base-uncased-finetuned-sst-2-english"),
    epochs: 2,
    learningRate: 5e-5,
    warmupRatio: 0,
    batchSize: 8,
    seed: 42,
    expectedMinutes: 60,
  },
};

/** By lesson, named as its notebook is without the number. */
export const PROFILES = {
  anatomy,
  cola,
  "rotten-tomatoes": rottenTomatoes,
  "amazon-reviews": amazonReviews,
  "ag-news": agNews,
  marvel,
};
export type Lesson = keyof typeof PROFILES;
