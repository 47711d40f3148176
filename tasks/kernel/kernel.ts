// Deno's own Jupyter kernel as a child process, driven over its sockets: start, run cells one by one, interrupt, shut down.
// What a cell's messages become in a notebook is outputs.ts' business.

import { join } from "node:path";
import { type JsonObject, numberAt, objectAt, textAt } from "./json.ts";
import { type Channel, freeConnection, Sockets } from "./sockets.ts";
import type { Message } from "./wire.ts";

export interface KernelOptions {
  /** The notebook's folder: the kernel finds deno.json from here upwards. */
  cwd: string;
  /** Environment variables on top of our own. */
  env?: Record<string, string>;
}

/** How a cell ended. */
export interface Reply {
  status: "ok" | "error";
  executionCount: number | undefined;
  /** Set where status is "error". */
  error: CellError | undefined;
}

export interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
}

export interface ExecuteOptions {
  /** Called with what the cell shows, also with what arrives after it has ended (a timer's output). */
  onOutput?: (message: Message) => void;
  /** Answers `prompt()`; without it a prompt gives null at once. */
  onInput?: (prompt: string) => string;
  /** Runs without a place in the history and without outputs. */
  silent?: boolean;
}

/** The kernel process is gone; the cell that ran has no reply. */
export class KernelDied extends Error {
  override name = "KernelDied";
}

/** A cell's `idle` may be published before its last outputs: it has ended when iopub was quiet for so long. */
const DRAIN_MS = 30;
const START_MS = 60_000;
const ATTEMPTS = 3;
const GOODBYE_MS = 3_000;
const BEAT_MS = 5_000;
/** The heartbeat has a thread of its own and answers while a cell computes: this many unanswered in a row mean a kernel that hangs. */
const BEATS_MISSED = 12;
const STDERR_KEPT = 4_000;

/** Ends the kernel when we are gone without a goodbye (killed), so that no process is left behind. */
const WATCH_PARENT =
  "{ const parent = Deno.ppid; Deno.unrefTimer(setInterval(() => { if (Deno.ppid !== parent) Deno.exit(); }, 2000)); }";

export class Kernel {
  /** `language_info` of the kernel, as notebooks keep it. */
  languageInfo: JsonObject = {};

  readonly #child: Deno.ChildProcess;
  readonly #sockets: Sockets;
  readonly #exited: Promise<Deno.CommandStatus>;
  #hasExited = false;
  #stderr = "";
  #goodbye: Promise<void> | undefined;
  #lastOutput = 0;
  readonly #requests = new Map<string, Request>();
  #heartbeat: ReturnType<typeof setInterval> | undefined;

