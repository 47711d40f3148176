// deno task bench --profile: where the time of a training step goes, by phase and by kernel, and how far each kernel is from what the
// machine can do. The backend's `run` is timed from outside; on the CPU a kernel is done when it returns.

import {
  AdamW,
  AutoModelForSequenceClassification,
  type Batch,
  clipGradNorm,
  device,
  scope,
  setSeed,
  type Tensor,
} from "lib";
import type { Backend } from "../lib/backend/backend.ts";
import { getBackend, setBackend } from "../lib/backend/current.ts";
import { measurePeaks, type Peaks } from "./peaks.ts";
import { markdownTable } from "../tasks/markdown.ts";
import { number } from "./report.ts";
import { median, WARM_UP } from "./side.ts";
import { batchOf, configOf, LEARNING_RATE, type SizeName, sizeNamed, sizes } from "./sizes.ts";
import { type Call, watchKernels } from "./watch.ts";

/** Tokens of CoLA's first 16 training sentences, in all-MiniLM-L6-v2's vocabulary. */
const COLA_LENGTHS = [19, 14, 14, 15, 13, 10, 8, 11, 10, 8, 11, 7, 9, 9, 8, 10];
const STEPS: Readonly<Record<SizeName, number>> = { small: 40, distil: 8, minilm: 20 };
const PHASES = ["forward", "backward", "clip", "optimizer"] as const;
/** So small that gradients are scaled in every step; AdamW's steps do not depend on their scale. */
const MAX_NORM = 0.01;
/** Lines of the table by shape. */
const SHOWN = 25;

type Phase = (typeof PHASES)[number];

/** What one step took, in milliseconds. */
interface Step {
  readonly phases: Readonly<Record<Phase, number>>;
  readonly calls: readonly (Call & { readonly phase: Phase })[];
}

/** Prints the profile of a step on the CPU. @throws Error where another device was chosen */
export async function profile(name: string, steps?: number): Promise<void> {
  const size = sizeNamed(name);
  const plain = getBackend();
  if (plain.name !== "cpu") {
    throw new Error(`The profile times the CPU; set ATTEND_DEVICE=cpu, as it is ${plain.name}.`);
  }
  const peaks = measurePeaks(plain);
  const found = await timeSteps(plain, size, steps ?? STEPS[size]);
  const { threads, blas } = device();
  console.log(
    `### Where a step's time goes: ${size}\n\nForward, backward, clipping, AdamW on ${threads} threads, BLAS: ${
      blas ?? "none"
    }; ${found.length} ` +
      `steps after ${WARM_UP} untimed ones, dropout 0.1, ${batchText(size)}. This machine copies ${
        number(peaks.copy)
      } GB/s (read and ` +
      `written) and multiplies ${
        number(peaks.product)
      } GFLOP/s (1024 x 1024 x 1024). A kernel's data may lie in the caches and pass that copy.\n`,
  );
  console.log(`${phaseTable(found)}\n\n${kernelTable(found, peaks, ({ kernel }) => kernel)}\n`);
  console.log(kernelTable(found, peaks, ({ kernel, shape }) => `${kernel} ${shape}`));
}

async function timeSteps(plain: Backend, size: SizeName, steps: number): Promise<Step[]> {
  let calls: (Call & { phase: Phase })[] = [];
  let phase: Phase = "forward";
  setBackend(watchKernels(plain, (call) => calls.push({ ...call, phase })));
  setSeed(0);
  const model = await AutoModelForSequenceClassification.fromConfig(configOf(sizes[size], 0.1));
  const optimizer = new AdamW(model.parameters(), { lr: LEARNING_RATE });
  const batch = batchFor(size);
  const found: Step[] = [];
  for (let i = 0; i < WARM_UP + steps; i++) {
    calls = [];
    const phases = { forward: 0, backward: 0, clip: 0, optimizer: 0 };
    const timed = <R>(name: Phase, work: () => R): R => {
      phase = name;
      const start = performance.now();
      const result = work();
      phases[name] = performance.now() - start;
      return result;
    };
    const loss = scope((): Tensor => {
      const { loss } = timed("forward", () => model.forward(batch));
      timed("backward", () => loss!.backward());
      timed("clip", () => clipGradNorm(model.parameters(), MAX_NORM));
      timed("optimizer", () => {
        optimizer.step();
        optimizer.zeroGrad();
      });
      return loss!;
    });
    if (!Number.isFinite(await loss.item())) throw new Error(`The loss of step ${i} is ${await loss.item()}.`);
    loss.dispose();
    if (i >= WARM_UP) found.push({ phases, calls });
  }
  return found;
}

