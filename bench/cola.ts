// The course's own work: an epoch of CoLA with all-MiniLM-L6-v2, and its evaluation, against Transformers and PyTorch. Data and weights
// come from the hub that HF_ENDPOINT names, the same files for both.

import { type BenchOptions, CORES, denoSide, type Family, torchSides } from "./runner.ts";
import { FIGURES } from "./side.ts";

const FULL = "one epoch of CoLA, all-MiniLM-L6-v2, batch 16, AdamW";
const own = (task: string, count: number) =>
  denoSide("this library", "sides/cola.ts", [task, String(count)], { ATTEND_DEVICE: "cpu" });

export function epochFamilies({ limit, rounds = 2 }: BenchOptions): Family[] {
  const work = limit === 0 ? FULL : `${FULL} (its first ${limit} sentences)`;
  const ours = own("epoch", limit);
  const theirs = torchSides("Transformers' Trainer, PyTorch", "peers/torch_recipe.py", [String(limit), String(CORES)]);
  return [{
    title: work,
    notes:
      "Trainer on both sides: learning rate 5e-5 with a linear schedule, weight decay 0.01, clipping at 1, dropout 0.1, float32, " +
      "sentences tokenized beforehand, batches padded as they are drawn (this library drops the padding again). Timed from the " +
      "epoch's begin to its end, without loading; its first steps count too.",
    needsHub: true,
    sides: [ours, ...theirs],
    rounds,
    bars: [{
      work,
      against: "Transformers' Trainer, PyTorch",
      ours: { side: ours, figure: FIGURES.epoch },
      others: theirs.map((side) => ({ side, figure: FIGURES.epoch })),
      atMost: 0.4,
    }],
  }];
}

export function evaluationFamilies({ rounds = 3, steps = 5 }: BenchOptions): Family[] {
  const work = "evaluation of CoLA's validation split (1,043 sentences), all-MiniLM-L6-v2";
  const ours = own("evaluate", steps);
  const theirs = torchSides("PyTorch", "peers/torch_eval.py", [String(steps), String(CORES)]);
  return [{
    title: work,
    notes:
      "Logits and loss of every sentence, batches of 64, collating included, tokenized beforehand, the same head on both sides. " +
      "This library through Trainer.predict, PyTorch in a bare loop under inference_mode. One pass to warm up.",
    needsHub: true,
    sides: [ours, ...theirs],
    rounds,
    bars: [{
      work,
      against: "PyTorch, padded batches of 64",
      ours: { side: ours, figure: FIGURES.pass },
      others: theirs.map((side) => ({ side, figure: FIGURES.pass })),
      atMost: 0.5,
    }],
  }];
}
