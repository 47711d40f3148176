// TrainingArguments: the options of a run, checked when made and again when training starts, as they can be changed in between.

import { schedulerNames } from "../optim/mod.ts";
import { nearestName } from "./nearest.ts";
import { absentOptions, defaultOptions, type TrainingOptions } from "./training_options.ts";

export interface TrainingArguments extends TrainingOptions {}

/** Options that follow from others where they are not given. */
type FilledIn = Partial<Pick<TrainingOptions, "evalSteps" | "metricForBestModel" | "greaterIsBetter">>;

/**
 * Options of a training run under Transformers' names in camelCase, with its defaults; what each does stands in training_options.ts.
 * Every option is a property and may be changed until `train()` is called.
 * @throws RangeError or TypeError on an unknown option (naming the nearest one), or a value out of its range
 */
export class TrainingArguments {
  #filledIn: FilledIn = {};

  constructor(options: Partial<TrainingOptions> = {}) {
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    for (const [name, value] of given) assertKnown(name, value);
    Object.assign(this, defaultOptions, Object.fromEntries(given.filter(([name]) => name in defaultOptions)));
    this.check();
  }

  /** Fills in what follows from other options, and refuses contradictions. */
  check(): void {
    for (const name of Object.keys(this)) assertKnown(name, undefined);
    this.#forgetFilledIn();
    assertTypes(this);
    assertRanges(this);
    if (this.evalStrategy === "steps" && !this.evalSteps) this.#fillIn({ evalSteps: this.loggingSteps });
    const followsMetric = this.loadBestModelAtEnd || this.lrSchedulerType === "reduce_lr_on_plateau";
    if (followsMetric && !this.metricForBestModel) this.#fillIn({ metricForBestModel: "loss" });
    if (this.metricForBestModel && this.greaterIsBetter === undefined) {
      this.#fillIn({ greaterIsBetter: !/loss$/i.test(this.metricForBestModel) });
    }
    assertCompatible(this);
  }

  #fillIn(values: FilledIn): void {
    Object.assign(this, values);
    this.#filledIn = { ...this.#filledIn, ...values };
  }

  /** What was filled in follows the other options again, unless it was changed itself. */
  #forgetFilledIn(): void {
    const { evalSteps, metricForBestModel, greaterIsBetter } = this.#filledIn;
    if (evalSteps !== undefined && this.evalSteps === evalSteps) this.evalSteps = undefined;
    if (metricForBestModel !== undefined && this.metricForBestModel === metricForBestModel) {
      this.metricForBestModel = undefined;
    }
    if (greaterIsBetter !== undefined && this.greaterIsBetter === greaterIsBetter) this.greaterIsBetter = undefined;
    this.#filledIn = {};
  }

  /** Updates of warm-up in a run of that many. */
  warmupStepsOf(totalSteps: number): number {
    return this.warmupSteps > 0 ? this.warmupSteps : Math.ceil(totalSteps * this.warmupRatio);
  }
}

/** How many updates lie between two events in a run of that many: an option below 1 is a share of all. */
export function intervalOf(steps: number, totalSteps: number): number {
  return steps < 1 ? Math.ceil(totalSteps * steps) : steps;
}

function fail(name: string, value: unknown, rule: string): never {
  throw new RangeError(`TrainingArguments: ${name} is ${shown(value)}; ${rule}.`);
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value); // JSON has no NaN
}

function assertKnown(name: string, value: unknown): void {
  if (name in defaultOptions) return;
  if (Object.hasOwn(absentOptions, name)) {
    const { harmless, instead } = absentOptions[name];
    if (value === undefined || value === harmless) return;
    throw new RangeError(`TrainingArguments: ${name} ${shown(value)} is not there; ${instead}.`);
  }
  const nearest = nearestName(name, Object.keys(defaultOptions));
  throw new RangeError(`TrainingArguments: unknown option "${name}"; did you mean "${nearest}"?`);
}

const typesOfUnset: Readonly<Record<string, string>> = {
  evalSteps: "number",
  saveTotalLimit: "number",
  loggingDir: "string",
  metricForBestModel: "string",
  greaterIsBetter: "boolean",
  dataSeed: "number",
};

function assertTypes(args: TrainingArguments): void {
  const defaults: Readonly<Record<string, unknown>> = { ...defaultOptions };
  for (const [name, value] of Object.entries(args)) {
    const expected = typesOfUnset[name] ?? typeof defaults[name];
    if (value === undefined && name in typesOfUnset) continue;
    if (typeof value === expected && !Number.isNaN(value)) continue;
    throw new TypeError(`TrainingArguments: ${name} is ${shown(value)}; it must be a ${expected}.`);
  }
}

