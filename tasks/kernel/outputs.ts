// From a kernel's messages to the outputs of a notebook's cells (nbformat 4): streams joined, displays updated in place
// wherever they stand in the notebook, clear_output obeyed. Our own live payloads are taken out of what is saved.

import { type JsonObject, numberAt, objectAt, textAt } from "./json.ts";
import { type CellError, readError } from "./kernel.ts";
import type { Message } from "./wire.ts";

export type Output =
  | { output_type: "stream"; name: string; text: string }
  | Display
  | { output_type: "execute_result"; data: JsonObject; metadata: JsonObject; execution_count: number | null }
  | ({ output_type: "error" } & CellError);

interface Display {
  output_type: "display_data";
  data: JsonObject;
  metadata: JsonObject;
}

/** Payloads that lib/notebook sends for the course command; a saved notebook does without them. */
const LIVE = /^application\/vnd\.attend\..*\+json$/;

/** Collects the outputs of one run of a notebook, cell by cell. */
export class Outputs {
  readonly #cells: Output[][];
  readonly #clearing = new Set<number>();
  readonly #displays = new Map<string, Display[]>();

  /** @param cells the number of the notebook's cells */
  constructor(cells: number) {
    this.#cells = Array.from({ length: cells }, () => []);
  }

  of(cell: number): Output[] {
    return this.#cells[cell];
  }

  /** Adds what an iopub message says to the cell with this index. */
  add(cell: number, { type, content }: Message): void {
    if (type === "clear_output") return this.#clear(cell, content.wait === true);
    if (type === "update_display_data") return this.#update(content);
    const output = this.#output({ type, content });
    if (!output) return;
    if (this.#clearing.delete(cell)) this.#cells[cell].length = 0;
    const last = this.#cells[cell].at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      last.text += output.text;
    } else this.#cells[cell].push(output);
  }

  /** Adds an error that the kernel told only in its reply. */
  addError(cell: number, error: CellError): void {
    const outputs = this.#cells[cell];
    if (!outputs.some(({ output_type }) => output_type === "error")) outputs.push({ output_type: "error", ...error });
  }

  #output({ type, content }: Pick<Message, "type" | "content">): Output | undefined {
    switch (type) {
      case "stream":
        return { output_type: "stream", name: textAt(content, "name"), text: textAt(content, "text") };
      case "display_data": {
        const display: Display = { output_type: "display_data", ...bundle(content) };
        const id = objectAt(content, "transient").display_id;
        if (typeof id === "string") this.#displays.set(id, [...this.#displays.get(id) ?? [], display]);
        return display;
      }
      case "execute_result":
        return {
          output_type: "execute_result",
          ...bundle(content),
          execution_count: numberAt(content, "execution_count") ?? null,
        };
      case "error":
        return { output_type: "error", ...readError(content) };
    }
  }

  /** An update changes every display with its id, in whichever cell it stands; it adds none. */
  #update(content: JsonObject): void {
    const id = textAt(objectAt(content, "transient"), "display_id");
    for (const display of this.#displays.get(id) ?? []) Object.assign(display, bundle(content));
  }

  /** With `wait` the old outputs stay until the next one comes. */
  #clear(cell: number, wait: boolean): void {
    if (wait) this.#clearing.add(cell);
    else this.#cells[cell].length = 0;
  }
}

function bundle(content: JsonObject): { data: JsonObject; metadata: JsonObject } {
  const data = Object.entries(objectAt(content, "data")).filter(([mime]) => !LIVE.test(mime));
  return { data: Object.fromEntries(data), metadata: objectAt(content, "metadata") };
}
