// Runs the notebooks one after the other, shows how far they are, writes them to out/ and sums up.

import { basename, dirname, join } from "node:path";
import { readNotebook, writeNotebook } from "../kernel/notebook.ts";
import { type Result, runNotebook } from "../kernel/run.ts";
import { quietDrivers, ROOT } from "../project.ts";
import { type CourseOptions, parseOptions } from "./options.ts";
import { describeResult, type Screen, Terminal } from "./terminal.ts";

const INTERRUPTED = 130;

/** The course command: its exit code. */
export async function course(args: readonly string[]): Promise<number> {
  const terminal = new Terminal(standardOutput());
  const stop = new AbortController();
  const unlisten = onStop(() => {
    terminal.line("\nstopping …");
    stop.abort();
  });
  try {
    const { notebooks, env } = parseOptions(args, { root: ROOT, cwd: Deno.env.get("INIT_CWD") ?? Deno.cwd() });
    for (const path of await pathsOf(notebooks)) {
      const passed = await runOne(path, env, terminal, stop.signal);
      if (!passed) return stop.signal.aborted ? INTERRUPTED : 1;
    }
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    unlisten();
  }
}

/** Runs one notebook and saves it, also where a cell failed; tells whether all cells passed. */
async function runOne(
  path: string,
  env: CourseOptions["env"],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  const name = basename(path);
  const results = new Map<string, Result>();
  terminal.line(`${name}, profile ${profileOf(env)}, Deno ${Deno.version.deno}`);
  const start = performance.now();
  const { notebook, failure } = await runNotebook(await readNotebook(path), {
    cwd: dirname(path),
    env: { ...env, ...await quietDrivers() },
    signal,
    onCell: (cell) => terminal.cell(cell),
    onCellEnd: (_, seconds) => terminal.cellEnd(seconds),
    onProgress: (progress) => terminal.progress(progress),
    onResult: (result) => results.set(result.metric, result),
  });
  if (failure) terminal.failure(failure.cell, failure.error);

  const out = join(ROOT, "out");
  await Deno.mkdir(out, { recursive: true });
  await writeNotebook(join(out, name), notebook);
  terminal.line("");
  for (const result of results.values()) terminal.line(describeResult(result));
  const seconds = Math.round((performance.now() - start) / 1000);
  terminal.line(`out/${name} holds the notebook with its outputs (${seconds} s).`);
  return failure === undefined;
}

async function pathsOf(notebooks: CourseOptions["notebooks"]): Promise<string[]> {
  if (notebooks !== "all") return [notebooks];
  const folder = join(ROOT, "notebooks");
  const paths = [];
  for await (const { name } of Deno.readDir(folder)) if (name.endsWith(".ipynb")) paths.push(join(folder, name));
  return paths.sort();
}

function profileOf(env: CourseOptions["env"]): string {
  return env.ATTEND_PROFILE ?? Deno.env.get("ATTEND_PROFILE") ?? "quick";
}

function standardOutput(): Screen {
  const isTerminal = Deno.stdout.isTerminal();
  const encoder = new TextEncoder();
  return {
    write: (text) => {
      const bytes = encoder.encode(text);
      for (let sent = 0; sent < bytes.length;) sent += Deno.stdout.writeSync(bytes.subarray(sent));
    },
    isTerminal,
    columns: (isTerminal && Deno.consoleSize().columns) || 120,
  };
}

/** Listens once for what a terminal sends to end us; gives the function that listens no more. */
function onStop(stop: () => void): () => void {
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM", "SIGHUP"];
  let isStopping = false;
  const listener = () => {
    if (!isStopping) stop();
    isStopping = true;
  };
  for (const signal of signals) Deno.addSignalListener(signal, listener);
  return () => signals.forEach((signal) => Deno.removeSignalListener(signal, listener));
}