/** Full sequences, but for MiniLM sixteen real lengths. */
function batchFor(size: SizeName): Batch {
  if (size !== "minilm") {
    const { ids, labels } = batchOf(sizes[size]);
    return { input_ids: ids, labels };
  }
  const length = Math.max(...COLA_LENGTHS);
  const { ids, labels } = batchOf({ ...sizes[size], batch: COLA_LENGTHS.length, length });
  const attention_mask = COLA_LENGTHS.map((tokens) => Array.from({ length }, (_, j) => Number(j < tokens)));
  return { input_ids: ids, attention_mask, labels };
}

function batchText(size: SizeName): string {
  const { batch, length } = sizes[size];
  if (size !== "minilm") return `${batch} sequences of ${length} tokens`;
  const tokens = COLA_LENGTHS.reduce((sum, length) => sum + length, 0);
  return `${COLA_LENGTHS.length} sentences of CoLA with ${tokens} tokens`;
}

function phaseTable(steps: readonly Step[]): string {
  const whole = median(steps.map(({ phases }) => PHASES.reduce((sum, phase) => sum + phases[phase], 0)));
  const rows = PHASES.map((phase) => {
    const wall = median(steps.map(({ phases }) => phases[phase]));
    const inKernels = median(
      steps.map(({ calls }) => sum(calls.filter((call) => call.phase === phase).map((c) => c.ms))),
    );
    return [phase, number(wall), percent(wall / whole), number(inKernels), number(wall - inKernels)];
  });
  const kernels = median(steps.map(({ calls }) => sum(calls.map(({ ms }) => ms))));
  rows.push(["step", number(whole), "", number(kernels), number(whole - kernels)]);
  return markdownTable(["phase", "ms", "share", "in kernels", "between them"], rows);
}

/** Lines of calls that `keyOf` puts together, the longest first. */
function kernelTable(steps: readonly Step[], peaks: Peaks, keyOf: (call: Call) => string): string {
  const groups = Map.groupBy(steps[0].calls, keyOf);
  const lines = Array.from(groups, ([key, calls]) => {
    // the nth call of a key does the same in every step: its least and its median time, added up over all n
    const times = steps.map((step) => step.calls.filter((call) => keyOf(call) === key).map(({ ms }) => ms));
    const perCall = calls.map((_, n) => times.map((ofStep) => ofStep[n]).filter((ms) => ms !== undefined));
    return {
      key,
      count: calls.length,
      least: sum(perCall.map((ms) => Math.min(...ms))),
      middle: sum(perCall.map(median)),
      flops: sum(calls.map(({ flops }) => flops)),
      bytes: sum(calls.map(({ bytes }) => bytes)),
    };
  }).sort((a, b) => b.middle - a.middle);
  const whole = sum(lines.map(({ middle }) => middle));
  const rows = lines.slice(0, SHOWN).map(({ key, count, least, middle, flops, bytes }) => {
    const products = flops / middle / 1e6;
    const memory = bytes / middle / 1e6;
    const rate = flops > 0
      ? [`${number(products)} GFLOP/s`, percent(products / peaks.product)]
      : [`${number(memory)} GB/s`, percent(memory / peaks.copy)];
    return [key, String(count), number(least), number(middle), percent(middle / whole), ...rate];
  });
  const rest = lines.slice(SHOWN);
  if (rest.length > 0) {
    const middle = sum(rest.map((line) => line.middle));
    const counts = [sum(rest.map(({ count }) => count)), sum(rest.map(({ least }) => least)), middle];
    rows.push([
      `${rest.length} others`,
      String(counts[0]),
      number(counts[1]),
      number(middle),
      percent(middle / whole),
      "",
      "",
    ]);
  }
  return markdownTable(["kernel", "calls", "ms, least", "ms, median", "share", "rate", "of the peak"], rows);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
