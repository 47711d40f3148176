// A training step against PyTorch on the CPU, and the memory it takes.

import { type BenchOptions, CORES, denoSide, type Family, type Side, torchSides } from "./runner.ts";
import { FIGURES, WARM_UP } from "./side.ts";
import { sizes } from "./sizes.ts";

/** A model's rows of the table of bars, and how long it is timed. */
interface Timed {
  readonly size: "small" | "distil";
  readonly title: string;
  readonly atMost: number;
  readonly memoryAtMost?: number;
  readonly steps: number;
  readonly rounds: number;
}

const timed: readonly Timed[] = [
  { size: "small", title: "small (L2 H128 h2 F512 B16 S64 V1000)", atMost: 0.6, steps: 40, rounds: 5 },
  {
    size: "distil",
    title: "DistilBERT size (L6 H768 h12 F3072 B8 S64 V30522)",
    atMost: 0.75,
    memoryAtMost: 0.6,
    steps: 6,
    rounds: 3,
  },
];

const NOTES =
  "Forward, loss, backward, AdamW over all parameters, read of the loss. float32, dropout 0.1, the same weights and batch on both " +
  "sides, no padding. A classifier reads the first token only, so this library's last layer computes only that token's query and " +
  'feed-forward net; the line "for all tokens" asks for all hidden states, and computes what PyTorch computes.';

export function stepFamilies(options: BenchOptions): Family[] {
  return timed.map((each) => family({ ...each, ...definedIn(options) }));
}

function family({ size, title, atMost, memoryAtMost, steps, rounds }: Timed): Family {
  const ours = (name: string, ...flags: string[]) =>
    denoSide(name, "sides/step.ts", [size, String(steps), "--dropout", "--blas", ...flags], { ATTEND_DEVICE: "cpu" });
  const torch = (name: string, ...flags: string[]) => {
    const args = [JSON.stringify(sizes[size]), String(steps), String(WARM_UP), String(CORES), ...flags];
    return torchSides(name, "peers/torch_step.py", args);
  };
  const own = ours("this library");
  const allTokens = ours("this library, last layer for all tokens", "--all-tokens");
  const plain = torch("PyTorch");
  const fused = torch("PyTorch, AdamW(fused=True)", "--fused");
  const compare = (side: Side, others: readonly Side[], figure: string = FIGURES.step) => ({
    ours: { side, figure },
    others: others.map((other) => ({ side: other, figure })),
  });
  const work = `training step, ${title}, CPU with BLAS`;
  return {
    title: work,
    notes: NOTES,
    sides: [own, allTokens, ...plain, ...fused],
    rounds,
    bars: [
      { work, against: "PyTorch", ...compare(own, plain), atMost },
      { work: "the same", against: "PyTorch, AdamW(fused=True)", ...compare(own, fused) },
      { work: "the same, last layer for all tokens", against: "PyTorch", ...compare(allTokens, plain) },
      {
        work: `peak memory (MB) of the step, ${title}`,
        against: "PyTorch",
        ...compare(own, plain, FIGURES.peak),
        atMost: memoryAtMost,
      },
    ],
  };
}

/** The numbers that the command line gives in place of a family's own. */
function definedIn({ steps, rounds }: BenchOptions): Partial<Timed> {
  return { ...(steps !== undefined && { steps }), ...(rounds !== undefined && { rounds }) };
}