const counts = ["perDeviceTrainBatchSize", "perDeviceEvalBatchSize", "gradientAccumulationSteps"] as const;
const atLeast0 = [
  "learningRate",
  "weightDecay",
  "adamEpsilon",
  "maxGradNorm",
  "warmupSteps",
  "evalDelay",
  "saveTotalLimit",
] as const;
const shares = ["adamBeta1", "adamBeta2", "labelSmoothingFactor"] as const;
const intervals = ["loggingSteps", "saveSteps", "evalSteps"] as const;

function assertRanges(args: TrainingArguments): void {
  const choices: [keyof TrainingOptions, readonly unknown[]][] = [
    ["loggingStrategy", ["no", "steps", "epoch"]],
    ["evalStrategy", ["no", "steps", "epoch"]],
    ["saveStrategy", ["no", "steps", "epoch", "best"]],
    ["optim", ["adamw_torch", "adamw_torch_fused", "sgd"]],
    ["lrSchedulerType", schedulerNames],
  ];
  if (!["none", "jsonl"].includes(args.reportTo)) {
    fail(
      "reportTo",
      args.reportTo,
      `it must be "none" or "jsonl", a file with one JSON object a line; no service is written to`,
    );
  }
  for (const [name, known] of choices) {
    if (!known.includes(args[name])) fail(name, args[name], `it must be one of ${known.join(", ")}`);
  }
  for (const name of counts) {
    if (!Number.isInteger(args[name]) || args[name] < 1) fail(name, args[name], "it must be a whole number from 1");
  }
  for (const name of atLeast0) if ((args[name] ?? 0) < 0) fail(name, args[name], "it must be 0 or more");
  for (const name of shares) {
    if (args[name] < 0 || args[name] >= 1) fail(name, args[name], "it must be 0 or more and below 1");
  }
  for (const name of intervals) {
    const steps = args[name] ?? 1;
    if (steps < 0 || (steps > 1 && !Number.isInteger(steps))) {
      fail(name, steps, "it must be a whole number of steps, or a share of them below 1");
    }
  }
  for (const name of ["seed", "maxSteps", "warmupSteps"] as const) {
    if (!Number.isInteger(args[name])) fail(name, args[name], "it must be a whole number");
  }
  if (args.warmupRatio < 0 || args.warmupRatio > 1) {
    fail("warmupRatio", args.warmupRatio, "it must lie between 0 and 1");
  }
  if (args.maxSteps <= 0 && !(args.numTrainEpochs > 0)) {
    fail("numTrainEpochs", args.numTrainEpochs, "it must be above 0");
  }
  if (args.outputDir === "") fail("outputDir", args.outputDir, "it must name a folder");
}

function assertCompatible(args: TrainingArguments): void {
  if (args.loggingStrategy === "steps" && args.loggingSteps === 0) fail("loggingSteps", 0, "it must be above 0");
  if (args.evalStrategy === "steps" && !args.evalSteps) fail("evalSteps", args.evalSteps, "it must be above 0");
  if (args.lrSchedulerType === "reduce_lr_on_plateau" && args.evalStrategy === "no") {
    fail("evalStrategy", "no", `lrSchedulerType "reduce_lr_on_plateau" follows evaluations; use "steps" or "epoch"`);
  }
  if (args.saveStrategy === "best" && (!args.metricForBestModel || args.evalStrategy === "no")) {
    fail("saveStrategy", "best", "it needs metricForBestModel, and an evalStrategy other than no");
  }
  if (!args.loadBestModelAtEnd || args.saveStrategy === "best") return;
  if (args.evalStrategy !== args.saveStrategy) {
    fail(
      "loadBestModelAtEnd",
      true,
      `evalStrategy "${args.evalStrategy}" and saveStrategy "${args.saveStrategy}" must be the same`,
    );
  }
  const { evalSteps = 1, saveSteps } = args;
  // shares in millionths, as 0.1 is no multiple of 0.05 in binary
  const isMultiple = Math.round(saveSteps * 1e6) % Math.round(evalSteps * 1e6) === 0 &&
    (saveSteps < 1) === (evalSteps < 1);
  if (args.evalStrategy === "steps" && !isMultiple) {
    fail("saveSteps", saveSteps, `with loadBestModelAtEnd it must be a multiple of evalSteps (${evalSteps})`);
  }
}
