// Runs a notebook's code cells in order in a fresh kernel and gives back the notebook with its outputs.
// Where the outputs are shown or saved is the caller's business.

import { isObject, type JsonObject, numberAt, objectAt, textAt } from "./json.ts";
import { type CellError, Kernel, KernelDied } from "./kernel.ts";
import { isCode, type Notebook, sourceOf, withKernel, withOutputs } from "./notebook.ts";
import { Outputs } from "./outputs.ts";
import { explainError } from "./syntax.ts";
import type { Message } from "./wire.ts";

/** How far a training loop is, as lib/notebook's progress displays tell it. */
export interface Progress {
  label: string;
  step: number;
  total: number;
  loss: number | undefined;
  secondsLeft: number | undefined;
}

/** A final figure beside the one that it has to beat. */
export interface Result {
  metric: string;
  value: number;
  baseline: number | undefined;
  baselineName: string;
  seconds: number | undefined;
}

/** One code cell: its number among `total` code cells, counted from 1. */
export interface RunningCell {
  number: number;
  total: number;
  source: string;
}

export interface RunOptions {
  /** The notebook's folder. */
  cwd: string;
  env?: Record<string, string>;
  /** Stops the running cell as Jupyter's Stop button does; cells after it do not run. */
  signal?: AbortSignal;
  onCell?: (cell: RunningCell) => void;
  onCellEnd?: (cell: RunningCell, seconds: number) => void;
  onProgress?: (progress: Progress) => void;
  onResult?: (result: Result) => void;
}

export interface Run {
  /** The notebook with the outputs of the cells that ran. */
  notebook: Notebook;
  /** The cell at which the run ended early, and why. */
  failure: { cell: RunningCell; error: CellError } | undefined;
}

/** A cell that has not stopped so long after an interrupt is ended with its kernel. */
const STOP_MS = 10_000;
const PROGRESS = "application/vnd.attend.progress+json";
const RESULT = "application/vnd.attend.result+json";

/** Runs all code cells, or up to the first that fails. */
export async function runNotebook(notebook: Notebook, options: RunOptions): Promise<Run> {
  await using kernel = await Kernel.start(options);
  let patience: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    kernel.interrupt();
    patience = setTimeout(() => kernel.shutdown(), STOP_MS);
  };
  options.signal?.addEventListener("abort", stop);
  try {
    return await runCells(kernel, notebook, options);
  } finally {
    options.signal?.removeEventListener("abort", stop);
    clearTimeout(patience);
  }
}

/** The same in a kernel that is there already, whatever ran in it before. */
export async function runCells(
  kernel: Kernel,
  notebook: Notebook,
  options: Omit<RunOptions, "cwd" | "env">,
): Promise<Run> {
  const outputs = new Outputs(notebook.cells.length);
  const counts = new Map<number, number | undefined>();
  const codeCells = notebook.cells.flatMap((cell, index) => isCode(cell) ? [index] : []);
  let failure: Run["failure"];

  for (const [i, index] of codeCells.entries()) {
    const cell = { number: i + 1, total: codeCells.length, source: sourceOf(notebook.cells[index]) };
    if (options.signal?.aborted) {
      failure = { cell, error: { ename: "Stopped", evalue: "the run was stopped before this cell", traceback: [] } };
      break;
    }
    options.onCell?.(cell);
    const start = performance.now();
    const onOutput = (message: Message) => {
      outputs.add(index, message);
      report(message.content, options);
    };
    const { error: told, executionCount } = await execute(kernel, cell.source, onOutput);
    counts.set(index, executionCount);
    if (told) {
      const error = await explainError(told, cell.source);
      outputs.addError(index, error);
      failure = { cell, error };
      break;
    }
    options.onCellEnd?.(cell, (performance.now() - start) / 1000);
  }

  const cells = notebook.cells.map((cell, index) =>
    isCode(cell) ? withOutputs(cell, outputs.of(index), counts.get(index)) : cell
  );
  return { notebook: withKernel({ ...notebook, cells }, kernel.languageInfo), failure };
}

/** A kernel that dies has failed its cell: that is told like a cell's own error. */
async function execute(
  kernel: Kernel,
  source: string,
  onOutput: (message: Message) => void,
): Promise<{ error: CellError | undefined; executionCount: number | undefined }> {
  try {
    return await kernel.execute(source, { onOutput });
  } catch (error) {
    if (!(error instanceof KernelDied)) throw error;
    return { error: { ename: error.name, evalue: error.message, traceback: [] }, executionCount: undefined };
  }
}

function report(content: JsonObject, { onProgress, onResult }: Pick<RunOptions, "onProgress" | "onResult">): void {
  const data = content.data === undefined ? {} : objectAt(content, "data");
  const { [PROGRESS]: progress, [RESULT]: result } = data;
  if (isObject(progress)) onProgress?.(readProgress(progress));
  if (isObject(result)) onResult?.(readResult(result));
}

function readProgress(payload: JsonObject): Progress {
  return {
    label: textAt(payload, "label", ""),
    step: numberAt(payload, "step") ?? 0,
    total: numberAt(payload, "total") ?? 0,
    loss: numberAt(payload, "loss"),
    secondsLeft: numberAt(payload, "secondsLeft"),
  };
}

function readResult(payload: JsonObject): Result {
  return {
    metric: textAt(payload, "metric"),
    value: numberAt(payload, "value") ?? NaN,
    baseline: numberAt(payload, "baseline"),
    baselineName: textAt(payload, "baselineName", "baseline"),
    seconds: numberAt(payload, "seconds"),
  };
}
