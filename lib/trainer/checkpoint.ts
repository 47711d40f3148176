// What a checkpoint holds: the model (a folder that fromPretrained opens), its tokenizer, and all that is needed to go on to the same
// result: moments of the optimizer, the schedule, where the run stands and in what state the random numbers are.

import { join } from "node:path";
import { writeFile } from "../hub/write.ts";
import { type PreTrainedModel, readSafetensors, toFloat32, writeSafetensors } from "../models/mod.ts";
import type { Optimizer, OptimizerState, ParameterState, Scheduler } from "../optim/mod.ts";
import { globalRandom, type RandomState, type Tensor } from "../tensor/mod.ts";
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
  const moments = new Map<string, { shape: readonly number[]; values: Float32Array }>();
  for (const [number, { tensors }] of Object.entries(state)) {
    for (const [name, tensor] of Object.entries(tensors)) moments.set(`${number}.${name}`, await valuesOf(tensor));
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
  await writeFile(join(folder, stateFile), JSON.stringify(saved, null, 2) + "\n");
}

/** Puts optimizer, schedule and random numbers back to where a checkpoint left them, and returns the rest. */
export async function restoreRun(folder: string, optimizer: Optimizer, scheduler: Scheduler): Promise<SavedRun> {
  const saved: SavedRun = JSON.parse(await readText(folder, stateFile)); // written by saveRun
  const file = join(folder, optimizerFile);
  const state: Record<number, ParameterState> = {};
  for (const [name, stored] of readSafetensors(await readBytes(folder, optimizerFile), file)) {
    const [number, moment] = name.split(".");
    const known = state[Number(number)]?.tensors;
    state[Number(number)] = {
      step: saved.optimizer.steps[number],
      tensors: { ...known, [moment]: toFloat32(stored, name) },
    };
  }
  optimizer.loadStateDict({ paramGroups: saved.optimizer.paramGroups, state });
  scheduler.loadStateDict(saved.scheduler);
  globalRandom.state = saved.random;
  return saved;
}

/** Puts a model's parameters back to those of a checkpoint. @throws Error where one is missing or has another size */
export async function restoreModel(folder: string, model: PreTrainedModel): Promise<void> {
  const stored = readSafetensors(await readBytes(folder, modelFile), join(folder, modelFile));
  for (const [name, parameter] of model.namedParameters()) {
    const values = stored.get(name);
    if (!values) {
      throw new Error(`Trainer: the checkpoint ${folder} has no parameter "${name}"; it is of another model.`);
    }
    parameter.write(toFloat32(values, name));
  }
}

async function valuesOf(tensor: Tensor | Float32Array): Promise<{ shape: readonly number[]; values: Float32Array }> {
  if (tensor instanceof Float32Array) return { shape: [tensor.length], values: tensor };
  return { shape: tensor.shape, values: Float32Array.from(await tensor.data()) };
}

async function readText(folder: string, name: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(folder, name));
}

async function readBytes(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(join(folder, name));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      `Trainer: the checkpoint ${folder} has no ${name} and cannot be resumed from; name one that was saved without saveOnlyModel.`,
    );
  }
}
