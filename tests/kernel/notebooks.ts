// Small notebooks for the tests of the runner.

import { parseNotebook } from "../../tasks/kernel/notebook.ts";
import type { Notebook } from "../../tasks/kernel/notebook.ts";

/** The text of a notebook with these code cells, a line of prose before them. */
export function notebookText(...sources: string[]): string {
  const prose = { cell_type: "markdown", id: "prose", metadata: {}, source: ["# A test\n", "in two lines"] };
  const code = sources.map((source, i) => ({
    cell_type: "code",
    id: `cell-${i + 1}`,
    metadata: {},
    execution_count: 7,
    outputs: [{ output_type: "stream", name: "stdout", text: "an old run\n" }],
    source,
  }));
  return JSON.stringify({ cells: [prose, ...code], metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

export function notebookOf(...sources: string[]): Notebook {
  return parseNotebook(notebookText(...sources), "test.ipynb");
}

/** A cell that shows `data` (MIME type to content) under an optional display id. */
export function showing(
  data: Record<string, unknown>,
  { type = "display_data", id }: { type?: string; id?: string } = {},
): string {
  const content = { data, metadata: {}, transient: id === undefined ? {} : { display_id: id } };
  return `await Deno.jupyter.broadcast(${JSON.stringify(type)}, ${JSON.stringify(content)});`;
}