  private constructor(child: Deno.ChildProcess, sockets: Sockets) {
    this.#child = child;
    this.#sockets = sockets;
    this.#sockets.onMessage = (channel, message) => this.#receive(channel, message);
    this.#sockets.onError = (error) => this.#giveUp(`${error}`);
    const stderr = this.#keepStderr();
    this.#exited = child.status.then(async (status) => {
      await stderr;
      this.#hasExited = true;
      return status;
    });
  }

  /** Starts a kernel and waits until it answers; throws where it does not within a minute. */
  static async start(options: KernelOptions): Promise<Kernel> {
    for (let attempt = 1;; attempt++) {
      try {
        return await Kernel.#launch(options);
      } catch (error) {
        // Another process may have taken one of the ports that were free.
        if (!(error instanceof KernelDied) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  static async #launch({ cwd, env }: KernelOptions): Promise<Kernel> {
    const folder = await Deno.makeTempDir({ prefix: "kernel-" });
    try {
      const connection = freeConnection();
      const file = join(folder, "connection.json");
      await Deno.writeTextFile(file, JSON.stringify(connection), { mode: 0o600 });
      const child = new Deno.Command(Deno.execPath(), {
        args: ["jupyter", "--kernel", "--conn", file],
        cwd,
        // Saved outputs and our own messages are plain text.
        env: { ...env, NO_COLOR: "1" },
        stdin: "null",
        stdout: "null",
        stderr: "piped",
        // A Ctrl-C on the terminal reaches us alone; interrupt() hands it on.
        detached: true,
      }).spawn();
      const kernel = new Kernel(child, new Sockets(connection));
      await kernel.#greet().catch(async (error) => {
        await kernel.shutdown();
        throw error;
      });
      return kernel;
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }

  /** Runs one cell to its end. Throws {@link KernelDied} where the kernel ends before it. */
  async execute(code: string, { onOutput, onInput, silent = false }: ExecuteOptions = {}): Promise<Reply> {
    const content = await this.#request("execute_request", {
      code,
      silent,
      store_history: !silent,
      user_expressions: {},
      allow_stdin: onInput !== undefined,
      stop_on_error: true,
    }, { onOutput, onInput });
    while (performance.now() - this.#lastOutput < DRAIN_MS) await pause(DRAIN_MS / 3);
    const failed = textAt(content, "status") !== "ok";
    return {
      status: failed ? "error" : "ok",
      executionCount: numberAt(content, "execution_count"),
      error: failed ? readError(content) : undefined,
    };
  }

  /** What Jupyter's Stop does: SIGINT. A loop of the library stops and keeps its state; without a listener the kernel ends. */
  interrupt(): void {
    this.#kill("SIGINT");
  }

  /** Ends a cell that computes without pause (`while (true) {}`) and keeps the kernel; a cell that awaits is not ended by it. */
  async terminateCell(): Promise<void> {
    await this.#sockets.send("control", "interrupt_request", {});
  }

  /** Asks the kernel to go, and kills it where it does not. */
  shutdown(): Promise<void> {
    return this.#goodbye ??= this.#shutdown();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  async #shutdown(): Promise<void> {
    clearInterval(this.#heartbeat);
    if (!this.#hasExited) {
      await this.#sockets.send("control", "shutdown_request", { restart: false });
      const timer = setTimeout(() => this.#kill("SIGKILL"), GOODBYE_MS);
      await this.#exited;
      clearTimeout(timer);
    }
    await this.#sockets.close();
  }

  /** iopub shows nothing until our subscription has reached the kernel: ask until both channels have answered. */
  async #greet(): Promise<void> {
    const deadline = performance.now() + START_MS;
    while (true) {
      const answered = this.#request("kernel_info_request", {});
      const content = await Promise.race([answered, pause(500)]);
      if (content) {
        this.languageInfo = objectAt(content, "language_info");
        break;
      }
      answered.catch(() => {});
      if (performance.now() > deadline) {
        throw new Error(
          `Deno's Jupyter kernel did not answer within ${START_MS / 1000} s; its messages: ${
            this.#stderr.trim() || "none"
          }`,
        );
      }
    }
    await this.execute(WATCH_PARENT, { silent: true });
    let missed = 0;
    this.#heartbeat = setInterval(async () => {
      missed = await this.#sockets.beat() ? 0 : missed + 1;
      if (missed < BEATS_MISSED) return;
      this.#giveUp(`Its heartbeat was silent for ${(missed * BEAT_MS) / 1000} s.`);
    }, BEAT_MS);
  }

  /** Sends a request on shell; resolves with the reply's content when the reply and the matching `idle` are both there. */
  async #request(type: string, content: JsonObject, handlers: Handlers = {}): Promise<JsonObject> {
    if (this.#hasExited) throw this.#died(await this.#exited);
    const { promise, resolve } = Promise.withResolvers<JsonObject>();
    const id = await this.#sockets.send("shell", type, content);
    this.#requests.set(id, { ...handlers, resolve, reply: undefined, idle: false });
    const ended = this.#exited.then((status) => {
      throw this.#died(status);
    });
    return await Promise.race([promise, ended]);
  }

  #receive(channel: Channel, message: Message): void {
    if (channel === "iopub") this.#lastOutput = performance.now();
    const request = message.parent === undefined ? undefined : this.#requests.get(message.parent);
    if (!request) return;
    if (channel === "shell") request.reply = message.content;
    else if (channel === "stdin") this.#answer(request, message);
    else if (channel === "iopub" && message.type === "status") {
      request.idle ||= message.content.execution_state === "idle";
    } else if (channel === "iopub") request.onOutput?.(message);
    if (request.reply && request.idle) request.resolve(request.reply);
  }

  #answer({ onInput }: Request, { type, content }: Message): void {
    if (type !== "input_request" || !onInput) return;
    void this.#sockets.send("stdin", "input_reply", { status: "ok", value: onInput(textAt(content, "prompt", "")) });
  }

  #died({ code, signal }: Deno.CommandStatus): KernelDied {
    const how = signal === "SIGKILL"
      ? "was killed (SIGKILL; often this means: out of memory)"
      : `ended with ${signal ?? `exit code ${code}`}`;
    const said = this.#stderr.replace(/^Warning "deno jupyter" is unstable.*\n?/m, "").trim();
    return new KernelDied(`The kernel ${how}.${said && `\n${said}`}`);
  }

  async #keepStderr(): Promise<void> {
    for await (const text of this.#child.stderr.pipeThrough(new TextDecoderStream())) {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    }
  }

  /** Ends a kernel that cannot be talked to any more; `why` stands in the error of the cell that runs. */
  #giveUp(why: string): void {
    this.#stderr += `\n${why}`;
    this.#kill("SIGKILL");
  }

  #kill(signal: Deno.Signal): void {
    if (!this.#hasExited) this.#child.kill(signal);
  }
}

interface Handlers {
  onOutput?: (message: Message) => void;
  onInput?: (prompt: string) => string;
}

interface Request extends Handlers {
  resolve: (content: JsonObject) => void;
  reply: JsonObject | undefined;
  idle: boolean;
}

/** The error fields that an execute_reply and an iopub `error` share. */
export function readError(content: JsonObject): CellError {
  const traceback = Array.isArray(content.traceback)
    ? content.traceback.filter((line) => typeof line === "string")
    : [];
  return { ename: textAt(content, "ename", "Error"), evalue: textAt(content, "evalue", ""), traceback };
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}
