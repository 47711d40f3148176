// How a step of this library grows: time for one token against the length of sentences, their number in a batch, and cores.

import { markdownTable } from "../tasks/markdown.ts";
import { number, valuesOf } from "./report.ts";
import { type BenchOptions, CORES, denoSide, type Family, type Outcomes, type Side } from "./runner.ts";
import { median } from "./side.ts";
import { megaflopsPerToken, sizes } from "./sizes.ts";

export const SCALED = sizes.minilm;

/** A batch that is timed. */
export interface Shape {
  readonly batch: number;
  readonly length: number;
}

const BATCH = 8;
const LENGTH = 64;
export const LENGTHS = [16, 32, 64, 128, 256, 512];
export const BATCHES = [1, 2, 4, 8, 16, 32, 64];

/** Each shape once; both series have batch 8 with 64 tokens. */
export const SHAPES: readonly Shape[] = [
  ...LENGTHS.map((length) => ({ batch: BATCH, length })),
  ...BATCHES.filter((batch) => batch !== BATCH).map((batch) => ({ batch, length: LENGTH })),
];

/** Names of the figures: forward and backward alone, and the step with its optimizer. */
export const gradientFigure = ({ batch, length }: Shape) => `gradient, ${batch} x ${length}`;
export const stepFigure = ({ batch, length }: Shape) => `step, ${batch} x ${length}`;

/** A little more than the arithmetic is let pass: a measurement has an error. */
const TOLERANCE = 1.1;

export function scalingFamilies({ rounds = 2, steps = 3 }: BenchOptions): Family[] {
  const cores = [...new Set([1, Math.min(2, CORES), CORES])];
  const sides = cores.map((threads) =>
    denoSide(`${threads} ${threads === 1 ? "core" : "cores"}`, "sides/scaling.ts", [String(threads), String(steps)], {
      ATTEND_DEVICE: "cpu",
    })
  );
  const all = sides[sides.length - 1];
  const growth = (work: string, more: Shape, less: Shape, atMost?: number) => ({
    work,
    against: `${less.batch} x ${less.length}`,
    ours: { side: all, figure: gradientFigure(more) },
    others: [{ side: all, figure: gradientFigure(less) }],
    atMost,
  });
  const arithmetic = megaflopsPerToken(SCALED, 512) / megaflopsPerToken(SCALED, LENGTH);
  const typical = { batch: BATCH, length: LENGTH };
  return [{
    title: "scaling of this library's training step, all-MiniLM-L6-v2's size",
    notes:
      "Microseconds for one token of a step on full batches, dropout 0.1, float32. The optimizer's work hardly depends on the number of " +
      "tokens, so forward and backward stand alone as well. MFLOP: the whole model's products for one token, forward and backward, " +
      "which grow with the length by attention's quadratic term.",
    sides,
    rounds,
    table: (outcomes) => scalingTable(sides, outcomes),
    bars: [
      growth(
        "scaling: forward and backward, µs a token, 64 x 64 tokens",
        { batch: 64, length: LENGTH },
        typical,
        TOLERANCE,
      ),
      growth(
        `scaling: the same, 8 x 512 tokens (arithmetic alone: ${number(arithmetic)})`,
        { batch: BATCH, length: 512 },
        typical,
        arithmetic * TOLERANCE,
      ),
      {
        work: `scaling: the same, 8 x 64 tokens on ${all.name}`,
        against: sides[0].name,
        ours: { side: all, figure: gradientFigure(typical) },
        others: [{ side: sides[0], figure: gradientFigure(typical) }],
      },
    ],
  }];
}

function scalingTable(sides: readonly Side[], outcomes: Outcomes): string {
  const cell = (side: Side, figure: string) => {
    const values = valuesOf(outcomes, { side, figure });
    return values.length === 0 ? "" : number(median(values));
  };
  const rows = SHAPES.map((shape) => [
    `${shape.batch} x ${shape.length}`,
    megaflopsPerToken(SCALED, shape.length).toFixed(1),
    ...sides.flatMap((side) => [cell(side, gradientFigure(shape)), cell(side, stepFigure(shape))]),
  ]);
  const headings = sides.flatMap(({ name }) => [`forward, backward on ${name}`, `step on ${name}`]);
  return markdownTable(["sentences x tokens", "MFLOP a token", ...headings], rows);
}
