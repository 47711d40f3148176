// The mean training loss between two looks at it. Losses add up on the device; only a look waits for it.

import { full, keep, type Tensor, update } from "../tensor/mod.ts";

export class LossMeter {
  #pending: Tensor | null = null;
  /** Sum of all losses read so far, and of all when each reader last looked. */
  #total = 0;
  readonly #seen = new Map<string, { total: number; steps: number }>();

  /** Adds the loss of one step, shape (). Nothing is read. */
  add(loss: Tensor): void {
    if (!this.#pending) this.#pending = keep(full([], 0));
    update("accumulate", [loss], [this.#pending], { size: 1 });
  }

  /** Brings what is on the device to the host. Calling it at other times changes no number but the last bits of a sum. */
  async read(): Promise<void> {
    const pending = this.#pending;
    if (!pending) return;
    this.#pending = null;
    this.#total += await pending.item();
    pending.dispose();
  }

  /** Sum of all losses up to the last `read`. */
  get total(): number {
    return this.#total;
  }

  /** Mean loss over the steps since this reader last looked; undefined where there were none. */
  since(reader: string, step: number): number | undefined {
    const last = this.#seen.get(reader) ?? { total: 0, steps: 0 };
    if (step === last.steps) return undefined;
    this.#seen.set(reader, { total: this.#total, steps: step });
    return (this.#total - last.total) / (step - last.steps);
  }

  /** Everything read so far, as plain JSON. */
  state(): LossMeterState {
    return { total: this.#total, seen: Object.fromEntries(this.#seen) };
  }

  loadState(state: LossMeterState): void {
    this.#total = state.total;
    for (const [reader, last] of Object.entries(state.seen)) this.#seen.set(reader, last);
  }
}

export interface LossMeterState {
  readonly total: number;
  readonly seen: Readonly<Record<string, { total: number; steps: number }>>;
}
