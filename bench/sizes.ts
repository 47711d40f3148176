// The two models that training steps are timed on, and the batch they are fed.

export interface StepSize {
  readonly layers: number;
  readonly hidden: number;
  readonly heads: number;
  readonly intermediate: number;
  readonly batch: number;
  /** Tokens a sequence; every sequence is full, so packing gains nothing here. */
  readonly length: number;
  readonly vocabulary: number;
}

export const sizes: Readonly<Record<"small" | "distil", StepSize>> = {
  small: { layers: 2, hidden: 128, heads: 2, intermediate: 512, batch: 16, length: 64, vocabulary: 1000 },
  distil: { layers: 6, hidden: 768, heads: 12, intermediate: 3072, batch: 8, length: 64, vocabulary: 30522 },
};

export type SizeName = keyof typeof sizes;

export function isSizeName(name: string): name is SizeName {
  return name in sizes;
}

/** Token ids (batch, length) and one of two labels a row. */
export function batchOf({ batch, length, vocabulary }: StepSize): { ids: number[][]; labels: number[] } {
  const ids = Array.from(
    { length: batch },
    (_, i) => Array.from({ length }, (_, j) => 5 + (i * 7919 + j * 104729) % (vocabulary - 5)),
  );
  return { ids, labels: ids.map((_, i) => i % 2) };
}

/** What one timing process prints as JSON on its last line. */
export interface StepTiming {
  /** Median milliseconds of a step after warm-up. */
  readonly median: number;
  /** From the start of the process to the first loss, in milliseconds. */
  readonly cold: number;
  readonly steps: number;
  readonly losses: readonly [first: number, last: number];
  readonly rssMegabytes: number;
  readonly device: string;
}

/**
 * Times `step` after two rounds of warm-up, each to the end of its read, and prints the timing.
 * @throws Error where the loss does not fall: a step that does nothing is fast
 */
export async function timeSteps(step: () => Promise<number>, steps: number, device: () => string): Promise<void> {
  const losses = [await step()];
  const cold = performance.now();
  losses.push(await step());
  const times: number[] = [];
  for (let i = 0; i < steps; i++) {
    const start = performance.now();
    losses.push(await step());
    times.push(performance.now() - start);
  }
  const [first, last] = [losses[0], losses[losses.length - 1]];
  if (!(last < first)) throw new Error(`The loss does not fall: ${first} -> ${last}.`);
  const median = times.sort((a, b) => a - b)[times.length >> 1];
  const rssMegabytes = Math.round(Deno.memoryUsage().rss / 2 ** 20);
  const timing: StepTiming = { median, cold, steps, losses: [first, last], rssMegabytes, device: device() };
  console.log(JSON.stringify(timing));
}
