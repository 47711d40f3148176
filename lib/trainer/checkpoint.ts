// What a checkpoint holds: the model (a folder that fromPretrained opens), its tokenizer, and all that is needed to go on to the same
// result: moments of the optimizer, the schedule, where the run stands and in what state the random numbers are.

import { join } from "node:path";
import { type OpenFile, openFile } from "../hub/mod.ts";
import { writeFile } from "../hub/write.ts";
import { fill } from "../models/load_weights.ts";
import type { PreTrainedModel } from "../models/mod.ts";
import { openSafetensors } from "../models/safetensors.ts";
import { writable, type WritableTensor, writeSafetensors } from "../models/safetensors_writer.ts";
import { floatValues } from "../models/stored_tensor.ts";
import type { Optimizer, OptimizerState, Scheduler } from "../optim/mod.ts";
import { globalRandom, type RandomState, sameShape, shapeText, type Tensor } from "../tensor/mod.ts";
import type { LossMeterState } from "./loss_meter.ts";
import type { TrainerState } from "./state.ts";

/** The part of a checkpoint that is not the model: what a run goes on from. */
interface Resumable {
  readonly optimizer: Optimizer;
  readonly scheduler: Scheduler;
  readonly state: TrainerState;
  readonly losses: LossMeterState;
  /** Whether the run had been told to stop: a resumed one must not go on. */
  readonly isStopped: boolean;
  /** States of the callbacks that have one, by place and class name. */
  readonly callbacks: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** The content of trainer_state.json. */
interface SavedRun extends Omit<Resumable, "optimizer" | "scheduler"> {
  readonly scheduler: Readonly<Record<string, number>>;
  readonly optimizer: {
    readonly paramGroups: OptimizerState["paramGroups"];
    readonly steps: Readonly<Record<string, number>>;
  };
  readonly random: RandomState;
}

const modelFile = "model.safetensors";
const stateFile = "trainer_state.json";
const optimizerFile = "optimizer.safetensors";

/** Writes optimizer.safetensors and trainer_state.json into a folder. */
export async function saveRun(folder: string, run: Resumable): Promise<void> {
  const { paramGroups, state } = run.optimizer.stateDict();
  const moments = new Map<string, WritableTensor>();
  for (const [number, { tensors }] of Object.entries(state)) {
    for (const [name, tensor] of Object.entries(tensors)) moments.set(`${number}.${name}`, momentOf(tensor));
  }
  await writeFile(join(folder, optimizerFile), writeSafetensors(moments));
  const steps = Object.fromEntries(Object.entries(state).map(([number, { step }]) => [number, step]));
  const saved: SavedRun = {
    state: run.state,
    losses: run.losses,
    isStopped: run.isStopped,
    callbacks: run.callbacks,
    scheduler: run.scheduler.stateDict(),
    optimizer: { paramGroups, steps },
    random: globalRandom.state,
  };
  await writeFile(join(folder, stateFile), JSON.stringify(saved, nonFinite, 2) + "\n");
}

/** Puts optimizer, schedule and random numbers back to where a checkpoint left them, and returns the rest. */
export async function restoreRun(folder: string, optimizer: Optimizer, scheduler: Scheduler): Promise<SavedRun> {
  using stateText = await open(folder, stateFile);
  const bytes = await stateText.read(0, stateText.size);
  const saved: SavedRun = JSON.parse(new TextDecoder().decode(bytes), revived); // written by saveRun
  optimizer.loadParamGroups(saved.optimizer.paramGroups);
  using file = await open(folder, optimizerFile);
  const stored = [...await openSafetensors(file)].map(([name, tensor]) => ({ name, tensor, parts: name.split(".") }));
  for (const [number, moments] of Map.groupBy(stored, ({ parts: [number] }) => number)) {
    const tensors: Record<string, Float32Array> = {};
    for (const { name, tensor, parts: [, moment] } of moments) tensors[moment] = await floatValues(tensor, name);
    optimizer.loadParameterState(Number(number), { step: saved.optimizer.steps[number], tensors });
  }
  scheduler.loadStateDict(saved.scheduler);
  globalRandom.state = saved.random;
  return saved;
}

/** Puts a model's parameters back to those of a checkpoint. @throws Error where one is missing or has another size */
export async function restoreModel(folder: string, model: PreTrainedModel): Promise<void> {
  using file = await open(folder, modelFile);
  const tensors = await openSafetensors(file);
  for (const [name, parameter] of model.namedParameters()) {
    const stored = tensors.get(name);
    if (!stored || !sameShape(stored.shape, parameter.shape)) {
      throw new Error(
        `Trainer: the checkpoint ${folder} has no parameter "${name}" ${
          shapeText(parameter.shape)
        }; it is of another model.`,
      );
    }
    await fill(parameter, stored, name);
  }
}

// JSON has no NaN and no Infinity, and a loss or a metric may be one
function nonFinite(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function revived(_key: string, value: unknown): unknown {
  return value === "NaN" || value === "Infinity" || value === "-Infinity" ? Number(value) : value;
}

function momentOf(tensor: Tensor | Float32Array): WritableTensor {
  return tensor instanceof Float32Array ? { shape: [tensor.length], values: () => tensor } : writable(tensor);
}

async function open(folder: string, name: string): Promise<OpenFile> {
  try {
    return await openFile(join(folder, name), join(folder, name));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      `Trainer: the checkpoint ${folder} has no ${name} and cannot be resumed from; name one that was saved without saveOnlyModel.`,
    );
  }
}
