// Lowers the learning rate when a number stops getting better (PyTorch: ReduceLROnPlateau). It follows evaluations, not steps,
// and knows no warm-up.

import type { Scheduled, Scheduler } from "./scheduler.ts";

/** Settings of reduce-on-plateau, PyTorch's names and defaults. */
export interface PlateauOptions {
  /** Whether smaller or larger numbers are better. */
  mode?: "min" | "max";
  /** What the rate is multiplied by. */
  factor?: number;
  /** Evaluations without gain that are let pass. */
  patience?: number;
  /** How much better counts as better: a share of the best ("rel") or a difference to it ("abs"). */
  threshold?: number;
  thresholdMode?: "rel" | "abs";
  /** Evaluations after a cut in which none is counted as bad. */
  cooldown?: number;
  /** The rate is never cut below. */
  minLr?: number;
  /** A cut smaller than this is not made. */
  eps?: number;
}

const defaults = {
  mode: "min",
  factor: 0.1,
  patience: 10,
  threshold: 1e-4,
  thresholdMode: "rel",
  cooldown: 0,
  minLr: 0,
  eps: 1e-8,
} as const satisfies Required<PlateauOptions>;

export class ReduceLROnPlateau implements Scheduler {
  readonly #options: Required<PlateauOptions>;
  #best: number;
  #badEvaluations = 0;
  #cooldown = 0;

  /** @throws RangeError unless factor is below 1 */
  constructor(readonly optimizer: Pick<Scheduled, "paramGroups">, options: PlateauOptions = {}) {
    this.#options = { ...defaults, ...options };
    if (!(this.#options.factor < 1)) {
      throw new RangeError(`ReduceLROnPlateau: factor is ${this.#options.factor}; it must be below 1.`);
    }
    this.#best = this.#options.mode === "min" ? Infinity : -Infinity;
  }

  /** After each evaluation, with its number. @throws TypeError when there is none */
  step(metric?: number): void {
    if (metric === undefined) {
      throw new TypeError("ReduceLROnPlateau: step() needs the number it follows: step(evalLoss).");
    }
    if (this.#isBetter(metric)) {
      this.#best = metric;
      this.#badEvaluations = 0;
    } else this.#badEvaluations++;
    if (this.#cooldown > 0) {
      this.#cooldown--;
      this.#badEvaluations = 0;
    }
    if (this.#badEvaluations <= this.#options.patience) return;
    this.#cut();
    this.#cooldown = this.#options.cooldown;
    this.#badEvaluations = 0;
  }

  getLastLr(): number[] {
    return this.optimizer.paramGroups.map((group) => group.lr);
  }

  stateDict(): Record<string, number> {
    const best: Record<string, number> = Number.isFinite(this.#best) ? { best: this.#best } : {}; // JSON has no Infinity
    const rates = Object.fromEntries(this.getLastLr().map((lr, i) => [`lr.${i}`, lr]));
    return { ...best, badEvaluations: this.#badEvaluations, cooldown: this.#cooldown, ...rates };
  }

  loadStateDict(state: Readonly<Record<string, number>>): void {
    this.#best = state.best ?? this.#best;
    this.#badEvaluations = state.badEvaluations;
    this.#cooldown = state.cooldown;
    this.optimizer.paramGroups.forEach((group, i) => group.lr = state[`lr.${i}`] ?? group.lr);
  }

  #isBetter(metric: number): boolean {
    const { mode, thresholdMode, threshold } = this.#options;
    const sign = mode === "min" ? -1 : 1;
    const bar = thresholdMode === "rel" ? this.#best * (1 + sign * threshold) : this.#best + sign * threshold;
    return mode === "min" ? metric < bar : metric > bar;
  }

  #cut(): void {
    for (const group of this.optimizer.paramGroups) {
      const lr = Math.max(group.lr * this.#options.factor, this.#options.minLr);
      if (group.lr - lr > this.#options.eps) group.lr = lr;
    }
  }
}
