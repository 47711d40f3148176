// A training step against PyTorch on the CPU, and the memory it takes.

import { type Bar, type BenchOptions, denoSide, type Family, torchSides, torchStepArguments } from "./runner.ts";
import { FIGURES } from "./side.ts";
import { type SizeName, sizes } from "./sizes.ts";

const NAMES: Readonly<Record<"small" | "distil", string>> = {
  small: "training step, small (L2 H128 h2 F512 B16 S64 V1000), CPU with BLAS",
  distil: "training step, DistilBERT size (L6 H768 h12 F3072 B8 S64 V30522), CPU with BLAS",
};
const AT_MOST = { small: 0.6, distil: 0.75 };
const STEPS = { small: 40, distil: 6 };
const ROUNDS = { small: 5, distil: 3 };

export function stepFamilies(options: BenchOptions): Family[] {
  return (["small", "distil"] as const).map((size) => family(size, options));
}

function family(size: "small" | "distil", options: BenchOptions): Family {
  const steps = options.steps ?? STEPS[size];
  const ours = (name: string, ...flags: string[]) =>
    denoSide(name, "sides/step.ts", [size, String(steps), "--dropout", ...flags], { ATTEND_DEVICE: "cpu" });
  const own = ours("this library");
  const allTokens = ours("this library, last layer for all tokens", "--all-tokens");
  const torch = torchSides("PyTorch", "peers/torch_step.py", torchStepArguments(sizes[size], steps));
  const fused = torchSides("PyTorch, AdamW(fused=True)", "peers/torch_step.py", [
    ...torchStepArguments(sizes[size], steps),
    "--fused",
  ]);
  const bar = (side: typeof own, others: typeof torch, against: string, atMost?: number): Bar => ({
    work: side === own ? NAMES[size] : "the same, last layer for all tokens",
    against,
    ours: { side, figure: FIGURES.step },
    others: others.map((other) => ({ side: other, figure: FIGURES.step })),
    atMost,
  });
  const memory: Bar = {
    work: `peak memory of the ${sizeNames[size]} step`,
    against: "PyTorch",
    ours: { side: own, figure: FIGURES.peak },
    others: torch.map((side) => ({ side, figure: FIGURES.peak })),
    atMost: size === "distil" ? 0.6 : undefined,
  };
  return {
    title: NAMES[size],
    notes:
      "Forward, loss, backward, AdamW over all parameters, read of the loss. float32, dropout 0.1, the same weights and batch on both " +
      "sides, no padding in it. A classifier reads the first token only, so this library's last layer computes only that token's " +
      'query and feed-forward net; the line "for all tokens" asks for all hidden states, as PyTorch computes them.',
    sides: [own, allTokens, ...torch, ...fused],
    rounds: options.rounds ?? ROUNDS[size],
    bars: [
      bar(own, torch, "PyTorch", AT_MOST[size]),
      bar(own, fused, "PyTorch, AdamW(fused=True)"),
      bar(allTokens, torch, "PyTorch"),
      memory,
    ],
  };
}

const sizeNames: Readonly<Record<Exclude<SizeName, "minilm">, string>> = { small: "small", distil: "DistilBERT-size" };
