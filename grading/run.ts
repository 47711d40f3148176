// Calls a student's function in a process of its own, which may read no file and reach no network, and brings back plain
// values. What is expected of them never goes there.

import { fileURLToPath } from "node:url";
import type { PlainValue } from "../lib/notebook/mod.ts";

/** What a call gave. Values that JSON does not hold (undefined, NaN) come as their words, in `odd`. */
export type Outcome =
  | { readonly value: unknown }
  | { readonly odd: string }
  | { readonly error: string };

export interface Calls {
  /** The student's cell. */
  readonly source: string;
  /** The function in it that is called. */
  readonly name: string;
  /** The arguments, call by call. */
  readonly inputs: readonly (readonly PlainValue[])[];
  /** Names of the library that the source may use; with any, the process may read the library's own files. */
  readonly uses?: readonly string[];
  /** For all calls together. Default 20,000. */
  readonly timeoutMs?: number;
}

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const DEFAULT_TIMEOUT_MS = 20_000;
/** MB of JavaScript's heap. */
const HEAP_MB = 512;

/** The outcome of each call, in their order. Nothing that the student's code does makes it throw. */
export async function run(
  { source, name, inputs, uses = [], timeoutMs = DEFAULT_TIMEOUT_MS }: Calls,
): Promise<Outcome[]> {
  const all = (error: string) => inputs.map(() => ({ error }));
  if (/\b(import|export)\b/.test(source)) {
    return all("The words import and export may not stand in it: a file that is imported could hold answers.");
  }
  // A line of its own for each outcome; what the student prints does not begin with this.
  const mark = crypto.randomUUID();
  const { said, complained, isLate } = await deno(
    program({ source, name, inputs, uses }, mark),
    uses.length > 0,
    timeoutMs,
  );
  const outcomes = said.split("\n").filter((line) => line.startsWith(mark)).map((line) =>
    read(line.slice(mark.length))
  );
  const why = isLate ? `It took longer than ${timeoutMs / 1000} s.` : firstLine(complained);
  return inputs.map((_, i) => outcomes[i] ?? { error: why });
}

function program({ source, name, inputs, uses = [] }: Calls, mark: string): string {
  const imports = uses.length > 0 ? `import { ${uses.join(", ")} } from "lib";` : "";
  return [imports, source, `await (${callAll})(${name}, ${JSON.stringify(inputs)}, "${mark}");`].join("\n");
}

/** Runs in the student's process: its text is what goes there, so it uses nothing from outside of itself. */
async function callAll(call: (...args: unknown[]) => unknown, inputs: unknown[][], mark: string): Promise<void> {
  const isPlain = (value: unknown): boolean => {
    if (value === null || ["boolean", "string"].includes(typeof value)) return true;
    if (typeof value === "object") return Object.values(value).every(isPlain);
    return typeof value === "number" && Number.isFinite(value);
  };
  const asList = (_key: string, value: unknown) => ArrayBuffer.isView(value) ? Object.values(value) : value;
  const { log } = console;
  for (const input of inputs) {
    let outcome;
    try {
      const value = await call(...input);
      outcome = isPlain(value) ? { value } : { odd: Deno.inspect(value) };
    } catch (error) {
      outcome = { error: error instanceof Error ? `${error.name}: ${error.message}` : Deno.inspect(error) };
    }
    log(mark + JSON.stringify(outcome, asList));
  }
}

/** Runs a program that may do nothing but compute, and print. */
async function deno(
  text: string,
  needsLibrary: boolean,
  timeoutMs: number,
): Promise<{ said: string; complained: string; isLate: boolean }> {
  const own = ["lib", "kernels"].map((folder) => `${ROOT}${folder}`).join(",");
  const rights = needsLibrary ? ["--config", `${ROOT}deno.json`, `--allow-read=${own}`] : ["--no-config", "--no-npm"];
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-remote",
      ...rights,
      "--ext=ts",
      `--v8-flags=--max-old-space-size=${HEAP_MB}`,
      "-",
    ],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, timeoutMs);
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text)).then(() => writer.close()).catch(() => {}); // it may have ended already
  const { stdout, stderr } = await child.output();
  clearTimeout(timer);
  return { said: new TextDecoder().decode(stdout), complained: new TextDecoder().decode(stderr), isLate };
}

function read(line: string): Outcome {
  const { value, odd, error }: { value?: unknown; odd?: string; error?: string } = JSON.parse(line);
  if (error !== undefined) return { error };
  return odd !== undefined ? { odd } : { value };
}

function firstLine(complained: string): string {
  return complained.split("\n").find((line) => line.trim() !== "") ?? "It ended without an answer.";
}
