// How many words a language model wavers between.

import { checkLengths } from "./labels.ts";

/** exp(loss) for a mean cross-entropy in nats; Infinity where that is too large for a float64. */
export function perplexity(meanLoss: number): number;
/** exp of the losses' mean weighted by tokens: a plain mean over batches of different sizes would be another number. */
export function perplexity(lossPerBatch: ArrayLike<number>, tokensPerBatch: ArrayLike<number>): number;
export function perplexity(loss: number | ArrayLike<number>, tokens: ArrayLike<number> = []): number {
  if (typeof loss === "number") return Math.exp(loss);
  checkLengths(loss.length, tokens.length, "perplexity");
  let total = 0, count = 0;
  for (let i = 0; i < loss.length; i++) {
    total += loss[i] * tokens[i];
    count += tokens[i];
  }
  return Math.exp(total / count);
}
