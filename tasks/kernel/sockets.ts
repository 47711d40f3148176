// The five sockets between us and a kernel: shell, control and stdin carry requests and replies, iopub what a cell shows,
// the heartbeat an echo. What the messages mean is kernel.ts' business.

import { Dealer, Request, Subscriber } from "zeromq";
import type { JsonObject } from "./json.ts";
import { decode, encode, type Message } from "./wire.ts";

export type Channel = "shell" | "control" | "stdin" | "iopub";

/** The content of a connection file, the one argument a kernel is started with. */
export interface Connection {
  ip: string;
  transport: "tcp";
  key: string;
  signature_scheme: "hmac-sha256";
  kernel_name: string;
  shell_port: number;
  control_port: number;
  stdin_port: number;
  iopub_port: number;
  hb_port: number;
}

/** How often the sockets are looked at. Deno wakes no pending receive() once another message was sent on the same socket, so they are polled. */
const POLL_MS = 3;

/** A connection on five ports that were free a moment ago. */
export function freeConnection(): Connection {
  const ip = "127.0.0.1";
  const listeners = Array.from({ length: 5 }, () => Deno.listen({ hostname: ip, port: 0 }));
  const [shell, control, stdin, iopub, hb] = listeners.map(({ addr }) => addr.transport === "tcp" ? addr.port : 0);
  for (const listener of listeners) listener.close();
  return {
    ip,
    transport: "tcp",
    key: crypto.randomUUID(),
    signature_scheme: "hmac-sha256",
    kernel_name: "deno",
    shell_port: shell,
    control_port: control,
    stdin_port: stdin,
    iopub_port: iopub,
    hb_port: hb,
  };
}

export class Sockets {
  /** Called with every message of the kernel, in the order of its channel. */
  onMessage: (channel: Channel, message: Message) => void = () => {};
  /** Called once where a message cannot be read; nothing comes after it. */
  onError: (error: unknown) => void = () => {};

  readonly #connection: Connection;
  readonly #session = crypto.randomUUID();
  readonly #requests = { shell: new Dealer(), control: new Dealer(), stdin: new Dealer({ routingId: this.#session }) };
  readonly #iopub = new Subscriber();
  readonly #heartbeat = new Request();
  #open = true;
  #beating = false;
  readonly #polling: Promise<void>;

  constructor(connection: Connection) {
    this.#connection = connection;
    const address = (port: number) => `${connection.transport}://${connection.ip}:${port}`;
    const { shell, control, stdin } = this.#requests;
    for (const socket of [shell, control, stdin, this.#iopub, this.#heartbeat]) socket.linger = 0;
    shell.connect(address(connection.shell_port));
    control.connect(address(connection.control_port));
    stdin.connect(address(connection.stdin_port));
    this.#iopub.connect(address(connection.iopub_port));
    this.#iopub.subscribe();
    this.#heartbeat.connect(address(connection.hb_port));
    this.#polling = this.#poll().catch((error) => this.onError(error));
  }

  /** Sends a request and gives its id, the `parent` of all that answers it. */
  async send(channel: Exclude<Channel, "iopub">, type: string, content: JsonObject): Promise<string> {
    const { id, frames } = encode({ type, content, session: this.#session, key: this.#connection.key });
    await this.#requests[channel].send(frames);
    return id;
  }

  /** Sends a heartbeat unless the last one is still unanswered; tells whether it was answered. */
  async beat(): Promise<boolean> {
    if (this.#beating && !this.#heartbeat.readable) return false;
    if (this.#beating) await this.#heartbeat.receive();
    this.#beating = true;
    await this.#heartbeat.send("beat");
    return true;
  }

  async close(): Promise<void> {
    this.#open = false;
    await this.#polling;
    for (const socket of [...Object.values(this.#requests), this.#iopub, this.#heartbeat]) socket.close();
  }

  async #poll(): Promise<void> {
    while (this.#open) {
      // iopub first, so that a cell's outputs are seen before its reply.
      await this.#drain("iopub", this.#iopub);
      await this.#drain("stdin", this.#requests.stdin);
      await this.#drain("control", this.#requests.control);
      await this.#drain("shell", this.#requests.shell);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async #drain(channel: Channel, socket: Dealer | Subscriber): Promise<void> {
    while (this.#open && socket.readable) {
      this.onMessage(channel, decode(await socket.receive(), this.#connection.key));
    }
  }
}
