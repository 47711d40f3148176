// What 03-amazon-reviews reads: its recipe over seeds, by the Trainer where the lesson writes the loop itself, and reviews of
// Amazon's customers: a few hundred of the set's 200,000, which shows the task and is no record.

import { PROFILES } from "../../lib/notebook/profiles.ts";
import { type FineTuning, miniLm, OWN_SEEDS, ownSettings, REAL_SEEDS } from "./plan.ts";

const OWN = {
  ...ownSettings("amazon-reviews", 0.01),
  text: "review_body",
  stars: "stars",
  maxLength: PROFILES["amazon-reviews"].quick.maxLength,
};
const REAL = {
  ...miniLm(5),
  variant: "Amazon",
  dataset: ["mteb/amazon_reviews_multi", "en"],
  text: "text",
  trainRows: 600,
  maxLength: 256, // as long as this checkpoint was trained to read
} as const;

export const amazonReviews: readonly FineTuning[] = [
  ...OWN_SEEDS.map((seed) => ({ ...OWN, variant: "fine-tuning", seed })),
  ...OWN_SEEDS.map((seed) => ({ ...OWN, variant: "random start", isRandom: true, seed })),
  ...REAL_SEEDS.map((seed) => ({ ...REAL, seed })),
];
