// Reads tests/fixtures/optim.json: optimizer runs, clipping and learning rates of PyTorch 2.6 and Transformers 4.57.

import raw from "../fixtures/optim.json" with { type: "json" };
import rawAmsgrad from "../fixtures/optim_amsgrad.json" with { type: "json" };

type Settings = Record<string, number | boolean | string | number[]>;

interface Step {
  loss: number;
  lr: number[];
  grad_w: number[];
  grad_b: number[];
  grad_norm?: number;
  w: number[];
  b: number[];
}

interface Fixture {
  problem: { w0: number[]; b0: number[]; unused0: number[] };
  runs: {
    name: string;
    class: "AdamW" | "Adam" | "SGD";
    args: Settings;
    steps: Step[];
    unused_after: number[];
    groups?: ({ params: ("w" | "b" | "unused")[] } & Record<"weight_decay" | "lr", number>)[];
    schedule?: { warmup: number; total: number };
    max_grad_norm?: number;
  }[];
  clip_grad_norm: {
    name: string;
    grads: number[][];
    max_norm: number;
    norm_type: number;
    total_norm: number;
    clipped: number[][];
  }[];
  schedules: { name: string; function: string; base_lr: number; args: Record<string, number>; lr?: number[] }[];
  reduce_on_plateau: { name: string; base_lr: number; args: Settings; metrics: number[]; lr_after_step: number[] }[];
}

const special: Record<string, number> = { NaN, Infinity, "-Infinity": -Infinity };

/** The reference numbers, with the strings that stand for non-finite numbers made numbers. */
// deno-lint-ignore no-explicit-any -- the rim: JSON of known content
export const fixture: Fixture = revive(raw) as any;

/** A run of Adam with amsgrad, in the form of the others. */
// deno-lint-ignore no-explicit-any -- as above
export const adamAmsgrad: Fixture["runs"][number] = revive(rawAmsgrad) as any;

function revive(value: unknown): unknown {
  if (typeof value === "string" && value in special) return special[value];
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}

/** Python's option names in camelCase. */
// deno-lint-ignore no-explicit-any -- the rim: options of a fixture are checked by the code under test
export function camelKeys(options: object): any {
  const camel = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [camel(name), value]));
}
