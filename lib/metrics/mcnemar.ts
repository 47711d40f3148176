// Do two models differ, or was it luck? McNemar's test (1947) looks only at the rows that one of them gets right and the other wrong.

import { labelPair, type Labels } from "./labels.ts";

/** Options of the test; statsmodels' names and defaults. */
export interface McNemarOptions {
  /** By the binomial distribution; false takes chi-squared, which is near it from about 25 such rows on. Default true. */
  exact?: boolean;
  /** Continuity correction of chi-squared (Edwards 1948). Default true. */
  correction?: boolean;
}

export interface McNemarResult {
  /** Rows by who was right: [[both, the first alone], [the second alone, neither]]. */
  readonly table: readonly [readonly [number, number], readonly [number, number]];
  /** The smaller of both disagreements; chi-squared where `exact` is false. */
  readonly statistic: number;
  /** How often models that are equally good would differ this much or more. */
  readonly pvalue: number;
}

/**
 * Compares two models on the same rows (statsmodels: contingency_tables.mcnemar, two-sided).
 * @throws RangeError where the columns differ in length or are empty
 */
export function mcnemar(
  yTrue: Labels,
  firstPred: Labels,
  secondPred: Labels,
  { exact = true, correction = true }: McNemarOptions = {},
): McNemarResult {
  const { yTrue: truth, yPred: first } = labelPair(yTrue, firstPred, "mcnemar");
  const { yPred: second } = labelPair(yTrue, secondPred, "mcnemar");
  const table: [[number, number], [number, number]] = [[0, 0], [0, 0]];
  truth.forEach((label, i) => table[Number(first[i] !== label)][Number(second[i] !== label)]++);
  const [[, a], [b]] = table;
  if (exact) return { table, statistic: Math.min(a, b), pvalue: Math.min(1, 2 * binomialTail(Math.min(a, b), a + b)) };
  if (a + b === 0) return { table, statistic: 0, pvalue: 1 };
  const statistic = (Math.abs(a - b) - Number(correction)) ** 2 / (a + b);
  return { table, statistic, pvalue: erfc(Math.sqrt(statistic / 2)) }; // of chi-squared with one degree of freedom
}

/** The chance of at most `most` heads in `n` throws of a fair coin. */
function binomialTail(most: number, n: number): number {
  let logChance = -n * Math.LN2, total = Math.exp(logChance);
  for (let heads = 1; heads <= most; heads++) {
    logChance += Math.log((n - heads + 1) / heads);
    total += Math.exp(logChance);
  }
  return total;
}

/**
 * The complementary error function of x >= 0: by the series of erf below 2, by its continued fraction from there on
 * (Abramowitz & Stegun 1964, 7.1.6 and 7.1.14).
 */
function erfc(x: number): number {
  const scale = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (x < 2) {
    let term = 2 * x, total = term;
    for (let n = 1; term > 1e-17 * total; n++) total += term *= 2 * x * x / (2 * n + 1);
    return 1 - scale * total;
  }
  let fraction = x;
  for (let n = 100; n >= 1; n--) fraction = x + n / 2 / fraction;
  return scale / fraction;
}
