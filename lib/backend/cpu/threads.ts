// The team: the calling thread and one Worker for each further core. A kernel's units are handed out by an atomic counter; the caller takes
// part, and goes on when all are done. Workers may come late or never: a call is finished without them.

import { Worker } from "node:worker_threads";
import type { BlasLibrary } from "./blas.ts";
import { type Control, takeUnits, waitForChange, Word } from "./control.ts";
import type { Shares } from "./kernels.ts";
import type { CpuExports, CpuFunction } from "./wasm.ts";

/** What a Worker needs to make its own kernels on the same memory. */
export interface WorkerSetup {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  readonly blas: BlasLibrary | null;
  readonly scratch: number;
  readonly threads: number;
}

export interface Team {
  /** Runs the kernel of that index; `args` are what comes before the range of units. @throws Error of the kernel, from any thread */
  run(kernel: number, name: string, args: readonly number[], shares: Shares): void;
  /** Why Workers are missing, or null. */
  trouble(): string | null;
  close(): void;
}

/** The main thread waits this long for the others awake; they are usually done within one grab. */
const JOIN_SPIN_MS = 1;

export function startTeam(control: Control, exports: CpuExports, setups: readonly WorkerSetup[]): Team {
  const { words } = control;
  let trouble: string | null = null;
  const workers: Worker[] = [];
  try {
    for (const setup of setups) {
      const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: setup });
      worker.on("error", (error: Error) => trouble = error.message);
      worker.unref();
      workers.push(worker);
    }
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error);
  }

  function open(kernel: number, args: readonly number[], { units, grain }: Shares): void {
    control.arguments.set(args);
    words[Word.kernel] = kernel;
    words[Word.argumentCount] = args.length;
    words[Word.units] = units;
    words[Word.grain] = grain;
    words[Word.errorBytes] = 0;
    Atomics.store(words, Word.next, 0);
    Atomics.store(words, Word.isOpen, 1);
    Atomics.add(words, Word.generation, 1);
    if (Atomics.load(words, Word.asleep) > 0) Atomics.notify(words, Word.generation);
  }

  /** From here on nobody joins; waits for those inside. */
  function join(): void {
    Atomics.store(words, Word.isOpen, 0);
    for (;;) {
      const active = Atomics.load(words, Word.active);
      if (active === 0) return;
      waitForChange(words, Word.active, active, JOIN_SPIN_MS);
    }
  }

  function throwIfFailed(name: string): void {
    const bytes = words[Word.errorBytes];
    if (bytes === 0) return;
    throw new Error(`${name}: ${new TextDecoder().decode(control.message.slice(0, bytes))} (in a Worker).`);
  }

  return {
    run(kernel, name, args, shares) {
      if (shares.units <= shares.grain || Atomics.load(words, Word.ready) === 0) {
        runAlone(exports[name as keyof CpuExports] as CpuFunction, args, shares);
        return;
      }
      open(kernel, args, shares);
      try {
        takeUnits(control, exports);
      } finally {
        join();
      }
      throwIfFailed(name);
    },
    trouble: () => trouble,
    close() {
      Atomics.store(words, Word.isClosed, 1);
      Atomics.add(words, Word.generation, 1);
      Atomics.notify(words, Word.generation);
      for (const worker of workers) worker.terminate();
    },
  };
}

/** The same grabs, one after the other. */
function runAlone(kernel: CpuFunction, args: readonly number[], { units, grain }: Shares): void {
  for (let begin = 0; begin < units; begin += grain) kernel(...args, begin, Math.min(begin + grain, units));
}
