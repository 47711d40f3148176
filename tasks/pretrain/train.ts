// One run of pretraining: a Trainer whose batches hold about as many tokens each, with checkpoints from which a killed run goes on.

import { type Cell, DataLoader } from "../../lib/data/mod.ts";
import type { Batch, MaskedLMModel } from "../../lib/models/mod.ts";
import {
  type LogEntry,
  silentDisplay,
  type TrainableModel,
  Trainer,
  type TrainerCallback,
  TrainingArguments,
} from "../../lib/trainer/mod.ts";
import { TokenBatches } from "./batches.ts";
import { type Lesson, lessonCollator } from "./collator.ts";
import { type HeldOut, maskedScores } from "./held_out.ts";

export interface Plan {
  /** What is trained: the model with the heads of its objectives. */
  readonly trained: TrainableModel & { readonly model: MaskedLMModel; lastLosses?(): Promise<Record<string, number>> };
  readonly lesson: Lesson;
  /** What the masked accuracy is measured on, twenty times in the run. */
  readonly heldOut: HeldOut;
  readonly outputDir: string;
  readonly maxSteps: number;
  readonly learningRate: number;
  readonly tokensPerBatch: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

/** How a run went. */
export interface Course {
  readonly steps: number;
  readonly tokensPerBatch: number;
  /** Spent training, on this machine, over all its parts where it was killed in between. */
  readonly seconds: number;
  /** The mean training loss and the held-out scores, as they were logged. */
  readonly log: readonly LogEntry[];
}

class PretrainingTrainer extends Trainer {
  constructor(readonly plan: Plan, callbacks: readonly TrainerCallback[]) {
    const { trained, outputDir, maxSteps, learningRate, seed } = plan;
    const args = new TrainingArguments({
      outputDir,
      maxSteps,
      learningRate,
      seed,
      warmupRatio: 0.05,
      weightDecay: 0.01,
      saveSteps: Math.max(1, Math.round(maxSteps / 20)),
      saveTotalLimit: 1,
      loggingSteps: Math.max(1, Math.round(maxSteps / 100)),
    });
    super({ model: trained, args, callbacks, display: silentDisplay, processingClass: plan.lesson.tokenizer });
  }

  override getTrainDataloader(): DataLoader<Batch> {
    const { lesson, tokensPerBatch, seed } = this.plan;
    const batches = new TokenBatches(lesson.encoded.starts, tokensPerBatch, seed);
    const collate = lessonCollator(lesson);
    return new DataLoader<Batch>({ dataset: batches, sampler: batches, collateFn: (rows: Cell[]) => collate(rows) });
  }
}

/** Trains, from the last checkpoint in `outputDir` where there is one: a run that was killed ends with the same bits as one that was not. */
export async function train(plan: Plan): Promise<Course> {
  const clock = new Clock(), exam = examination(plan, clock);
  const trainer = new PretrainingTrainer(plan, [clock, exam]);
  const { globalStep } = await trainer.train({ resumeFromCheckpoint: true });
  return {
    steps: globalStep,
    tokensPerBatch: plan.tokensPerBatch,
    seconds: clock.seconds,
    log: trainer.state.logHistory,
  };
}

/** The time a run takes, kept in its checkpoints. */
class Clock implements TrainerCallback {
  #before = 0;
  #start = performance.now();

  get seconds(): number {
    return this.#before + (performance.now() - this.#start) / 1000;
  }

  state(): Record<string, number> {
    return { seconds: this.seconds };
  }

  loadState({ seconds }: Readonly<Record<string, number>>): void {
    [this.#before, this.#start] = [seconds, performance.now()];
  }
}

/** Measures on the held-out texts before each checkpoint, and tells how the run stands. */
function examination({ trained, heldOut, log }: Plan, clock: Clock): TrainerCallback {
  return {
    async onStepEnd(_args, state) {
      const { globalStep: step, epoch, saveSteps, maxSteps } = state;
      if (step % saveSteps !== 0 && step !== maxSteps) return;
      const scores = { ...await maskedScores(trained.model, heldOut), ...await trained.lastLosses?.() };
      state.logHistory.push({ ...scores, step, epoch });
      const numbers = Object.entries(scores).map(([name, value]) => `${name} ${value.toFixed(3)}`).join(", ");
      log(
        `step ${step} of ${maxSteps}, pass ${epoch.toFixed(1)}, ${clock.seconds.toFixed(0)} s of training: ${numbers}`,
      );
    },
  };
}
