// What a few runs with different seeds say of all seeds: their mean, and where the mean of very many of them would lie (Student 1908).

import { mean, sum } from "./numbers.ts";

/** A mean, and the interval that holds the true one as often as asked. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation of the values (n - 1) over the root of their number. */
  readonly standardError: number;
}

/**
 * The mean of values that scatter by chance, such as one score for each seed, with Student's interval around it
 * (scipy.stats.t.interval). With two or three values it is wide: they say little.
 * @throws RangeError for fewer than two values, one that is not finite, or a level that is not between 0 and 1
 */
export function meanInterval(
  values: readonly number[],
  { confidenceLevel = 0.95 }: { readonly confidenceLevel?: number } = {},
): MeanInterval {
  const name = "meanInterval";
  if (values.length < 2) throw new RangeError(`${name}: there are ${values.length} values; give at least two.`);
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) throw new RangeError(`${name}: value ${odd} is ${values[odd]}; leave out runs that failed.`);
  if (!(confidenceLevel > 0 && confidenceLevel < 1)) {
    throw new RangeError(`${name}: confidenceLevel is ${confidenceLevel}; it must lie between 0 and 1.`);
  }
  const degrees = values.length - 1, middle = mean(values);
  const standardError = Math.sqrt(sum(values.map((value) => (value - middle) ** 2)) / degrees / values.length);
  const reach = standardError * quantileOfT(confidenceLevel, degrees);
  return { mean: middle, low: middle - reach, high: middle + reach, standardError };
}

/** The t for which |T| is below t with this chance, found by halving. The angle is atan(t / √degrees). */
function quantileOfT(chance: number, degrees: number): number {
  let low = 0, high = Math.PI / 2;
  for (let halving = 0; halving < 60; halving++) {
    const angle = (low + high) / 2;
    if (chanceWithin(angle, degrees) < chance) low = angle;
    else high = angle;
  }
  return Math.tan(low) * Math.sqrt(degrees);
}

/** Student's distribution as a finite series (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4). */
function chanceWithin(angle: number, degrees: number): number {
  const cosine = Math.cos(angle), isOdd = degrees % 2 === 1;
  let total = 0, term = isOdd ? cosine : 1;
  for (let power = isOdd ? 1 : 0; power <= degrees - 2; power += 2) {
    total += term;
    term *= cosine * cosine * (power + 1) / (power + 2);
  }
  return isOdd ? (angle + Math.sin(angle) * total) * 2 / Math.PI : Math.sin(angle) * total;
}
