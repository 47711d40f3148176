// The team: the calling thread and one Worker for each further core. A kernel's units are handed out by an atomic
// counter; the caller takes part, and goes on when all are done. Workers may come late or never: a call is finished
// without them.

import { Worker } from "node:worker_threads";
import { controlOf, MAX_CALLS, type SharedCall, takeUnits, waitForChange, Word, writeCalls } from "./control.ts";
import type { KernelName } from "../kernels.ts";
import { KERNEL_NAMES } from "./kernels.ts";
import type { CpuExports, CpuFunction, ThreadSetup } from "./wasm.ts";

export interface Team {
  /**
   * Runs calls of a kernel that do not depend on each other; their arguments are what comes before the range of units.
   * @throws Error of the kernel, from any thread
   */
  run(name: KernelName, calls: readonly SharedCall[]): void;
  /** Why Workers are missing, or null. */
  trouble(): string | null;
  close(): void;
}

/** The main thread waits this long for the others awake; they are usually done within one grab. */
const JOIN_SPIN_MS = 1;

/**
 * Starts two further threads and leaves the others to those: making a Worker keeps the thread that does so busy 70 ms.
 * @throws Error where Workers are not permitted
 */
export function startHelpers(setup: ThreadSetup, failed: (error: Error) => void): Worker[] {
  const first = 2 * setup.thread + 1;
  const helpers = [first, first + 1].filter((thread) => thread < setup.threads);
  return helpers.map((thread) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: { ...setup, thread } });
    worker.on("error", failed);
    worker.unref();
    return worker;
  });
}

/** The team of the main thread, which `setup` describes. */
export function startTeam(exports: CpuExports, setup: ThreadSetup): Team {
  const control = controlOf(setup.memory);
  const { words } = control;
  let trouble: string | null = null;
  let workers: Worker[] = [];
  try {
    workers = startHelpers(setup, (error) => trouble = error.message);
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error);
  }

  function open(name: KernelName, calls: readonly SharedCall[]): void {
    words[Word.kernel] = KERNEL_NAMES.indexOf(name);
    words[Word.grabs] = writeCalls(control, calls);
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
    if (bytes > 0) {
      throw new Error(`${name}: ${new TextDecoder().decode(control.message.slice(0, bytes))}, in a Worker.`);
    }
  }

  function runTogether(name: KernelName, calls: readonly SharedCall[]): void {
    open(name, calls);
    try {
      takeUnits(control, exports);
    } catch (error) {
      Atomics.store(words, Word.next, words[Word.grabs]); // nobody need go on
      throw error;
    } finally {
      join();
    }
  }

  return {
    run(name, calls) {
      const isOneGrab = calls.length === 1 && calls[0].shares.units <= calls[0].shares.grain;
      const isAlone = isOneGrab || Atomics.load(words, Word.ready) === 0;
      try {
        if (isAlone) { for (const call of calls) runAlone(exports[name], call); }
        else {
          for (let i = 0; i < calls.length; i += MAX_CALLS) runTogether(name, calls.slice(i, i + MAX_CALLS));
        }
      } catch (error) {
        throw new Error(`${name}: ${error instanceof Error ? error.message : error}.`, { cause: error });
      }
      if (!isAlone) throwIfFailed(name);
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
function runAlone(kernel: CpuFunction, { args, shares: { units, grain } }: SharedCall): void {
  for (let begin = 0; begin < units; begin += grain) kernel(...args, begin, Math.min(begin + grain, units));
}
