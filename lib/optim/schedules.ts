// Learning rates over the course of a run: factors of each group's initial rate, in float64, as Transformers computes them.
// Pure functions of the number of updates done; `scheduler.ts` applies them to an optimizer.

/** What a schedule is told beside the step. `initialLr` and `lrEnd` matter to polynomial decay alone. */
export interface ScheduleOptions {
  readonly numWarmupSteps: number;
  readonly numTrainingSteps: number;
  /** Waves of the cosine (default 0.5), or restarts (default 1). */
  readonly numCycles?: number;
  /** Rate at the end of polynomial decay. */
  readonly lrEnd?: number;
  /** Exponent of polynomial decay. */
  readonly power?: number;
  /** Updates after which inverse-sqrt decay starts to bite; the warm-up, or 10,000. */
  readonly timescale?: number;
  readonly initialLr: number;
}

/** The factor of the initial rate that update `step` (from 0) takes. */
export type Schedule = (step: number, options: ScheduleOptions) => number;

/** Rises from 0 to 1 over the warm-up, then follows `after`. */
function withWarmup(after: Schedule): Schedule {
  return (step, options) => {
    return step < options.numWarmupSteps ? step / Math.max(1, options.numWarmupSteps) : after(step, options);
  };
}

/** Share of the updates after warm-up that are done; beyond 1 when training goes on past its plan. */
function progress(step: number, { numWarmupSteps, numTrainingSteps }: ScheduleOptions): number {
  return (step - numWarmupSteps) / Math.max(1, numTrainingSteps - numWarmupSteps);
}

const linear: Schedule = (step, { numWarmupSteps, numTrainingSteps }) =>
  Math.max(0, (numTrainingSteps - step) / Math.max(1, numTrainingSteps - numWarmupSteps));

const cosine: Schedule = (step, options) =>
  Math.max(0, 0.5 * (1 + Math.cos(Math.PI * (options.numCycles ?? 0.5) * 2 * progress(step, options))));

const cosineWithRestarts: Schedule = (step, options) => {
  const done = progress(step, options);
  if (done >= 1) return 0;
  return Math.max(0, 0.5 * (1 + Math.cos(Math.PI * (((options.numCycles ?? 1) * done) % 1))));
};

const polynomial: Schedule = (step, options) => {
  const { numTrainingSteps, initialLr, lrEnd = 1e-7, power = 1 } = options;
  if (step > numTrainingSteps) return lrEnd / initialLr;
  return ((initialLr - lrEnd) * (1 - progress(step, options)) ** power + lrEnd) / initialLr;
};

const inverseSqrt: Schedule = (step, { numWarmupSteps, timescale = numWarmupSteps || 10_000 }) =>
  1 / Math.sqrt((step + timescale - numWarmupSteps) / timescale);

/** The schedules that follow the step alone, by Transformers' names. */
export const schedules = {
  constant: () => 1,
  constant_with_warmup: withWarmup(() => 1),
  linear: withWarmup(linear),
  cosine: withWarmup(cosine),
  cosine_with_restarts: withWarmup(cosineWithRestarts),
  polynomial: withWarmup(polynomial),
  inverse_sqrt: withWarmup(inverseSqrt),
} as const satisfies Record<string, Schedule>;
